"""What of a plan may go into the person's own copy, what is left out and why, what must be mended first.

Source: product rules, sharing (built from "yes" only, previewed with what is left out); supervision
reference 4.3. What protects somebody, what happens if things change and what agencies said never goes in,
however it is marked. How the copy says the rest is in `cases.rules.person_copy`.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from cases.reference.codes import Sharing, Titled
from cases.reference.plan_questions import PLAN_QUESTIONS
from cases.reference.plans import Actor, Agreed, GivenHow, Nature
from cases.rules.giveaways import why_not
from cases.rules.words import counted
from staff.errors import RuleBroken


class Why(Titled):
    """Why something is left out."""

    SAFETY = "safety", "Keeps somebody safe: never shared with the person"
    AGENCY = "agency", "Came from an agency: never shared with the person"
    RISK = "risk", "About risk to others: never shared with the person"
    NO = "no", "Marked as not to be shared"
    ASK = "ask", "From a third party: ask them first"


@dataclass(frozen=True, slots=True)
class Goal:
    what: str
    sharing: Sharing | str
    protects: bool = False  # a step of it keeps somebody safe


@dataclass(frozen=True, slots=True)
class Step:
    """A step that is done or to be done. `by_whom`: its words; `agency`: the name of one."""

    what: str
    sharing: Sharing | str
    actor: Actor | str
    by_on: date
    nature: Nature | str = ""
    by_whom: str = ""
    agency: str = ""
    protects: bool = False  # somebody by name
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Ordered:
    """A requirement or condition, and how it is delivered."""

    name: str
    how: str
    sharing: Sharing | str
    length: str = ""  # "100 hours"
    arranged_on: date | None = None
    waits: bool = False  # its route was taken away, and nothing is booked
    changed: bool = False  # since the plan said how


@dataclass(frozen=True, slots=True)
class Parts:
    """A plan whole, as plain values. `answers`: by the codes of cases.reference.plan_questions."""

    forename: str
    surname: str
    called: str  # what they like to be called
    officer: str
    goals: tuple[Goal, ...] = ()
    steps: tuple[Step, ...] = ()
    ordered: tuple[Ordered, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    agreed: Agreed | str = ""
    agreed_on: date | None = None
    signed_on: date | None = None
    # Counted and never shown
    contingencies: int = 0
    victims: int = 0
    replies: int = 0


@dataclass(frozen=True, slots=True)
class LeftOut:
    what: str  # "2 steps"
    why: Why


@dataclass(frozen=True, slots=True)
class Mend:
    """Something marked to be shared that must be put right first. `part`: what kind of thing it is."""

    part: str
    why: str


def is_draft(agreed, signed_on):
    """Until they agreed and it is signed, it says draft on every page."""
    return agreed != Agreed.YES or signed_on is None


def check_whole(copy):
    """Refuse to make a copy while anything in it would give something away."""
    if copy.mend:
        said = " ".join(f"{one.part}: {one.why}" for one in copy.mend)
        raise RuleBroken(f"The copy cannot be made yet. {said}")


def check_giving(how, given_on, safe_to_write, today):
    """Refuse a day to come, and a letter to where it is not known to be safe to write."""
    if given_on > today:
        raise RuleBroken("The day on which it was given cannot be in the future.")
    if how == GivenHow.POST and not safe_to_write:
        raise RuleBroken(
            "It is not recorded as safe to write to them at their address. Hand the copy over, or ask them "
            "first and record what they say."
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the plan that has words or a choice, with the mark of its question."""

    code: str
    given: str
    sharing: Sharing


NOUNS = {  # one, several
    Goal: ("objective", "objectives"),
    Step: ("step", "steps"),
    Ordered: ("requirement: how it is delivered", "requirements: how they are delivered"),
    Answer: ("answer", "answers"),
}


def sorted_out(parts, kept):
    """(what goes in, what is left out, what is marked to go in and must be mended first)."""
    shared, left_out = _marked(parts)
    safe, mend = [], []
    for one in shared:
        why = next(filter(None, (why_not(text, kept) for text in texts_of(one))), "")
        if why:
            mend.append(Mend(_noun(one), why))
        else:
            safe.append(one)
    return safe, left_out, tuple(mend)


def _marked(parts):
    """(what is marked "yes" and may go in, what is left out)."""
    everything = [*parts.goals, *parts.steps, *parts.ordered, *_answers(parts.answers)]
    left: Counter = Counter()
    shared = []
    for one in everything:
        why = _why_left_out(one)
        if why:
            left[type(one), why] += 1
        else:
            shared.append(one)
    found = [LeftOut(_counted(kind, number), why) for (kind, why), number in left.items()]
    found += [
        LeftOut(words, why)
        for number, words, why in (
            (parts.contingencies, f"What happens if: {parts.contingencies}", Why.RISK),
            (
                parts.victims,
                counted(parts.victims, "person", "people") + " who could be hurt",
                Why.SAFETY,
            ),
            (parts.replies, counted(parts.replies, "answer") + " to enquiries", Why.AGENCY),
        )
        if number
    ]
    return shared, tuple(found)


def _why_left_out(one):
    """Blank only where it is marked "yes" and does not keep somebody safe."""
    if keeps_safe(one):
        return Why.SAFETY
    if one.sharing == Sharing.YES:
        return ""
    return Why.ASK if one.sharing == Sharing.ASK else Why.NO


def keeps_safe(one):
    """Whether it says how somebody is kept safe, which the person is never told."""
    if isinstance(one, Step):
        return one.protects or one.nature == Nature.VICTIM_SAFETY
    return isinstance(one, Goal) and one.protects


def _answers(answers):
    """Those that were answered, each with the mark of its question; what nobody asks is kept."""
    for code, given in answers.items():
        question = PLAN_QUESTIONS.get(code)
        if given and question:
            yield Answer(code, given, question.sharing)


def _counted(kind, number):
    return counted(number, *NOUNS[kind])


def _noun(one):
    if isinstance(one, Answer):
        return f"“{PLAN_QUESTIONS[one.code].asks}”"
    return NOUNS[type(one)][0].split(":")[0].capitalize()


def texts_of(one):
    """Every word of it that somebody wrote."""
    if isinstance(one, Step):
        return one.what, one.by_whom, one.agency
    if isinstance(one, Ordered):
        return one.name, one.how
    return (one.what,) if isinstance(one, Goal) else (one.given,)
