"""One review whole, on screen and on paper: as it is now, or as it was signed.

Source: supervision reference 5 (what a review that can be defended holds). Every word passes through the
reader's `Names`.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from cases.queries.differences import ChangeView, change_views, changes_of
from cases.queries.event_reach import readable
from cases.queries.review_desk import (
    EventView,
    event_views,
    review_desk,
    stands_in,
)
from cases.queries.review_facts import checks_made, facts_as_signed
from cases.queries.review_pages import looks_back, title_of
from cases.queries.review_words import NOT_ANSWERED, TAGS, asked_of, how_it_stands, together
from cases.reference.checks import Changes, CheckKind, EnquiryState, Reply
from cases.reference.codes import Rosh
from cases.reference.review_questions import QUIET, ReviewPart
from cases.reference.reviews import (
    Answered,
    EventKind,
    PersonView,
    RecommendationState,
    ReviewState,
)
from cases.rules.checks import say_changes
from cases.rules.reviewing_facts import EventKnown
from cases.rules.words import ended, within_a_sentence
from staff.kit import Line, Tag, on, tag


@dataclass(frozen=True)
class Quote:
    words: str
    who: str
    when: str


@dataclass(frozen=True)
class ReviewPage:
    """One review whole, for the reader whose page this is."""

    title: str
    tag: Tag
    words: str  # where it stands
    looks_back: str
    because: str
    quiet: bool
    hollow: str  # what the detector found, in a sentence; blank where it found nothing
    hollow_lines: list[str]  # the list behind it
    hollow_because: str  # and what the officer said to it
    read: str  # and what the senior found
    contested: str  # that the recommendation behind it was contested when it was signed
    events: list[EventView]
    changes: list[ChangeView]
    checks: list[Line]  # whom we asked, when, and what came
    harm: Line
    quote: Quote | None  # the person's own words
    not_heard: str  # or why there are none
    chapters: list[tuple[str, list[Line]]]
    warnings: list[Line]  # what was warned of when it was signed, and what was said
    countersign_because: str


def review_page(review, names, may, today, desk=None):
    """One review: as it is now while it is written or waits, and as it was signed once it is complete.

    `may`: what its reader may do, who sees no event that they may not read.
    """
    done = review.state in (ReviewState.COMPLETE, ReviewState.DROPPED)
    desk = desk or (None if done else review_desk(review, names, today))
    facts = desk.facts if desk else facts_as_signed(review)
    changes = desk.changes if desk else change_views(changes_of(review), names)
    known = facts.events if desk else _as_signed(review)
    views = desk.events if desk else event_views(review, known, changes, names)
    keys = {one.key for one in readable(known, may)}
    return ReviewPage(
        title=title_of(review),
        tag=tag(TAGS[ReviewState(review.state)]),
        words=f"{how_it_stands(review)}.",
        looks_back=f"{looks_back(review)}.",
        because=names.text(review.recommendation.what) if review.recommendation else "",
        quiet=bool(review.evidence.get("quiet")) and review.signed_at is not None,
        hollow=review.evidence.get("no_change", "") if review.hollow else "",
        # A line does not say which event it is of
        hollow_lines=_no_change(review, names) if len(keys) == len(known) else [],
        hollow_because=names.text(review.hollow_because),
        read=_read(review, names),
        contested=_contested(review),
        events=[one for one in views if one.key in keys],
        changes=changes,
        checks=[_check(one) for one in _checks(review)],
        harm=_harm(review, facts, names),
        quote=_quote(review, names),
        not_heard=_not_heard(review, names),
        chapters=list(_chapters(review, facts, names)),
        warnings=_warned(review, names),
        countersign_because=names.text(review.countersign_because),
    )


def _as_signed(review):
    """The events of a review that is complete, as it answered them."""
    rows = review.happened.select_related("action").order_by("on", "pk")
    return [
        EventKnown(
            one.key, EventKind(one.kind), one.what, one.on, one.significant,
            Answered(one.answer) if one.answer else "", one.words, tied=True,
        )
        for one in rows
    ]  # fmt: skip


def _checks(review):
    return review.evidence.get("checks", []) if review.signed_at else checks_made(review.case)


def _check(one):
    """ "Sent 3 May 2018, replied 9 May 2018: no trace. It changes nothing"."""
    days = [
        f"{words} {on(date.fromisoformat(one[column]))}"
        for column, words in (("sent_on", "Sent"), ("replied_on", "replied"))
        if one[column]
    ]
    came = f": {within_a_sentence(Reply(one['reply']).title)}" if one["reply"] else ""
    said = f"{', '.join(days)}{came}" if days else "Not sent"
    # What was signed before a reply could change several things says the one
    codes = [one["changes"], *one.get("also_changes", "").split(",")]
    changes = [Changes(code) for code in codes if code]
    detail = say_changes(changes) if changes else EnquiryState(one["state"]).title
    return Line(CheckKind(one["kind"]).title, said, detail=detail)


def _read(review, names):
    if not review.read_by:
        return ""
    when = on(localdate(review.read_at))
    return f"{ended(names.text(review.read_note))} ({review.read_by.name}, {when})"


def _contested(review):
    if (
        review.evidence.get("recommendation") != RecommendationState.CONTESTED
        or not review.signed_at
    ):
        return ""
    return "The recommendation that called for this review was contested when it was signed."


def _harm(review, facts, names):
    after = review.harm_after if review.signed_at else facts.harm_after
    before, now = (
        Rosh(level).title if level else "not recorded" for level in (review.harm_before, after)
    )
    if review.harm_before == after:
        return Line("Risk of serious harm", f"{now}, as before")
    because = (
        ended(names.text(review.harm_because)) if review.harm_because else "It does not say why."
    )
    return Line("Risk of serious harm", f"{before} before, {now.lower()} now", detail=because)


def _quote(review, names):
    said = names.text(review.person_words)
    if review.person_view != PersonView.SAID or not said:
        return None
    day = on(localdate(review.signed_at)) if review.signed_at else ""
    return Quote(said, review.case.forename or review.case.name, day)


def _not_heard(review, names):
    if review.person_view == PersonView.SAID:
        return ""
    if not review.person_view:
        return "It does not say what they say, or why they were not asked."
    why = PersonView(review.person_view).title.removesuffix(", because")
    return f"{why}: {names.text(review.person_words)}"


def _no_change(review, names):
    return [names.text(one) for one in review.evidence.get("no_change_lines", ())]


def _warned(review, names):
    if not review.signed_at:
        return []
    return [
        Line(names.text(one["sentence"]), names.text(one["said"]))
        for one in review.evidence.get("warnings", ())
    ]


def _chapters(review, facts, names):
    stands = stands_in(review)
    if stands.get(QUIET):
        yield "Why nothing has changed", [Line("What shows it", names.text(stands[QUIET]))]
    for part in ReviewPart:
        lines = [
            Line(names.text(one.title), names.text(together(one, stands)) or NOT_ANSWERED)
            for one in asked_of(part, review, facts)
            if "person_words" not in one.codes and "harm.because" not in one.codes
        ]
        quiet = review.evidence.get("quiet") and review.signed_at
        if quiet:
            lines = [one for one in lines if one.value != NOT_ANSWERED]
        if lines:
            yield part.title, lines
