"""A review while it is written: what is still to do, its events with their answers in place, its parts, and where
each thing is put right.

Source: `cases.rules.reviewing` (gates and warnings); ui, still to do.
"""

from dataclasses import dataclass

from django.urls import reverse

from cases.models import Review
from cases.queries.differences import ChangeView, change_views
from cases.queries.review_facts import ReviewKnown, known_of
from cases.queries.review_words import asked_of, question_words
from cases.reference.review_questions import QUIET, ReviewPart, question_of
from cases.reference.reviews import UNFINISHED_REVIEWS, Answered
from cases.rules import gaps as weights
from cases.rules.answering import field_name
from cases.rules.reviewing import to_do
from cases.rules.reviewing_facts import is_quiet, may_be_quiet
from cases.rules.words import counted
from staff.kit import Gap, Tag, on, tag

PEOPLE = (
    "begun_by",
    "signed_by",
    "countersigned_by",
    "read_by",
    "follows",
    "plan_before",
    "assessment_before",
    "recommendation",
)
ON_PERSON = ("person_view", "person_words")


@dataclass(frozen=True)
class EventView:
    """One event, and its answer in place."""

    key: str
    what: str
    on: str
    tag: Tag
    significant: bool
    answer: str = ""
    words: str = ""
    made: tuple[str, ...] = ()  # what changed or was made, in words
    together: str = ""  # how many were answered with it


@dataclass(frozen=True)
class Task:
    text: str
    href: str
    tag: Tag
    hint: str


@dataclass(frozen=True)
class ReviewDesk:
    """What everybody who looks at an unfinished review is told of it."""

    review: Review
    known: ReviewKnown
    found: list
    gaps: list[Gap]
    warnings: list[Gap]
    countersign: list[str]
    events: list[EventView]
    changes: list[ChangeView]
    may_be_quiet: bool
    quiet: bool
    no_change_lines: list[str]  # the list behind what the detector found

    def warned(self):
        """In the order of `warnings`."""
        return weights.warnings(self.found)

    @property
    def facts(self):
        return self.known.facts


def unfinished_review(case):
    """The review being written or waiting for a senior, or None."""
    return _of(case, case.reviews.unfinished())


def find_review(case, pk):
    return _of(case, case.reviews.filter(pk=pk))


def _of(case, reviews):
    found = reviews.select_related(*PEOPLE).first()
    if found:
        found.case = case
    return found


def review_desk(review, names, today):
    """What stands in the way of this review now."""
    known = known_of(review, today)
    found, crn = to_do(known.facts), review.case.crn
    changes = change_views(known.changes, names)
    return ReviewDesk(
        review=review,
        known=known,
        found=found,
        gaps=[_gap(one, crn, names) for one in weights.gates(found)],
        warnings=[_gap(one, crn, names) for one in weights.warnings(found)],
        countersign=[names.text(one.sentence) for one in weights.countersigns(found)],
        events=event_views(review, known.facts.events, changes, names),
        changes=changes,
        may_be_quiet=may_be_quiet(known.facts),
        quiet=is_quiet(known.facts),
        no_change_lines=[names.text(one) for one in known.facts.no_change_lines],
    )


def _gap(one, crn, names):
    warning = one.weight == weights.Weight.WARNING
    return Gap(names.text(one.sentence), where(one.question, crn), one.rule_and_source, warning)


def where(question, crn):
    """The page and the field that put something right, by the question of its gap."""
    desk = reverse("write-review", args=[crn])
    if question.startswith("event:"):
        key = question.removeprefix("event:")
        return reverse("write-review", args=[crn], query={"event": key}) + "#answer"
    match question:
        case "events":
            return f"{desk}#events"
        case "refresh":
            return f"{desk}#checks"
        case "recommendation":
            return f"{desk}#recommendation"
    part = part_of(question)
    if part is None:
        return desk
    return reverse("review-part", args=[crn, part.value]) + f"#id_{field_name(question)}"


def part_of(question):
    """The page on which a box stands; None where it stands on none."""
    if question in ON_PERSON:
        return ReviewPart.PERSON
    if question == "harm.because":
        return ReviewPart.STILL_RIGHT
    asked = question_of(question)
    return asked.part if asked and question != QUIET else None


def event_views(review, events, changes, names):
    """[EventView] of these events (`EventKnown`), those that must be answered first."""
    rows = {
        one.key: one for one in review.happened.select_related("action", "raised__registration")
    }
    titles = {one.key: one.title for one in changes}
    sizes: dict = {}
    for row in rows.values():
        if row.answered_with and row.answer:
            sizes[row.answered_with] = sizes.get(row.answered_with, 0) + 1
    ordered = sorted(events, key=lambda one: (not one.significant, one.on, one.key))
    return [_event_view(one, rows.get(one.key), titles, sizes, names) for one in ordered]


def _event_view(event, row, titles, sizes, names):
    answered = row is not None and bool(event.answer)
    others = sizes.get(row.answered_with, 1) - 1 if answered else 0
    return EventView(
        key=event.key,
        what=names.text(event.what),
        on=on(event.on),
        tag=_mark(event),
        significant=event.significant,
        answer=Answered(event.answer).title if answered else "",
        words=names.text(event.words),
        made=tuple(_made(row, titles, names)) if answered else (),
        together=f"Answered together with {counted(others, 'other')}" if others else "",
    )


def _mark(event):
    if event.answer and (event.tied or event.answer == Answered.NOTHING):
        return tag("met")
    return tag("still-to-do") if event.significant or event.answer else tag("not-needed")


def _made(row, titles, names):
    yield from (titles[key] for key in row.changes if key in titles)
    if row.action:
        by = f"{names.text(row.action.by_whom)}, by {on(row.action.by_on)}"
        yield f"Step put in the plan: {names.text(row.action.what)} ({by})"
    if row.raised:
        yield f"Raised now: {row.raised.registration.type_name if row.raised.registration else ''}"


def tasks(desk):
    """The parts besides the events, each with how much of it is answered."""
    crn = desk.review.case.crn
    stands = stands_in(desk.review)
    for part in ReviewPart:
        codes = codes_of(part, desk)
        answered = sum(1 for code in codes if stands.get(code))
        missing = any(part_of(one.question) == part for one in desk.found if one.question)
        mark = tag("still-to-do") if missing else tag("met")
        hint = f"{answered} of {len(codes)} boxes filled in"
        yield Task(part.title, reverse("review-part", args=[crn, part.value]), mark, hint)


def codes_of(part, desk):
    return [code for one in asked_of(part, desk.review, desk.facts) for code in one.codes]


def stands_in(review):
    """Everything that was answered, by its code."""
    columns = {
        "person_view": review.person_view,
        "person_words": review.person_words,
        "harm.because": review.harm_because,
    }
    return review.answers | {code: value for code, value in columns.items() if value}


def boxes_to_return(desk):
    """[(code, words)] of what a senior may give back: each event that was answered, and each box that is asked."""
    events = [
        (f"event:{one.key}", f"{one.what}, {one.on}") for one in desk.events if one.significant
    ]
    asked = [
        (code, f"{one.title}: {question_words(code)}")
        for part in ReviewPart
        for one in asked_of(part, desk.review, desk.facts)
        for code in one.codes
    ]
    return [*events, *asked]


def writes(review):
    return review is not None and review.state in UNFINISHED_REVIEWS
