"""Every form of interventions and groups as it is sent rightly, of what waits in `tests.grid.a_busy_office`, and what each asks."""

from dataclasses import dataclass, field

from cases.services.policy import newest_policy
from grid.forms.intervention_policy import TermsForm
from grid.rules.intervention_policy import NAME
from staff.models import User
from tests.grid.a_group_session import everybody
from tests.grid.a_referral import STEPPING_STONES


@dataclass(frozen=True)
class Asked:
    """One answer: of what kind, and one that is taken. `optional`: it may be left; `plain`: no question of the form's own."""

    kind: str
    good: object
    optional: bool = False
    plain: bool = False


@dataclass(frozen=True)
class Sent:
    """`fixed`: what is sent with it and is right at all times."""

    by: User
    keys: tuple
    asked: dict[str, Asked] = field(default_factory=dict)
    fixed: dict[str, object] = field(default_factory=dict)
    query: str = ""
    name: str = ""  # of the address, where another form has it too

    def good(self, **changes):
        return self.fixed | {name: one.good for name, one in self.asked.items()} | changes


def text(good="They asked for it.", **known):
    return Asked("text", good, **known)


def day(good, **known):
    return Asked("day", good, **known)


def time(good, **known):
    return Asked("time", good, **known)


def number(good, **known):
    return Asked("number", good, **known)


def key(good, **known):
    return Asked("key", good, **known)


def keys(*good, **known):
    return Asked("keys", good, **known)


def hours(good=""):
    return Asked("hours", good, optional=True)


def mentoring():
    """What the form of one intervention asks, and what stands there."""
    said = TermsForm.as_written(newest_policy(NAME).body, "mentoring")
    kinds = {"notes": "text", "price": "time", "skill": "text", "entries": "text"}
    numbers = {
        "from_percent",
        "to_percent",
        "sessions",
        "minutes",
        "a_week",
        "least",
        "most",
        "leaders",
    }
    asked = {}
    for name, stands in said.items():
        good = {True: "yes", False: "no"}[stands] if isinstance(stands, bool) else stands
        kind = (
            "number"
            if name in numbers
            else kinds.get(name, "keys" if isinstance(stands, list | tuple) else "key")
        )
        asked[name] = Asked(kind, good, optional=kind == "keys" or name in {"notes", "skill"})
    return asked


def policy(query="", **asked):
    """A new version of the policy on interventions."""

    def sent(o):
        of = asked or mentoring()
        any_version = {
            "changing": number("1", plain=True),
            "from_on": day("today"),
            "reason": text(),
        }
        return Sent(o.head, (), of | any_version, query=query, name="set-interventions-policy")

    return sent


def register(o, do):
    """The card of the second: nothing is said of them yet."""
    _, second = everybody(o.this_morning)
    card = f"person-{second.pk}-"
    asked = {
        f"{card}version": number("1", plain=True), f"{card}late_minutes": number("5", optional=True),
        f"{card}note": text("A word", optional=True), f"{card}mark": key("took_part", optional=True),
    }  # fmt: skip
    return Sent(
        o.leads, (o.this_morning.pk,), asked, {"version": "2", "do": do}, name="group-register"
    )


def put_right(o):
    first, _ = everybody(o.this_morning)
    asked = {
        "version": number("2", plain=True), "mark": key("took_part"), "note": text(optional=True),
        "late_minutes": number("5", optional=True), "because": text(optional=True),
    }  # fmt: skip
    return Sent(o.leads, (o.this_morning.pk, first.pk), asked)


def changing(o, **asked):
    return asked | {"because": text("The facilitator is ill")}, {
        "version": o.series.version,
        "confirm": "1",
    }


def planning(o, **fixed):
    asked = {
        "code": key("making_amends"), "room": key(o.other_room.pk), "first_on": day("1 November 2018"),
        "places": number("8"), "women_only": key("no"), "leaders": keys(o.trained.pk, optional=True),
        "stand_ins": keys(optional=True), "note": text(optional=True), "at_3": time("6pm", optional=True), "at_5": time("", optional=True),
    }  # fmt: skip
    return Sent(o.runner, (), asked, fixed, "?code=making_amends", "plan-series")


def offered(o, **known):
    query = f"?referral={o.offered.pk}&series={o.series.pk}"
    return Sent(o.officer, (o.offered.case.crn,), query=query, **known)


def versioned(o, pk):
    return Sent(o.head, (pk,), {"version": number(o.timetable.version, plain=True)})


