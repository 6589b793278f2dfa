"""What is sent rightly to every endpoint of interventions and groups, of what waits in `tests.grid.a_busy_office`."""

from dataclasses import dataclass, field

from staff.models import User
from tests.grid.a_group_session import everybody
from tests.grid.a_referral import STEPPING_STONES


@dataclass(frozen=True)
class Asked:
    """One thing that is asked for. `optional`: it may be left."""

    kind: str
    good: object
    optional: bool = False


@dataclass(frozen=True)
class Sent:
    by: User
    keys: tuple
    asked: dict[str, Asked] = field(default_factory=dict)
    name: str = ""  # of the address, where another body is sent to it too
    method: str = "post"

    def good(self, **changes):
        return {name: one.good for name, one in self.asked.items()} | changes


def of(kind):
    return lambda good, optional=False: Asked(kind, good, optional)


day, time, number, key, code, word, flag, keys, rows = map(
    of, ("day", "time", "number", "key", "code", "word", "flag", "keys", "rows")
)


def text(good="They asked for it.", optional=False):
    return Asked("text", good, optional)


def changing(o, **asked):
    return asked | {"version": number(o.series.version), "because": text("The facilitator is ill")}


def marking(o, place, **asked):
    one = everybody(o.this_morning)[place]
    known = {
        "attendance": key(one.pk), "version": number(one.version), "late_minutes": number(0, True), "note": text("A word", True),
        "mark": code("took_part"), "sensitive": flag(False, True), "because": text("It was so", True),
    }  # fmt: skip
    return Sent(o.leads, (o.this_morning.pk,), known | asked, "api-group-register")


def of_timetable(o, pk):
    return Sent(o.head, (pk,), {"version": number(o.timetable.version)})


