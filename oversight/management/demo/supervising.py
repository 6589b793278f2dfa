"""Supervision in the demonstration: who was seen when, what was agreed, and what seniors asked for on a case.

Written as rows, in few statements; agendas of talks that are over name cases that the officer holds.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.utils.timezone import get_current_timezone

from cases.management.demo.orders import working
from cases.models import Deadline, SeniorAction
from oversight.models import AgreedAction, Supervision
from staff.rules.dates import say_date

OFTEN = timedelta(weeks=6)  # local policy, said here a second time
DISCUSSED = (
    "We went through the agenda in its order. The reviews that changed something were read together, and what made the "
    "difference was that the person was asked first. We agreed what is to be done on the cases that are late.",
    "Looked at three cases side by side. The plan of one has no answer yet from children’s services, and what holds until then "
    "is written. Agreed to ring rather than to write again.",
    "Talked over how much there is to do and what can wait. Two home visits are arranged. The training that runs out is booked.",
)  # fmt: skip
ANSWERED = "I read it and it is as we talked. The second case has been seen since."
ON_CASES = (  # what, why
    ("Ring children’s services and write down what they say", "Nobody has answered for five weeks, and a child lives there"),
    ("Go through the risk assessment again after the call-out", "It says low, and the police were called twice"),
    ("Visit at home with a colleague", "Nobody has seen where they live since they came to us"),
    ("Ask the person what would make the Thursday session possible", "Two were missed for the same reason"),
)  # fmt: skip
ON_NONE = (
    ("Book the refresher on domestic abuse", "Yours has run out, and four of your cases ask for it"),
    ("Sit in on the group with the women’s worker", "So that you can say what it is to whoever you send there"),
    ("Bring one plan that you are pleased with", "To read together and to show the team"),
)  # fmt: skip
DONE = "Done: rang, was told who works with the family, and wrote it on the case."
NO_LONGER = "Somebody else of the household has been seen, and what was asked for is known."


@dataclass(frozen=True)
class Rhythm:
    """Days ago that the last was held (None: never), whether it is read, days until the next (None: none is planned)."""

    last: int | None
    read: bool
    next: int | None


RHYTHMS = (
    Rhythm(28, True, 14),
    Rhythm(35, False, 7),
    Rhythm(63, True, None),  # late, and none is planned
    Rhythm(21, True, None),  # to be planned
    Rhythm(None, False, 8),
    Rhythm(56, True, -1),  # late, and the day that was planned has passed
)  # fmt: skip
# Of the team of the sign-ins: due today, with what is red and what is not; overdue; with actions that are late
FIRST_TEAM = {0: Rhythm(40, False, 0), 1: Rhythm(63, True, None), 2: Rhythm(21, True, 21)}
BEING_HELD, CALLED_OFF = (3, 1), (2, 0)  # team, place in it
# What was agreed in a talk: on a case or on none, and how it stands
AGREED = (
    (("case", "open"), ("none", "open")),
    (("case", "done"), ("none", "done")),
    (("case", "late"),),
    (("none", "late"), ("case", "withdrawn")),
)
AGREED_IN_FIRST_TEAM = {
    0: (("case", "open"), ("none", "open"), ("case", "done")),
    2: (("case", "late"), ("none", "late"), ("case", "done")),
}
# Of the officer of the sign-ins, all of whose cases the tour tells: on which of them something is asked for
TOLD = ("T100020", "T100015")
DUE = {"open": 10, "late": -5, "done": -2, "withdrawn": 5}  # days from today
STATES = {"open": "open", "late": "open", "done": "done", "withdrawn": "withdrawn"}
SAID = {"done": DONE, "withdrawn": NO_LONGER}


class Supervising:
    """Sessions, what was agreed, and what seniors asked for: rows, and what they come to."""

    def __init__(self, planted, today):
        self.today = today
        kept = set(planted["limited"]) | set(planted["life"]["leaving"]["cases"])
        self.plain = {
            one["crn"]
            for one in planted["people"]
            if one["place"] == "group" and "story" not in one and one["crn"] not in kept
        }
        self.sessions: list[Supervision] = []
        self.actions: list[SeniorAction] = []
        self.agreed: list[AgreedAction] = []
        self.owed: list[Deadline] = []
        self.truth: dict[str, Any] = {"officers": {}, "asked": []}

    def write(self, members, keys):
        """`keys`: of each case, by its CRN."""
        self.keys = keys
        for one in members:
            self._supervise(one)
        Supervision.objects.bulk_create(self.sessions)
        SeniorAction.objects.bulk_create(self.actions)
        AgreedAction.objects.bulk_create(self.agreed)
        Deadline.objects.bulk_create(self.owed)

    def _supervise(self, one):
        team, place = one.place
        rhythm = (FIRST_TEAM if team == 0 else {}).get(place, RHYTHMS[one.number % len(RHYTHMS)])
        crns = [crn for crn in one.crns if crn in self.plain]
        if one.place == (0, 0):
            crns = [*TOLD, *crns]
        last_on = None if rhythm.last is None else working(self._in(-rhythm.last))
        next_on = None if rhythm.next is None else self._next(rhythm.next)
        stands = []
        if last_on:
            talk = self._held(one, last_on, crns, read=rhythm.read)
            stands = self._agree(one, talk, crns)
        if one.number % 5 == 3:  # asked for beside any talk
            self._ask(one, crns[3:4], "late" if one.number % 2 else "open", working(self._in(-20)))
        if one.place == BEING_HELD:
            next_on = working(self._in(-1))
            self._plan(one, next_on, state="held", held_on=next_on, agenda=_agenda(crns))
        elif next_on:
            self._plan(one, next_on)
        if one.place == CALLED_OFF:
            on = working(self._in(-70))
            self._plan(
                one, on, state="called_off", called_off_on=on, called_off_by=one.senior,
                called_off_because="The officer was called to court that morning.",
            )  # fmt: skip
        self.truth["officers"][one.user.username] = {
            "last": last_on and last_on.isoformat(),
            "next": next_on and next_on.isoformat(),
            "stands": _stands(last_on, next_on, self.today),
            "open": sum(STATES[one] == "open" for one in stands),
            "late": stands.count("late"),
        }

    def _held(self, one, on, crns, *, read):
        """Signed the same afternoon, and read two days later."""
        return self._plan(
            one,
            on,
            state="read" if read else "signed",
            held_on=on,
            agenda=_agenda(crns),
            discussed=DISCUSSED[one.number % len(DISCUSSED)],
            signed_at=self._at(on, 16),
            read_at=self._at(on + timedelta(days=2), 9) if read else None,
            answer=ANSWERED if read and one.number % 2 else "",
        )

    def _plan(self, one, on, **said):
        row = Supervision(officer=one.user, senior=one.senior, planned_on=on, **said)
        self.sessions.append(row)
        return row

    def _agree(self, one, talk, crns):
        """How each thing that was agreed stands."""
        team, place = one.place
        wanted = (AGREED_IN_FIRST_TEAM if team == 0 else {}).get(place, AGREED[one.number % len(AGREED)])  # fmt: skip
        stands, left = [], list(crns)
        for number, (where, how) in enumerate(wanted):
            if where == "none":
                what, why = ON_NONE[(one.number + number) % len(ON_NONE)]
                due = {"what": what, "why": why, "due_on": self._in(DUE[how])}
                self.agreed.append(AgreedAction(supervision=talk, **due, **self._settled(one, how)))
            elif left:
                asked = self._ask(one, [left.pop(0)], how, talk.held_on)
                self.agreed.append(AgreedAction(supervision=talk, on_case=asked))
            else:
                continue
            stands.append(how)
        return stands

    def _ask(self, one, crns, how, asked_on):
        """A senior asks for something on the first of these cases, and its clock runs or ran."""
        for crn in crns:
            what, why = ON_CASES[(one.number + len(self.actions)) % len(ON_CASES)]
            due_on, settled = self._in(DUE[how]), self._settled(one, how)
            action = SeniorAction(
                case_id=self.keys[crn], what=what, why=why, owner=one.user, due_on=due_on, asked_on=asked_on,
                asked_by=one.senior, **settled,
            )  # fmt: skip
            self.actions.append(action)
            self.owed.append(
                Deadline(
                    case_id=self.keys[crn], kind="do_senior_action", senior_action=action, owner_role="officer",
                    triggered_on=asked_on, due_on=due_on, met_on=settled.get("settled_on"), void=how == "withdrawn",
                    why=f"Asked for by {one.senior.name} on {say_date(asked_on)}",
                )
            )  # fmt: skip
            self.truth["asked"].append([crn, due_on.isoformat(), STATES[how]])
            return action
        return None

    def _settled(self, one, how):
        if how not in SAID:
            return {}
        by = one.user if how == "done" else one.senior
        on = working(self._in(-3))
        return {"state": STATES[how], "settled_because": SAID[how], "settled_on": on, "settled_by": by}  # fmt: skip

    def _in(self, days):
        return self.today + timedelta(days=days)

    def _next(self, days):
        """The day on which the next is planned: today as it is, else a working day."""
        on = self._in(days)
        if days <= 0:
            return on if not days else working(on)
        return on + timedelta(days=max(0, 7 - on.weekday()) if on.weekday() > 4 else 0)

    def _at(self, on, hour):
        return datetime.combine(on, time(hour), get_current_timezone())


def _agenda(crns):
    """As it stood then: kinds, counts and CRNs."""
    items = [
        {"topic": "on_time", "count": len(crns[:4]), "crns": crns[:4]},
        {"topic": "kept", "count": len(crns[2:4]), "crns": crns[2:4]},
        {"topic": "late_person", "count": len(crns[:1]), "crns": crns[:1]},
        {"topic": "late_sentence", "count": len(crns[1:3]), "crns": crns[1:3]},
    ]
    return {"items": [one for one in items if one["count"]], "left_off": 0}


def _stands(last_on, next_on, today):
    if last_on is None:
        return "never"
    if last_on + OFTEN < today:
        return "overdue"
    return "on_time" if next_on and next_on >= today else "to_plan"