TRAINING = {
    "skill": key("Making Amends"),
    "from_on": day("1 May 2019"),
    "until": day("1 May 2020", optional=True),
}
FORMS = {
    "answer-intervention": lambda o: Sent(o.officer, (o.proposed.case.crn,), {"referral": number(o.proposed.pk, plain=True), "because": key("not_right"), "words": text()}),
    "accept-intervention": lambda o: Sent(o.officer, (o.proposed.case.crn, o.proposed.pk)),
    "withdraw-intervention": lambda o: Sent(o.officer, (o.waits.case.crn, o.waits.pk), {"because": text()}),
    "refer-to-intervention": lambda o: Sent(o.officer, (o.new.crn, STEPPING_STONES), {"because": text()}),
    "say-week": lambda o: Sent(o.officer, (o.asked.crn,), {
        "week": Asked("key", o.asked.said_weeks.get().pk, plain=True), "free": keys("1-evening", optional=True), "by_way_of": key("bus"),
        "note": text(optional=True), "hours_0": hours(), "hours_6": hours("9am to 5pm"),
    }),
    "add-commitment": lambda o: Sent(o.officer, (o.asked.crn,), {
        "words": text("school"), "weekday": key("1"), "first_on": day("3 October 2018", optional=True),
        "last_on": day("3 December 2018", optional=True), "from_at": time("9am"), "to_at": time("11am"),
    }, {"how_often": "weekly"}),
    "add-commitment, once": lambda o: Sent(o.officer, (o.asked.crn,), {
        "words": text("school"), "on": day("3 October 2018"), "from_at": time("9am"), "to_at": time("11am"),
    }, {"how_often": "once"}, name="add-commitment"),
    "take-back-commitment": lambda o: Sent(o.officer, (o.asked.crn, o.asked.commitments.get().pk)),
    "say-of-place": lambda o: Sent(o.officer, (o.asked.crn, o.series.place_id), {"can_go": key("cannot"), "because": text()}),
    "keep-place": lambda o: offered(o),
    "give-place": lambda o: offered(o, fixed={"seen": "A sentence"}),
    "leave-series": lambda o: Sent(o.officer, (o.taken.case.crn, o.taken.pk), {"asked_by": key("person"), "because": text()}),
    "leave-series, kept": lambda o: Sent(o.officer, (o.kept.case.crn, o.kept.pk), {"because": text()}, name="leave-series"),
    "put-to-senior": lambda o: Sent(o.officer, (o.not_met.case.crn,), {"referral": key(o.not_met.pk, plain=True)}),
    "decide-unmet-need": lambda o: Sent(o.senior, (o.need.case.crn,), {"decision": key("wait"), "words": text(), "look_again_on": day("1 November 2018", optional=True)}),
    "add-room": lambda o: Sent(o.runner, (), {"place": key(o.series.place_id), "name": text("Room 2"), "holds": number("12")}),
    "change-room": lambda o: Sent(o.runner, (o.other_room.pk,), {"name": text("Room 2"), "holds": number("12"), "closed_on": day("1 January 2019", optional=True)}),
    "shut-room": lambda o: Sent(o.runner, (o.other_room.pk,), {"from_on": day("1 December 2018"), "to_on": day("2 December 2018"), "why": text()}),
    "open-room-again": lambda o: Sent(o.runner, (o.shut.pk,)),
    "plan-series": lambda o: planning(o, confirm="1"),
    "plan-series, looked at": planning,
    "name-group-leaders": lambda o: Sent(o.runner, (o.series.pk,), {"from_number": key("2"), "leaders": keys(o.stands_in.pk), "stand_ins": keys(optional=True)}, {"version": o.series.version}),
    "call-off-group-sessions": lambda o: Sent(o.runner, (o.series.pk,), *changing(o, numbers=keys("3"), on_0=day("22 November 2018"), at_0=time("10am"), leaders=keys(optional=True))),
    "call-off-series": lambda o: Sent(o.runner, (o.series.pk,), *changing(o)),
    "move-group-session": lambda o: Sent(o.runner, (o.to_come.pk,), *changing(o, on=day("17 October 2018"), from_at=time("10am"), room=key(o.room.pk, optional=True), leaders=keys(o.trained.pk, optional=True))),
    "cover-group-session": lambda o: Sent(o.runner, (o.to_come.pk,), *changing(o, out=key(o.trained.pk), stand_in=key(o.stands_in.pk))),
    "add-leader": lambda o: Sent(o.senior, (), {"user": key(o.officer.username)} | TRAINING),
    "record-leader-training": lambda o: Sent(o.senior, (o.stands_in.pk,), TRAINING),
    "end-leader-training": lambda o: Sent(o.senior, (o.trained.trained_to_lead.get().pk,), {"until": day("1 May 2020", optional=True)}),
    "leader-hours": lambda o: Sent(o.senior, (o.trained.pk,), {f"hours_{weekday}": hours("9am to 5pm") for weekday in range(7)}),
    "record-leader-leave": lambda o: Sent(o.senior, (o.trained.pk,), {"from_on": day("1 October 2018"), "to_on": day("3 October 2018")}),
    "cancel-leader-leave": lambda o: Sent(o.senior, (o.absence.pk,)),
    "group-register": lambda o: register(o, ""),
    "group-register, the rest": lambda o: register(o, "rest"),
    "group-register, sent": lambda o: register(o, "send"),
    "end-group-session": lambda o: Sent(o.leads, (o.this_morning.pk,), {"because": text("The room is flooded")}),
    "group-attendance": put_right,
    "ask-for-quarter": lambda o: Sent(o.head, (), {"first_on": key("2018-10-08")}),
    "publish-quarter": lambda o: versioned(o, o.timetable.pk),
    "drop-quarter": lambda o: versioned(o, o.timetable.pk),
    "take-out-of-quarter": lambda o: versioned(o, o.proposed_series.pk),
    "put-back-in-quarter": lambda o: versioned(o, o.proposed_series.pk),
    "policy, answering": policy(answer_working_days=number("7")),
    "policy, waiting": policy("?of=waiting", **{one: number("6") for one in ("most_minutes", "notice_days", "soon_weeks", "pressing_weeks")}),
    "policy, groups": policy("?of=groups", **{one: number("12") for one in ("most_late_minutes", "keep_place_days", "recent_weeks")}),
    "policy, an intervention": policy("?of=mentoring"),
}  # fmt: skip
