"""Reviews in a sentence or two: the list of a case with what each changed, what one looks back to and on.

Source: supervision reference 5. Every word passes through the reader's `Names`.
"""

from django.urls import reverse
from django.utils.timezone import localdate

from cases.queries.review_words import TAGS, attendance, how_it_stands
from cases.reference.codes import Rosh
from cases.reference.reviews import ReviewBecause, ReviewState
from cases.rules.reviewing import harm_in_words
from cases.rules.reviewing_facts import harm_moved
from cases.rules.words import ended, listed, shortened, within_a_sentence
from staff.kit import Happening, Line, on, tag
from staff.rules.dates import say_date

LONGEST = 200  # letters of what a list says of a change
FEW = 4  # changes that a list names


def listed_reviews(case, names):
    """Each review that was not given up, with what it changed; the latest first."""
    rows = case.reviews.exclude(state=ReviewState.DROPPED).defer("before", "after")
    rows = rows.select_related("begun_by", "signed_by", "countersigned_by").order_by("-pk")
    return [
        Happening(
            title=title_of(one),
            when=on(localdate(one.signed_at)) if one.signed_at else on(one.begun_on),
            text=f"{how_it_stands(one)}. {what_it_changed(one, names)}",
            href=reverse("review", args=[case.crn, one.pk]),
            tag=tag(TAGS[ReviewState(one.state)]),
            on=one.begun_on.isoformat(),
        )
        for one in rows
    ]


def title_of(review):
    return f"Review: {within_a_sentence(ReviewBecause(review.because).title)}"


def what_it_changed(review, names):
    """What a signed review changed, in a sentence or two; blank while it is written."""
    if not review.signed_at:
        return ""
    if review.evidence.get("quiet"):
        return "Nothing happened, confirmed with the person."
    moved = f"{harm_in_words(review)}." if harm_moved(review) else ""
    found = review.evidence.get("changed", ())
    if not found:
        none = "No change recorded." if review.hollow else "Nothing of substance was changed."
        return f"{moved} {none}".strip()
    said = [names.text(one).rstrip(":") for one in found[:FEW]]
    more = [f"{len(found) - FEW} more"] if len(found) > FEW else []
    return f"{moved} Changed: {shortened(listed([*said, *more], comma='; '), LONGEST)}.".strip()


def looks_back(review):
    """Since when, and what that day was."""
    since = say_date(review.since_on)
    if review.follows_id:
        return f"Since {since}, when the last review was signed"
    signed = [
        (localdate(one.signed_at), what)
        for one, what in ((review.plan_before, "plan"), (review.assessment_before, "assessment"))
        if one and one.signed_at
    ]
    for day, what in signed:
        if day == review.since_on:
            return f"Since {since}, when the {what} was signed"
    return f"Since {since}, when supervision by us began"


def returned_in_words(review, names):
    if review.state != ReviewState.RETURNED:
        return ""
    return f"Returned to be put right: {ended(names.text(review.returned_because))}"


def looked_at(review, desk, names, today):
    """What there is on record since, for a review in which nothing significant happened."""
    listed_too = [f"{one.what}, {one.on}" for one in desk.events]
    changed = [one.title for one in desk.changes if one.substantive]
    level = Rosh(desk.facts.harm_after).title if desk.facts.harm_after else ""
    objectives = [f"“{names.text(one.what)}”" for one in desk.facts.objectives]
    return [
        Line("What happened since", listed(listed_too, comma="; ") or "Nothing on record"),
        Line("Appointments", attendance(desk.facts)),
        Line("Risk of serious harm", level, detail=f"As it was on {say_date(review.since_on)}"),
        Line("Objectives of the plan", listed(objectives) or "No plan in force"),
        Line("What was changed", listed(changed, comma="; ") or "Nothing"),
    ]
