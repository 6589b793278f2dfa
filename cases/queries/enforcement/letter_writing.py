"""What is asked when a letter of enforcement is written: only what its record does not say by itself."""

from dataclasses import dataclass

from cases.queries.enforcement.letters import facts_of
from cases.reference.enforcement import LetterKind
from staff.kit import on


@dataclass(frozen=True)
class Asked:
    """One thing to be written. `name`: of its box, and of what is kept; `stands`: what is in the letter now."""

    name: str
    label: str
    stands: str
    welsh: str
    day: bool = False


def asked_of(letter, ours, now, names=None):
    """What this letter asks its writer. `names`: the reader's, through which all that stands passes; None as it stands."""
    facts = facts_of(letter, letter.case, ours, now)
    if names is None:
        return list(_asked(facts, letter.words))
    return [
        Asked(one.name, one.label, names.text(one.stands), names.text(one.welsh), one.day)
        for one in _asked(facts, letter.words)
    ]


def _asked(facts, words):
    if facts.kind == LetterKind.REASON:
        yield Asked("on_0", "On which day did it happen?", words.get("on_0", ""), "", day=True)
    if facts.kind in {LetterKind.WARNING, LetterKind.REASON, LetterKind.BREACH}:
        for one in facts.failures:
            day = f" on {on(one.on)}" if one.on else ""
            yield Asked(f"what_{one.key}", f"What happened{day}", one.what, one.what_cy)
    if facts.kind == LetterKind.WITHDRAWAL:
        label = "Why the warning does not count any more"
        yield Asked("because", label, facts.because, facts.because_cy)
    if facts.next_at is None and facts.kind != LetterKind.APPOINTMENT:
        label = "Why no appointment is booked, and how they hear of the next"
        yield Asked("no_appointment", label, facts.no_appointment, facts.no_appointment_cy)