BODIES = {
    "api-group-referrals": lambda o: Sent(o.officer, (o.new.crn,), {"intervention": word(STEPPING_STONES), "because": text()}),
    "api-group-referral-accept": lambda o: Sent(o.officer, (o.proposed.case.crn, o.proposed.pk)),
    "api-group-referral-decline": lambda o: Sent(o.officer, (o.proposed.case.crn, o.proposed.pk), {"because": code("not_right"), "words": text()}),
    "api-group-referral-withdraw": lambda o: Sent(o.officer, (o.waits.case.crn, o.waits.pk), {"because": text()}),
    "api-case-week": lambda o: Sent(o.officer, (o.asked.crn,), {
        "by_way_of": code("bus"), "parts": rows([{"weekday": 1, "part": "evening"}], True), "women_only": flag(None, True), "note": text("", True),
        "hours": rows([{"weekday": 3, "from_at": "09:00", "to_at": "17:00"}], True), "seen": key(o.asked.said_weeks.get().pk, True),
    }),
    "api-commitments": lambda o: Sent(o.officer, (o.asked.crn,), {
        "words": text("school"), "weekday": number(1, True), "from_at": time("09:00"), "to_at": time("11:00"),
        "first_on": day("2018-10-01", True), "last_on": day("2018-12-01", True),
    }),
    "api-take-back-commitment": lambda o: Sent(o.officer, (o.asked.crn, o.asked.commitments.get().pk)),
    "api-said-of-place": lambda o: Sent(o.officer, (o.asked.crn, o.series.place_id), {"can_go": code("cannot"), "because": text(optional=True)}, method="put"),
    "api-said-of-place, taken back": lambda o: Sent(o.officer, (o.asked.crn, o.series.place_id), name="api-said-of-place", method="delete"),
    "api-group-register": lambda o: marking(o, 1),
    "api-group-register, excused": lambda o: marking(o, 1, mark=code("excused"), excuse=text("AAHO", True)),
    "api-group-register, put right": lambda o: marking(o, 0, late_minutes=number(5, True)),
    "api-group-register-rest": lambda o: Sent(o.leads, (o.this_morning.pk,), {"people": rows([{"attendance": everybody(o.this_morning)[1].pk, "version": 1}])}),
    "api-group-register-send": lambda o: Sent(o.leads, (o.this_morning.pk,), {"version": number(2)}),
    "api-group-register-end": lambda o: Sent(o.leads, (o.this_morning.pk,), {"because": text("The room is flooded")}),
    "api-add-room": lambda o: Sent(o.runner, (), {"place": key(o.series.place_id), "name": text("Room 2"), "holds": number(12)}),
    "api-change-room": lambda o: Sent(o.runner, (o.other_room.pk,), {"name": text("Room 2"), "holds": number(12), "closed_on": day("2019-01-01")}),
    "api-shut-room": lambda o: Sent(o.runner, (o.other_room.pk,), {"from_on": day("2018-12-01"), "to_on": day("2018-12-02"), "why": text()}),
    "api-open-room-again": lambda o: Sent(o.runner, (o.shut.pk,)),
    "api-record-leader-training": lambda o: Sent(o.senior, (), {"username": word(o.officer.username), "skill": text("Making Amends"), "from_on": day("2018-05-01"), "until": day("2020-05-01", True)}),
    "api-end-leader-training": lambda o: Sent(o.senior, (o.trained.trained_to_lead.get().pk,), {"until": day("2020-05-01")}),
    "api-leader-hours": lambda o: Sent(o.senior, (o.trained.pk,), {"hours": rows([{"weekday": 1, "from_at": "09:00", "to_at": "17:00"}])}),
    "api-record-leader-leave": lambda o: Sent(o.senior, (o.trained.pk,), {"from_on": day("2018-10-01"), "to_on": day("2018-10-03")}),
    "api-cancel-leader-leave": lambda o: Sent(o.senior, (o.absence.pk,)),
    "api-leave-series": lambda o: Sent(o.officer, (o.taken.case.crn, o.taken.pk), {"asked_by": code("person"), "because": text()}),
    "api-let-place-go": lambda o: Sent(o.officer, (o.kept.case.crn, o.kept.pk), {"because": text()}),
    "api-keep-offer": lambda o: Sent(o.officer, (o.offered.case.crn,), {"referral": key(o.offered.pk), "series": key(o.series.pk)}),
    "api-give-offer": lambda o: Sent(o.officer, (o.offered.case.crn,), {"referral": key(o.offered.pk), "series": key(o.series.pk), "seen": rows(["A sentence"], True)}),
    "api-case-unmet-needs": lambda o: Sent(o.officer, (o.not_met.case.crn,), {"referral": key(o.not_met.pk)}),
    "api-decide-unmet-need": lambda o: Sent(o.senior, (o.need.case.crn,), {"decided": code("wait"), "words": text(), "look_again_on": day("2018-11-01", True)}),
    "api-plan-series": lambda o: Sent(o.runner, (), {
        "code": code("making_amends"), "place": key(o.other_room.place_id), "room": key(o.other_room.pk), "first_on": day("2018-11-01"),
        "weekly": rows([{"weekday": 3, "from_at": "18:00"}]), "places": number(8), "leaders": keys([o.trained.pk]), "women_only": flag(False), "note": text("", True),
    }),
    "api-series-leaders": lambda o: Sent(o.runner, (o.series.pk,), {"version": number(o.series.version), "from_number": number(2), "users": keys([o.stands_in.pk])}),
    "api-call-off-group-sessions": lambda o: Sent(o.runner, (o.series.pk,), changing(o, numbers=keys([3]), making_up=rows([{"on": "2018-11-22", "from_at": "10:00"}], True), users=keys([o.trained.pk], True))),
    "api-call-off-series": lambda o: Sent(o.runner, (o.series.pk,), changing(o)),
    "api-move-group-session": lambda o: Sent(o.runner, (o.to_come.pk,), changing(o, on=day("2018-10-17"), from_at=time("10:00"), room=key(o.room.pk, True), users=keys([o.trained.pk], True))),
    "api-cover-group-session": lambda o: Sent(o.runner, (o.to_come.pk,), changing(o, out=key(o.trained.pk), stand_in=key(o.stands_in.pk))),
    "api-ask-for-quarter": lambda o: Sent(o.head, (), {"first_on": day("2019-01-07")}),
    "api-publish-quarter": lambda o: of_timetable(o, o.timetable.pk),
    "api-drop-quarter": lambda o: of_timetable(o, o.timetable.pk),
    "api-take-out-of-quarter": lambda o: of_timetable(o, o.proposed_series.pk),
    "api-put-back-in-quarter": lambda o: of_timetable(o, o.proposed_series.pk),
}  # fmt: skip
