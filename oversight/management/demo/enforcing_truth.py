"""What tests of enforcement hold the product to: how far each failure came, and what is owed of it, counted here a second time."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from cases.models import Limit
from cases.rules.calendar import add_working_days, working_days_before, working_days_between
from oversight.management.demo.enforcing_acts import OneFailure

OVER = {"decided", "withdrawn"}
LADDERS = {  # who is told after how many working days, where that is not the senior at once
    "send_letter": ((0, "spo"), (3, "head")),
    "submit_breach": ((0, "spo"), (2, "head")),
    "get_breach_answer": ((0, "hub"), (2, "spo")),
    "say_hearing": ((0, "hub"), (2, "spo")),
    "lay_breach": ((0, "spo"), (1, "head")),
    "read_withdrawn_breach": ((0, "head"),),
    "write_part_a": ((0, "spo"), (1, "head")),
    "countersign_recall": ((0, "head"),),
}
ENDS = (
    "expected_end_on",
    "supervision_end_on",
    "licence_end_on",
    "sentence_expiry_on",
    "pss_end_on",
)
NOT_LAID = {"preparing", "submitted", "returned", "amendment"}


@dataclass
class Fated:
    """What tests hold the product to: how far each failure came, and what the hub has to work through."""

    today: date
    last: dict[int, tuple[str, OneFailure]] = field(default_factory=dict)
    not_won_back: dict[int, OneFailure] = field(default_factory=dict)
    asked: list = field(default_factory=list)  # decisions whose reason is asked for by letter

    def learn(self, fate, one):
        """The fate that came last is the one that stands."""
        self.last[one.failure.pk] = (fate, one)

    def truth(self):
        fates: dict[str, list[str]] = {}
        for fate, one in self.last.values():
            fates.setdefault(fate, []).append(one.case.crn)
        fated = [(fate, one) for fate, one in self.last.values()]
        queue = sorted(_rows(fated, hub_owes) + self._to_ask())
        owed = sorted(_rows(fated, others_owe) + self._to_win_back() + _asked_of_self_harm(fated))
        return {
            "fates": {name: sorted(crns) for name, crns in sorted(fates.items())},
            "queue": queue,
            "owed": owed,
            "flags": [
                _flag(row, self.today) for row in queue + owed if row[2] < self.today.isoformat()
            ],
            "proved": sorted(
                [one.case.crn, *map(str, (one.failure.happened_on, one.failure.became_aware_on))]
                for fate, one in fated
                if fate == "late_proof"
            ),
            "not_won_back": sorted({one.case.crn for one in self.not_won_back.values()}),
            "letters": self._letters_in_time(),
            "asked": sorted([one.case.crn, one.happened_on.isoformat()] for one in self.asked),
        }

    def _to_ask(self):
        """The letter that asks is the first after the absence: two working days from when we knew."""
        return [
            [one.case.crn, "send_letter", add_working_days(one.became_aware_on, 2).isoformat()]
            for one in self.asked
        ]

    def _to_win_back(self):
        """Of those with whom no next contact was agreed as enforcement began, and of whom it is not over."""
        return sorted(
            [one.case.crn, "win_back", _after(one, 0, 2).isoformat()]
            for one in self.not_won_back.values()
            if self.last[one.failure.pk][0] not in OVER
        )

    def _letters_in_time(self):
        """[in time, owed] of letters that fell due by yesterday, as a head of service may count them."""
        kept = set(Limit.objects.filter(restricted=True).values_list("case", flat=True))
        told = [(fate, one) for fate, one in self.last.values() if one.case.pk not in kept]
        owed = [each for fate, one in told for each in letters_of(fate, one)]
        owed += [(add_working_days(one.became_aware_on, 2), None) for one in self.asked]
        due = [(due_on, went_on) for due_on, went_on in owed if due_on < self.today]
        return [sum(went_on is not None and went_on <= due_on for due_on, went_on in due), len(due)]


def hub_owes(fate, one):
    """(kind, due day) of what the hub has to do after this fate, counted here a second time."""
    aware_on, after = one.failure.became_aware_on, partial(_after, one)
    if fate in {"letter_asked", "letter_late", "letter_ready"}:
        yield "send_letter", add_working_days(aware_on, 2)
    if fate == "late_proof":
        yield "send_letter", after(4, 2)
    if fate == "preparing":
        yield "submit_breach", add_working_days(aware_on, 8)
    if fate == "submitted":
        yield "get_breach_answer", after(3, 2)
    if fate == "returned":
        yield "answer_nps", after(5, 2)
    if fate in {"amendment", "summons"}:
        yield "send_letter", after(5, 2)  # telling them that it goes to court
    if fate == "amendment":
        yield "amend_breach", add_working_days((one.at(6) or one.morning()).date(), 3)
        yield "say_hearing", after(5, 5)
    if fate == "summons":
        yield "say_hearing", add_working_days(one.today, 10)
    if fate == "with_nps":
        yield "get_recall_answer", after(1, 1)


def others_owe(fate, one):
    """(kind, due day) of what the officer or a senior has to do after this fate."""
    aware_on, after = one.failure.became_aware_on, partial(_after, one)
    if fate == "unanswered":
        yield "answer_failure", max(add_working_days(aware_on, 2), one.decided_on)
    if fate in NOT_LAID:
        ends_on = max(filter(None, (getattr(one.failure.sentence, name) for name in ENDS)))
        yield "lay_breach", working_days_before(ends_on, 10)
    if fate == "came_back":
        yield "mend_letter", after(6, 1)
    if fate == "withdrawn":
        yield "read_withdrawn_breach", after(5, 5)
        yield "decide_again", after(5, 1)  # the failure still stands
    if fate == "part_a_owed":
        yield "write_part_a", one.decided_on + timedelta(days=1)
    if fate == "part_a_waits":
        yield "countersign_recall", (one.at(1) or one.morning()).date()


def _asked_of_self_harm(fated):
    """Whoever is registered for it is asked how they are by the day after enforcement began, also once that is over."""
    began = {"preparing", "submitted", "returned", "amendment", "summons", "decided", "withdrawn"}
    began |= {"part_a_owed", "part_a_waits", "with_nps"}
    first: dict[str, date] = {}
    for fate, one in fated:
        if (
            fate in began
            and one.case.registrations.filter(type_code="ALSH", ended_on=None).exists()
        ):
            day = first.setdefault(one.case.crn, one.decided_on)
            first[one.case.crn] = min(day, one.decided_on)
    return [
        [crn, "ask_welfare", add_working_days(day, 1).isoformat()] for crn, day in first.items()
    ]


def letters_of(fate, one):
    """(due day, day it went or None) of each letter that was owed and is not owed no more."""
    if fate in {"warned", "came_back", "late_proof"}:
        yield add_working_days(one.failure.became_aware_on, 2), one.on(1)
    for kind, due_on in hub_owes(fate, one):
        if kind == "send_letter":
            yield due_on, None


def _rows(fated, owed):
    """[CRN, kind, due day] of each thing owed, by this reckoning."""
    return sorted(
        [one.case.crn, kind, due_on.isoformat()]
        for fate, one in fated
        for kind, due_on in owed(fate, one)
    )


def _flag(row, today):
    crn, kind, due_on = row
    days = working_days_between(date.fromisoformat(due_on), today)
    told = [role for rung, role in LADDERS.get(kind, ((0, "spo"),)) if days >= rung][-1]
    return {"crn": crn, "kind": kind, "due_on": due_on, "told": told, "enquiry": "", "late": True}


def _after(one, days, more):
    return add_working_days(one.on(days), more)
