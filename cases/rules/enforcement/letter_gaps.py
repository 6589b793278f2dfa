"""What a letter of enforcement lacks before it can go, and where each is mended.

Sources: features 90 (fields that cannot be empty); product rules, safe contact and sharing (only to where it is recorded as
safe; nothing that may not be shared with the person).
"""

from dataclasses import dataclass

from cases.reference.enforcement import LetterKind, SentBy
from cases.rules.enforcement.days import served_on
from cases.rules.enforcement.letter_words import ENGLISH, MET
from cases.rules.enforcement.letters import (
    HOW,
    OF_AN_ORDER,
    SAYS_WHAT,
    TRANSLATION,
    Facts,
    Sending,
)
from cases.rules.giveaways import Kept, why_not
from cases.rules.interim import says_nothing
from cases.rules.names import IN_TEXT
from staff.errors import RuleBroken
from staff.rules.dates import say_date, say_time

UNSAID = f"It would go with “{IN_TEXT}” in it. Say it in other words."
NOT_IN_THEIRS = (
    "They may not read English. Add a translation of the letter in {language}, or have somebody tell them in {language} what "
    "it says."
)
CAME_BACK = (
    "The last letter to this address came back on {on}. Ask them where a letter reaches them, and record what they answer; "
    "or hand the letter over."
)
TOO_LATE = (
    "{what} is on {day}, and this letter, sent today ({how}), counts as received on {served}. Hand it over before then, and have "
    "them rung where that is safe."
)
SAME_DAY = (
    "The appointment in it is at {at} on {day}, and on that day they have to be in court at {court}. Have their officer move it before "
    "this goes."
)


@dataclass(frozen=True, slots=True)
class Missing:
    """What stands between a letter and its going. `field`: where it is mended."""

    field: str
    sentence: str


def missing(facts: Facts, kept: Kept) -> list[Missing]:
    """Everything that is missing, in the order of the letter. `kept`: what the person may not be told."""
    return [*_reach(facts), *_about(facts), *_next(facts), *_from(facts), *_safe(facts, kept)]


def look_again(reads: str, translation: str) -> list[Missing]:
    """What does not stop a letter, and is thought about before it goes. `reads`: the language they need it in."""
    if not reads or translation:
        return []
    return [Missing(TRANSLATION, NOT_IN_THEIRS.format(language=reads))]


def too_late(facts: Facts, sending: Sending) -> list[Missing]:
    """What they are to come to before the letter, sent now, counts as received: they would be told in time by nobody.

    The hour of the post is not known, so that what is on that very day counts as well. By hand they have it at once.
    """
    if facts.how == SentBy.HAND:
        return []
    served = served_on(sending.on, facts.how, sending.after, sending.extra)
    said = {"Their day in court": facts.court_at, "The appointment in it": facts.next_at}
    known = {"how": facts.how.title.lower(), "served": _day(served)}
    return [
        Missing(HOW, TOO_LATE.format(what=what, day=_day(at.date()), **known))
        for what, at in said.items()
        if at and at.date() <= served
    ]


def same_day(facts: Facts) -> list[Missing]:
    """An appointment on the day on which it tells them to be in court: whoever keeps one may miss the other."""
    court, at = facts.court_at, facts.next_at
    if court is None or at is None or court.date() != at.date():
        return []
    hours = {"at": say_time(at.time()), "court": say_time(court.time())}
    return [Missing("next", SAME_DAY.format(day=_day(at.date()), **hours))]


def _day(on):
    return f"{on:%A} {say_date(on)}"


def check_whole(found: list[Missing]) -> None:
    """Refuse a letter with anything missing."""
    if found:
        raise RuleBroken("This letter cannot go yet. " + " ".join(one.sentence for one in found))


# What may be missing, part by part


def _reach(facts):
    if not facts.name:
        yield Missing("name", "No name is recorded.")
    if not facts.called:
        yield Missing("called", "No first name is recorded: say what they like to be called.")
    if facts.how == SentBy.POST and not facts.address:
        yield Missing(
            "address", "No address is recorded at which they live. Add it, or hand the letter over."
        )
    elif facts.how == SentBy.POST and facts.safe_to_write is not True:
        yield Missing(
            "address",
            "It is not recorded as safe to write to them at their address. Ask them, or hand the letter over.",
        )
    elif facts.how == SentBy.POST and facts.came_back_on:
        yield Missing("address", CAME_BACK.format(on=say_date(facts.came_back_on)))
    if facts.how == SentBy.EMAIL and not facts.email:
        yield Missing(
            "email",
            "No e-mail address is safe to use that they agreed to, or e-mail is not set up. Choose another way.",
        )


def _about(facts):
    if facts.kind in OF_AN_ORDER and (facts.regime is None or facts.order_on is None):
        yield Missing(
            "order", "The record does not say which order it is about, or from which day it runs."
        )
    if facts.kind == LetterKind.WARNING and facts.step is None:
        yield Missing("order", "The letter belongs to no warning.")
    if facts.kind in SAYS_WHAT:
        if not facts.failures:
            yield Missing("failure", "No failure stands that it could be about.")
        for one in facts.failures:
            if one.on is None:
                yield Missing(f"on_{one.key}", "Say on which day it happened.")
            yield from _both(
                facts, f"what_{one.key}", one.what, one.what_cy, "what happened", one.on
            )
    if facts.kind == LetterKind.WITHDRAWAL:
        what = "why it does not go to court" if facts.called_off else "why the warning no longer counts"  # fmt: skip
        yield from _both(facts, "because", facts.because, facts.because_cy, what)


def _next(facts):
    if facts.next_at is None:
        if facts.kind == LetterKind.APPOINTMENT:
            yield Missing("next", "No appointment is booked that it could tell them of. Book one.")
        else:
            words = facts.no_appointment, facts.no_appointment_cy
            yield from _both(
                facts, "no_appointment", *words, "why no appointment is booked, or book one"
            )
    elif facts.next_where not in MET[ENGLISH] and not facts.next_place:
        yield Missing("next", "The next appointment does not say where it is.")


def _from(facts):
    if not facts.writer:
        yield Missing("writer", "The case has no officer who could write. Name one.")
    if not (facts.telephone and facts.organisation and facts.our_address):
        yield Missing("telephone", "How to reach us is not set: see the policy on requests.")


def _both(facts, name, english, welsh, what, on=None):
    day = f" on {say_date(on)}" if on else ""
    if says_nothing(english):
        yield Missing(name, f"Say {what}{day}, in words for the person.")
    if facts.welsh and says_nothing(welsh):
        yield Missing(f"{name}_cy", f"Say {what}{day} in Welsh as well: they chose Welsh.")


def _safe(facts, kept):
    written = {
        **{f"what_{one.key}": (one.what, one.what_cy) for one in facts.failures},
        "because": (facts.because, facts.because_cy),
        "no_appointment": (facts.no_appointment, facts.no_appointment_cy),
        "next": (facts.next_place, ""),
        TRANSLATION: (facts.translation, ""),
        "failure": (facts.court if facts.court_at else "", ""),
    }
    for name, (english, welsh) in written.items():
        for at, text in ((name, english), (f"{name}_cy", welsh)):
            if IN_TEXT in text:
                yield Missing(at, f"{UNSAID} (“{text[:60]}”)")
            elif text and (why := why_not(text, kept)):
                yield Missing(at, f"{why} (“{text[:60]}”)")
