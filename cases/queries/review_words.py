"""A review in words and in marks: how it stands, what stands beside each question, and what a signer has read.

Source: `cases.reference.review_questions`; product rules, gates.
"""

from dataclasses import dataclass

from django.utils.timezone import localdate

from cases.reference.codes import Rosh
from cases.reference.questions import Answered
from cases.reference.questions import of_area as assessed_area
from cases.reference.questions import of_group as assessed_group
from cases.reference.review_questions import (
    ABOUT_FAMILY,
    CONTESTED,
    ELSE,
    HARM_BECAUSE,
    ReviewPart,
    of_area,
    of_group,
    of_objective,
    question_of,
)
from cases.reference.reviews import PersonView, RecommendationState, ReviewState
from cases.rules.reviewing_facts import harm_moved
from cases.rules.words import counted, ended, listed
from staff.kit import Line, on

NOT_ANSWERED = "Not answered"
TAGS = {
    ReviewState.DRAFT: "draft",
    ReviewState.SIGNED: "awaiting-decision",
    ReviewState.RETURNED: "returned",
    ReviewState.COMPLETE: "signed",
    ReviewState.DROPPED: "withdrawn",
}


@dataclass(frozen=True)
class Asked:
    """Some questions that belong together: of one objective, one area, one group. `stands`: what is confirmed or changed."""

    title: str
    codes: tuple[str, ...]
    stands: tuple[Line, ...] = ()


def how_it_stands(review):
    """ "Signed on 3 May 2018 by A. Khan, and waits for a senior probation officer"."""
    begun = f"begun on {on(review.begun_on)} by {review.begun_by.name}"
    signed = (
        review.signed_at
        and f"Signed on {on(localdate(review.signed_at))} by {review.signed_by.name}"
    )
    match ReviewState(review.state):
        case ReviewState.DRAFT:
            return f"Being written, {begun}"
        case ReviewState.SIGNED:
            return f"{signed}, and waits for a senior probation officer"
        case ReviewState.RETURNED:
            return f"Returned to be put right, {begun}"
        case ReviewState.DROPPED:
            return f"Given up, {begun}"
    if review.countersigned_by:
        day = on(localdate(review.countersigned_at))
        return f"{signed}, countersigned on {day} by {review.countersigned_by.name}"
    return signed


def asked_of(part, review, facts):
    """[Asked] of one part, as it is asked on this case: nothing whose answer the system holds."""
    return list(ASKED[part](review, facts))


def _progress(review, facts):
    for one in facts.objectives:
        codes = (of_objective(one.key, "progress"), of_objective(one.key, "words"))
        yield Asked(one.what, codes)
    kept = Line("Since the last review", attendance(facts))
    yield Asked("Keeping to the order, and taking part", ("compliance.words",), (kept,))
    yield Asked("Strengths", ("strengths.words",))


def attendance(facts):
    """ "5 appointments kept, 1 missed, 2 missed for a good reason or moved"."""
    excused = f", {facts.excused:,} missed for a good reason or moved" if facts.excused else ""
    return f"{counted(facts.kept, 'appointment')} kept, {facts.missed:,} missed{excused}"


def _still_right(review, facts):
    assessed = review.assessment_before.answers if review.assessment_before else {}
    for area in facts.areas:
        lines = _said(assessed, ((assessed_area(area, "notes"), "The assessment says"),))
        yield Asked(area.title, _pair(of_area, area), lines)
    yield Asked("Anything else that bears on reoffending", (of_area(ELSE, "words"),))
    for group in facts.groups:
        yield Asked(
            f"Risk of serious harm to {group.title.lower()}",
            _pair(of_group, group),
            _harm(assessed, group),
        )
    yield Asked("Anybody else who could be harmed", (of_group(ELSE, "words"),))
    if harm_moved(facts):
        yield Asked("The level of risk of serious harm", (HARM_BECAUSE,), (_levels(facts),))
    for subject in facts.unknown:
        codes = tuple(f"{subject}.{what}" for what in ("answer", "sources", "asked"))
        yield Asked(f"What nobody knew about {ABOUT_FAMILY[subject]}", codes)


def _person(review, facts):
    yield Asked("In their own view", ("person_view", "person_words"))
    yield Asked("Others who know them", ("agencies.words",))
    yield Asked("What happens next", ("next.words",))
    if facts.recommendation == RecommendationState.CONTESTED:
        yield Asked("The recommendation that is contested", (CONTESTED,))


ASKED = {
    ReviewPart.PROGRESS: _progress,
    ReviewPart.STILL_RIGHT: _still_right,
    ReviewPart.PERSON: _person,
}


def _pair(code, one):
    return (code(one, "answer"), code(one, "words"))


def _said(assessed, codes):
    return tuple(Line(label, assessed[code]) for code, label in codes if assessed.get(code))


def _harm(assessed, group):
    level = assessed.get(assessed_group(group, "level"))
    words = (("who", "Who"), ("nature", "What could happen"), ("when", "When"))
    said = _said(assessed, [(assessed_group(group, what), label) for what, label in words])
    return (Line("Level", Rosh(level).title), *said)


def _levels(facts):
    before, after = (
        Rosh(one).title if one else "" for one in (facts.harm_before, facts.harm_after)
    )
    return Line("From and to", f"{before or 'Not recorded'}, now {after or 'not recorded'}")


def question_words(code):
    """What one box asks, for whoever gives it back or reads it; with which objective, area or group."""
    question = question_of(code)
    return question.asks if question else {
        "person_view": "Whether they took part",
        "person_words": "What they say, or why not",
        HARM_BECAUSE: "Why the level of risk has moved",
    }[code]  # fmt: skip


def in_words(code, value):
    """An answer as it is read; blank where there is none."""
    if value in (None, "", []):
        return ""
    if code == "person_view":
        return PersonView(value).title
    question = question_of(code)
    if question is None or question.how == Answered.WORDS:
        return value
    said = dict(question.choices)
    return listed([said.get(one, one) for one in (value if isinstance(value, list) else [value])])


def together(asked, stands):
    """What is answered to questions that belong together, in a sentence or two; blank where nothing is."""
    said = [in_words(code, stands.get(code)) for code in asked.codes]
    said = [
        one.removesuffix(", because").removesuffix(", and").removesuffix(": it is now")
        for one in said
    ]
    return " ".join(ended(one) for one in said if one)
