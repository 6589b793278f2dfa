"""What stands before a case is brought to its end, and what is looked at again.

Source: report 3.3 (endings without a last look, and nobody told); supervision reference 5 (a review before the end);
product rules, gates.
"""

from dataclasses import dataclass
from datetime import date

from cases.reference.endings import BEFORE_ITS_DAY, EndedBy, PersonAsked
from cases.rules.ending_calls import Call
from cases.rules.gaps import Found, Weight
from cases.rules.interim import says_nothing
from cases.rules.words import counted
from staff.rules.dates import say_date

VERSION = 1
SOURCE = "local policy"


@dataclass(frozen=True, slots=True)
class Flagged:
    """A register somebody is on, and what was said of it: None where nothing was."""

    key: str
    name: str
    keep: bool | None = None
    because: str = ""
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class ToTell:
    """Somebody the record calls for, and what was said of them."""

    call: Call
    on: date | None = None  # the day they were told
    because: str = ""  # why they need not be


@dataclass(frozen=True, slots=True)
class LastLook:
    """All that decides whether a case may end. `looked_from`: a review signed on this day or later is the last one.

    `work_only`: unpaid work was ordered and nothing else. `hours`: what is left of it, in words; blank: nothing.
    `still_open`: what would be left behind, a sentence each.
    """

    today: date
    ends_on: date
    looked_from: date
    reviewed_on: date | None = None
    way: str = ""
    hours: str = ""
    work_only: bool = False
    supervised: bool = True
    person: str = ""
    words: dict[str, str] | None = None
    flags: tuple[Flagged, ...] = ()
    calls: tuple[ToTell, ...] = ()
    still_open: tuple[str, ...] = ()

    def said(self, code):
        return (self.words or {}).get(code, "")


def say_left(minutes):
    """ "42 hours", "1 hour 30 minutes"; in words where nobody recorded how many were ordered."""
    if minutes is None:
        return "Hours that nobody recorded the number of"
    hours, rest = divmod(minutes, 60)
    said = [counted(hours, "hour")] if hours else []
    return " ".join([*said, counted(rest, "minute")] if rest or not hours else said)


def to_do(one):
    """What stands between here and the end, in the order of the page. Empty: it may end."""
    return [found for rule in RULES for found in rule(one)]


def reviewed(one):
    if one.reviewed_on is None or one.reviewed_on < one.looked_from:
        last = f" The last was signed on {say_date(one.reviewed_on)}." if one.reviewed_on else ""
        yield _gap(
            "review",
            f"No review is signed since {say_date(one.looked_from)}: look once more at risk and progress.{last}",
            "Nobody’s case ends without a last review in the weeks before",
            "supervision reference 5",
        )


def way_said(one):
    if not one.way:
        yield _gap(
            "way", "Say how it ends.", "How it ends decides what the court and the record are told"
        )


def day_come(one):
    """An order that has time to run ends only by a court."""
    if not one.supervised or one.today >= one.ends_on or one.way in BEFORE_ITS_DAY or not one.way:
        return
    if one.way == EndedBy.COMPLETED and one.work_only and not one.hours:
        return
    yield _gap(
        "way",
        f"It runs until {say_date(one.ends_on)}. Before then only a court ends it: choose how, or wait for the day.",
        "A sentence is served to its last day, unless a court revokes it",
        "CJA 2003, 177 and Schedule 8",
    )


def hours_worked(one):
    if one.hours and one.way not in BEFORE_ITS_DAY:
        yield _gap(
            "hours",
            f"{one.hours} of unpaid work are left. The order stays in force until they are worked, whatever its last day.",
            "Unpaid work keeps an order in force",
            "CJA 2003, 200",
        )


def told(one):
    for each in one.calls:
        if each.on is None and says_nothing(each.because):
            yield _gap(
                f"tell-{each.call.whom}",
                f"{each.call.whom.title}: say on which day they were told, or why they need not be. It is called for by "
                f"{each.call.why}.",
                "Whoever has a part in it hears that supervision ends",
            )


def flags_answered(one):
    for each in one.flags:
        if each.keep is None:
            words = "say whether the register stays or is closed."
        elif says_nothing(each.because):
            words = f"say why it {'stays' if each.keep else 'is closed'}."
        elif each.keep and each.review_on is None:
            words = "say when it is looked at again."
        elif each.keep and each.review_on < one.today:
            words = "the day on which it is looked at again has passed."
        else:
            continue
        yield _gap(
            f"flag-{each.key}",
            f"{each.name}: {words}",
            "A register outlives supervision only for a reason, and with a day to look at it again",
        )


def person_asked(one):
    rule = "They are asked at the end what helped and what did not"
    if not one.person:
        yield _gap(
            "person", "Ask them what it was like, or say that they did not want to say.", rule
        )
    elif one.person == PersonAsked.SAID:
        for code, words in SAID_AT_THE_END.items():
            if says_nothing(one.said(code)):
                yield _gap(code, words, rule)
    elif says_nothing(one.said("person_because")):
        yield _gap("person_because", "Say how they were asked, or why they could not be.", rule)


def knows_where_to_go(one):
    if says_nothing(one.said("help")):
        yield _gap(
            "help",
            "Say where they go for help from now on, and that they know it.",
            "Nobody is left with nowhere to turn",
        )


def nothing_left_behind(one):
    """A warning: what is open is said, with who sees to it, in one honest sentence."""
    if one.still_open and says_nothing(one.said("open")):
        for number, words in enumerate(one.still_open):
            yield Found(
                key=f"open:{number}",
                weight=Weight.WARNING,
                sentence=words,
                rule="What is open when a case ends comes back to nobody",
                question="open",
                source=SOURCE,
            )


SAID_AT_THE_END = {
    "person_words": "Write what they said, in their own words.",
    "helped": "Write what helped, as they see it.",
    "not_helped": "Write what did not help, as they see it.",
}
RULES = (
    reviewed,
    way_said,
    day_come,
    hours_worked,
    told,
    flags_answered,
    person_asked,
    knows_where_to_go,
    nothing_left_behind,
)


def _gap(question, sentence, rule, source=SOURCE):
    return Found(
        key=question, weight=Weight.GATE, sentence=sentence, rule=rule, question=question,
        may_override=False, source=source,
    )  # fmt: skip
