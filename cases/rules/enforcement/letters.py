"""A letter of enforcement: what it says, until when it gives them for a reason, and what shows that it went.

Sources: features 90 (fields that cannot be empty, bilingual, nothing sent twice); product rules, safe contact and sharing
(only to where it is recorded as safe; nothing that may not be shared with the person); clocks (until when a reason may be given).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256

from cases.reference.appointments import Where
from cases.reference.enforcement import (
    LETTER_MAY_BECOME,
    LetterKind,
    LetterState,
    Regime,
    SentBy,
    Step,
)
from cases.rules.calendar import add_working_days
from cases.rules.compliance import reason_until
from cases.rules.enforcement.days import served_on
from cases.rules.enforcement.letter_words import (
    ENGLISH,
    MADE_BY_COURT,
    MET,
    ORDER,
    SAYS,
    WELSH,
    heading,
    meaning,
    say_called_off,
    say_court,
    say_day,
    say_when,
    translated,
)
from cases.rules.interim import says_nothing
from staff.errors import RuleBroken
from staff.rules.dates import say_date

HOW, LONGEST = "how", 1000  # how it is to go, among what is written; letters of one answer
TRANSLATION = "translation"  # the whole letter, in the language they read
LONGEST_TRANSLATION = 6000
OF_AN_ORDER = frozenset({LetterKind.WARNING, LetterKind.WITHDRAWAL, LetterKind.BREACH})
SAYS_WHAT = frozenset({LetterKind.WARNING, LetterKind.REASON, LetterKind.BREACH})
ASKS_REASON = frozenset({LetterKind.WARNING, LetterKind.REASON})
CHANGED = "What this letter says has changed since it was made ready. Put it back, read it again and make it ready."
NOT_READ = (
    "What this letter says has changed since you opened the page. Read it again, as it is below."
)
TOO_SOON = (
    "The letter gives them until {said} for a reason, and sent today they have until {until}. Put it back and make it "
    "ready again, so that it says the right day."
)


@dataclass(frozen=True, slots=True)
class Failed:
    """One failure as the letter tells of it. `key`: of what is written about it."""

    key: str
    on: date | None
    what: str
    what_cy: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a letter is made from, in plain values."""

    kind: LetterKind
    crn: str
    name: str
    called: str
    how: SentBy = SentBy.POST
    welsh: bool = False
    step: Step | None = None
    regime: Regime | None = None
    order_on: date | None = None  # made, or began
    failures: tuple[Failed, ...] = ()
    because: str = ""  # why a warning or a breach is withdrawn, for the person
    because_cy: str = ""
    next_at: datetime | None = None  # local
    next_where: Where | str = ""
    next_place: str = ""
    no_appointment: str = ""
    no_appointment_cy: str = ""
    called_off: bool = False  # what is withdrawn is a breach of which they were told
    court_at: datetime | None = None  # local: the day in court that is set
    court: str = ""
    reads: str = ""  # the language they need it in, where they may not read English
    translation: str = ""  # the whole letter in it
    address: tuple[str, ...] = ()
    safe_to_write: bool | None = None
    came_back_on: date | None = None  # the last letter to this address; they were not asked since
    email: str = ""  # safe, and they agreed to be written to there
    writer: str = ""
    organisation: str = ""
    our_address: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class Sending:
    """What is known when a letter goes. `after`: working days by way of sending; `extra`: bank holidays of the policy."""

    on: date
    after: Mapping[SentBy, int]
    extra: frozenset[date] = field(default_factory=frozenset)


def tidy(name: str, said: str) -> str:
    """What is written into it as it is kept: in one line, but for a translation, which has paragraphs."""
    lines = [" ".join(one.split()) for one in said.splitlines()]
    return ("\n" if name == TRANSLATION else " ").join(one for one in lines if one)


def check_length(name: str, said: str) -> None:
    longest = LONGEST_TRANSLATION if name == TRANSLATION else LONGEST
    if len(said) > longest:
        raise RuleBroken(f"Say it in at most {longest:,} letters: it has to be read.")


def mark_of(said: dict) -> str:
    """What tells one reading of a letter from another: sent along with the page on which it was read."""
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def check_read(mark: str | None, said: dict) -> None:
    """Refuse what is not the letter that was read. `mark`: of the page it was read on; None where no page was."""
    if mark is not None and mark != mark_of(said):
        raise RuleBroken(NOT_READ)


def check_becomes(state: LetterState | str, to: LetterState) -> None:
    """Refuse a step that a letter cannot take from where it is."""
    state = LetterState(state)
    if to not in LETTER_MAY_BECOME[state]:
        raise RuleBroken(
            f"This letter is at “{state.title}”. Somebody has worked on it meanwhile: open it again."
        )


def check_proof(how: SentBy, proof: str) -> str:
    """The proof that it went, as it is kept; of an e-mail it comes by itself."""
    proof = " ".join(proof.split())
    if how == SentBy.POST and says_nothing(proof) and not any(letter.isdigit() for letter in proof):
        raise RuleBroken(
            "Say what proves that it was posted: the number of the certificate of posting, or where it is kept."
        )
    if how == SentBy.HAND and says_nothing(proof):
        raise RuleBroken("Say who handed it over, and where.")
    return proof


