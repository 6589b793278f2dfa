"""What is asked when a letter of enforcement is written: only what its record does not say by itself."""

from dataclasses import dataclass, replace

from django.utils.timezone import localtime

from cases.models import HubQuestion
from cases.queries.enforcement.letter_record import OfRecord
from cases.queries.enforcement.letters import facts_of
from cases.reference.enforcement import LetterKind, WithdrawnBecause
from cases.rules.enforcement.letter_words import THEIR_OWN
from cases.rules.enforcement.letters import TRANSLATION
from staff.kit import Line, on
from staff.rules.keeping import say_moment


@dataclass(frozen=True)
class Asked:
    """One thing to be written. `name`: of its box, and of what is kept; `stands`: what is in the letter now."""

    name: str
    label: str
    stands: str
    welsh: str
    hint: str = ""
    day: bool = False
    whole: bool = False  # the whole letter, in the language they read


HINTS = {
    "what": "In short, plain words to them: “You did not come to the office at 10am.” Nothing about anybody else.",
    "because": "In short, plain words to them: “You have shown us that you were in hospital on that day.”",
    "no_appointment": "In short, plain words to them: “We will ring you on Monday to arrange the next one.”",
    TRANSLATION: "The whole letter, as a translator wrote it. It follows the English on a page of its own. Leave it blank where "
    "somebody tells them what it says.",
}


def asked_of(letter, ours, now, names=None):
    """What this letter asks its writer. `names`: the reader's, through which all that stands passes; None as it stands."""
    facts = facts_of(letter, letter.case, ours, OfRecord.of([letter], now))
    if names is None:
        return list(_asked(facts, letter.words))
    return [
        replace(one, stands=names.text(one.stands), welsh=names.text(one.welsh))
        for one in _asked(facts, letter.words)
    ]


def _asked(facts, words):
    if facts.kind == LetterKind.REASON:
        yield Asked("on_0", "On which day did it happen?", words.get("on_0", ""), "", day=True)
    if facts.kind in {LetterKind.WARNING, LetterKind.REASON, LetterKind.BREACH}:
        for one in facts.failures:
            day = f" on {on(one.on)}" if one.on else ""
            yield Asked(
                f"what_{one.key}", f"What happened{day}", one.what, one.what_cy, HINTS["what"]
            )
    if facts.kind == LetterKind.WITHDRAWAL:
        label = "Why it does not go to court" if facts.called_off else "Why the warning does not count any more"  # fmt: skip
        yield Asked("because", label, facts.because, facts.because_cy, HINTS["because"])
    if facts.next_at is None and facts.kind != LetterKind.APPOINTMENT:
        label = "Why no appointment is booked, and how they hear of the next"
        yield Asked("no_appointment", label, facts.no_appointment, facts.no_appointment_cy, HINTS["no_appointment"])  # fmt: skip
    if facts.reads or facts.translation:
        label = f"The letter in {facts.reads or THEIR_OWN}"
        yield Asked(TRANSLATION, label, facts.translation, "", HINTS[TRANSLATION], whole=True)


def withdrawn_of(letter, names):
    """Why what the letter takes back was withdrawn, as staff recorded it: the writer says it to the person in other words."""
    if letter.kind != LetterKind.WITHDRAWAL:
        return []
    if letter.breach_id:
        cause = WithdrawnBecause(letter.breach.withdrawn_because).title
        said = names.text(letter.breach.withdrawn_words)
        return [Line("The breach was withdrawn", cause, detail=said)]
    one = letter.warning
    by = f"{one.withdrawn_by.name}, {on(one.withdrawn_on)}" if one.withdrawn_by else ""
    return [Line("The warning was withdrawn", names.text(one.withdrawn_because), detail=by)]


def questions_about(letter, names, today):
    """What the hub asked the officer about this letter, or had put right, and what they answered: the first first."""
    rows = HubQuestion.objects.filter(deadline__letter=letter, taken_back_at=None)
    lines = []
    for one in rows.select_related("asked_by", "answered_by").order_by("asked_at", "pk"):
        asks = "What had to be put right" if one.returned else "What was asked"
        asked = f"{one.asked_by.name}, {say_moment(localtime(one.asked_at), today)}"
        lines.append(Line(asks, names.text(one.asks), detail=asked))
        answered = ""
        if one.answered_at:
            answered = f"{one.answered_by.name}, {say_moment(localtime(one.answered_at), today)}"
        said = names.text(one.answer) if one.answered_at else "Nobody has answered yet"
        lines.append(Line("The answer", said, detail=answered))
    return lines
