"""What is known of the past of a case, as the ground truth reckons it: each thing told, and what is asked of them.

Source: product rules, gates (each pattern, the gravest and the latest). Of the product it uses the list of
what each offence is a sign of, and the name of each episode, which stands in saved answers.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import blake2s

from cases.reference.behaviours import SIGNS

GRAVE = 5  # how grave anything is held that is not an offence, and is not a report
# What somebody told us, or an agency answered: behaviour and victim
INFORMED = {
    "call_out": ("domestic_abuse", "known_adult"),
    "arrest": ("other_harm", "not_recorded"),
    "child": ("child", "child"),
    "adult": ("other_harm", "known_adult"),
}
REPLIED = {
    "police": ("domestic_abuse", "known_adult"),
    "children": ("child", "child"),
    "adults": ("other_harm", "known_adult"),
}
ATTACK = ("violence", "not_recorded")
NOTED = {
    "report": ("told", "not_recorded", 4),
    "called": ("domestic_abuse", "known_adult", GRAVE),
    "social_care": ("child", "child", GRAVE),
}


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing known of the past. `known_on` is when we could have known it."""

    key: str
    behaviour: str
    victim: str
    on: date
    grave: int
    known_on: date

    @property
    def pattern(self):
        return f"{self.behaviour}-{self.victim}"


def past_of(plan):
    """Everything that is known of it today."""
    return [*_offences(plan), *_informed(plan), *_replies(plan), *_notes(plan)]


def _name(kind, *parts):
    told = "\n".join(map(str, parts))
    return f"{kind}-{blake2s(told.encode(), digest_size=6).hexdigest()}"


def _offences(plan):
    for source_id, code, committed_on, convicted_on in plan.offences:
        sign = SIGNS.get(code)
        if sign:
            key = _name("offence", source_id, code, committed_on, 1)
            on = committed_on or convicted_on
            yield Happened(key, sign.behaviour, sign.victim, on, sign.rank, date.min)


def _informed(plan):
    for one in plan.information:
        attacked = any(reading.relation == "attacked_by" for reading in one.readings)
        sign = INFORMED.get(one.kind) or (ATTACK if attacked else None)
        if sign:
            yield Happened(f"information-{one.id}", *sign, one.happened_on, GRAVE, one.came_on)


def _replies(plan):
    for one in plan.enquiries:
        if one.kind in REPLIED and one.reply in {"information", "partial"}:
            sign = REPLIED[one.kind]
            yield Happened(f"reply-{one.id}", *sign, one.replied_on, GRAVE, one.replied_on)


def _notes(plan):
    for source_id, on, code in plan.noted:
        behaviour, victim, grave = NOTED[code]
        yield Happened(_name("note", source_id, code), behaviour, victim, on, grave, on)


def asked_of(past):
    """{what an assessment answers: the keys of the episodes it is about}."""
    if not past:
        return {}
    patterns: dict[str, list[Happened]] = {}
    for one in past:
        patterns.setdefault(one.pattern, []).append(one)
    asked = {name: {one.key for one in those} for name, those in patterns.items()}
    gravest = max(past, key=lambda one: (one.grave, one.on, one.key))
    latest = max(past, key=lambda one: (one.on, one.grave, one.key))
    for one in (gravest, latest):
        if len(patterns[one.pattern]) > 1:
            asked[one.key] = {one.key}
    return asked


def unanswered(past, answers):
    """What of it these answers do not answer, or did before something more was known."""
    return [
        name
        for name, episodes in asked_of(past).items()
        if not answers.get(f"pattern.{name}.words")
        or episodes - set(answers.get(f"pattern.{name}.covers", ()))
    ]