def check_because(because: str, words: str) -> str:
    because = " ".join(because.split())
    if says_nothing(because):
        raise RuleBroken(words)
    return because


def reason_day(facts: Facts, sending: Sending) -> date | None:
    """The last day for a reason that the letter names: the later of the two clocks, were it sent on the next working day.

    Reckoned a day ahead, so that what is printed in the afternoon and posted the next morning is still right.
    """
    if facts.kind not in ASKS_REASON:
        return None
    posted = add_working_days(sending.on, 1, sending.extra)
    return _until(facts, posted, sending)


def check_days(facts: Facts, said: date | None, sending: Sending) -> None:
    """Refuse a letter that gives less time than they have when it goes now. `said`: the day it names."""
    if said is None:
        return
    until = _until(facts, sending.on, sending)
    if until and said < until:
        raise RuleBroken(TOO_SOON.format(said=say_date(said), until=say_date(until)))


def as_data(facts: Facts, on: date, until: date | None) -> dict:
    """The letter as its page and its file place it: Welsh first where it is in both. `until`: of `reason_day`."""
    languages = (WELSH, ENGLISH) if facts.welsh else (ENGLISH,)
    return translated(facts.reads, facts.translation) | {
        "crn": facts.crn,
        "on": on.isoformat(),
        "until": until.isoformat() if until else "",
        "to": [facts.name, *facts.address] if facts.how == SentBy.POST else [facts.name],
        "writer": facts.writer,
        "organisation": facts.organisation,
        "our_address": facts.our_address,
        "telephone": facts.telephone,
        "parts": [_part(facts, on, until, language) for language in languages],
    }


def says_court(made: dict, at: datetime | None, court: str) -> bool:
    """Whether a letter of a breach says this of the day in court. `made`: of `as_data`; `at`: local, None where none is set."""
    said = say_court(at, court, ENGLISH)
    english = (one for one in made["parts"] if one["language"] == ENGLISH)
    sections = (section for part in english for section in part["sections"])
    return any(said in one for section in sections for one in section["paragraphs"])


def _until(facts, sent_on, sending):
    served = served_on(sent_on, facts.how, sending.after, sending.extra)
    days = [reason_until(one.on, sending.extra, served) for one in facts.failures if one.on]
    return max(days, default=None)


def _part(facts, on, until, language):
    says, order = SAYS[language], ORDER[language].get(facts.regime, "")
    sections = []
    if facts.kind in SAYS_WHAT:
        sections.append(
            {"heading": says["what"], "items": _happened(facts, language), "paragraphs": []}
        )
    sections.append(
        {"heading": says["meaning"], "items": [], "paragraphs": _meaning(facts, until, language)}
    )
    sections.append(
        {"heading": says["next"], "items": [], "paragraphs": _meeting(facts, language, order)}
    )
    opens = []
    if facts.kind in OF_AN_ORDER and facts.order_on:
        made = "made" if facts.regime in MADE_BY_COURT else "began"
        opens = [says[made].format(order=order, day=say_day(facts.order_on, language))]
    return {
        "language": language,
        "on": say_day(on, language),
        "reference": says["reference"],
        "page": says["page"],
        "of": says["of"],
        "heading": _heading(facts, language),
        "dear": says["dear"].format(called=facts.called),
        "opens": opens,
        "sections": sections,
        "yours": says["yours"],
    }


def _happened(facts, language):
    return [
        SAYS[language]["happened"].format(
            day=say_day(one.on, language) if one.on else "", what=one.what if language == ENGLISH else one.what_cy
        )
        for one in sorted(facts.failures, key=lambda one: (one.on or date.max, one.key))
    ]  # fmt: skip


def _heading(facts, language):
    if facts.called_off:
        return say_called_off(facts.regime, language)[0]
    return heading(facts.kind, facts.step, facts.regime, language)


def _meaning(facts, until, language):
    court = say_court(facts.court_at, facts.court, language)
    said = meaning(facts.kind, facts.step, facts.regime, language, court)
    if facts.called_off:
        said = [say_called_off(facts.regime, language)[1]]
    if facts.kind == LetterKind.WITHDRAWAL:
        said.append(facts.because if language == ENGLISH else facts.because_cy)
    if until:
        said.append(SAYS[language]["reason"].format(day=say_day(until, language)))
    return [one for one in said if one]


def _meeting(facts, language, order):
    says = SAYS[language]
    if facts.next_at:
        met = MET[language].get(facts.next_where) or MET[language][""].format(
            place=facts.next_place
        )
        said = says["appointment"].format(when=say_when(facts.next_at, language), where=met)
    else:
        said = facts.no_appointment if language == ENGLISH else facts.no_appointment_cy
    ring = says["help" if order else "help_only"].format(telephone=facts.telephone, order=order)
    return [one for one in (said, ring) if one]
