"""Reviews across cases: those that recorded no change and nobody has read, what waits for a senior, what is owed.

Source: product rules, gates; report 2.4. Counts are of reviews; no figure sets one officer beside another.
"""

from dataclasses import dataclass

from django.db.models import Case as Cases
from django.db.models import Count, IntegerField, Q, Value, When
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Case, Deadline, Review
from cases.queries.due import anchored
from cases.queries.listed import FACTS, listed_rows
from cases.queries.names import names_for_each
from cases.queries.paging import page_of
from cases.queries.reach import actions_on_each
from cases.queries.review_pages import title_of, what_it_changed
from cases.queries.review_words import TAGS, how_it_stands
from cases.reference.reviews import ReviewState
from staff.kit import Tag, on, tag
from staff.permissions import Action

READING, NO_CHANGE, WRITING, COMPLETE, OWED = "reading", "no-change", "writing", "complete", "owed"
SHOWN = {  # in this order, with what each is called
    READING: "waiting for a senior",
    NO_CHANGE: "recorded no change and not read",
    OWED: "owed",
    WRITING: "being written",
    COMPLETE: "complete",
}
OWES = ("review_case", "review_event")
UNREAD = Q(hollow=True, read_at=None, state=ReviewState.SIGNED)  # complete once a senior read it
OF = {
    READING: Q(state=ReviewState.SIGNED),
    NO_CHANGE: UNREAD,
    WRITING: Q(state__in=[ReviewState.DRAFT, ReviewState.RETURNED]),
    COMPLETE: Q(state=ReviewState.COMPLETE),
}
PEOPLE = (
    "case__officer",
    "case__team",
    "begun_by",
    "signed_by",
    "countersigned_by",
)


@dataclass(frozen=True)
class ReviewRow:
    crn: str
    name: str
    href: str
    what: str
    on: str
    tag: Tag
    stands: str
    changed: str
    no_change: bool
    anchor: str = ""


def cases_of(user, team):
    cases = Case.objects.open_to(user, Action.VIEW_REVIEW)
    return cases.filter(team=team) if team else cases


def matching(user, team, show):
    """The reviews of that part of the list, those that recorded no change and are unread marked."""
    found = Review.objects.filter(OF[show], case__in=cases_of(user, team))
    first = Cases(When(UNREAD, then=Value(0)), default=Value(1), output_field=IntegerField())
    return found.annotate(first=first)


def counts_of(user, team):
    """{part of the list: how many}, in two statements."""
    found = Review.objects.filter(case__in=cases_of(user, team))
    counts = {name.replace("-", "_"): Count("pk", filter=which) for name, which in OF.items()}
    counted = found.aggregate(**counts)
    return {name: counted[name.replace("-", "_")] for name in OF} | {OWED: owed(user, team).count()}


def page_of_reviews(user, team, show, *, after, size):
    """Unread ones that recorded no change first; then the oldest, or of what is complete the latest."""
    keys = ("first", "-id") if show == COMPLETE else ("first", "id")
    found = matching(user, team, show).select_related(*PEOPLE).defer("before", "after")
    return page_of(found, keys=keys, after=after, size=size, known_by="pk")


def owed(user, team):
    """Reviews that are owed on cases open to this user."""
    return Deadline.objects.unmet().ours().filter(kind__in=OWES, case__in=cases_of(user, team))


def page_of_owed(user, team, *, after, size):
    found = owed(user, team).select_related(*FACTS)
    return page_of(found, keys=("due_on", "id"), after=after, size=size, known_by="pk")


def owed_rows(deadlines, user, today):
    return listed_rows(deadlines, user, today)


def review_rows(reviews, user):
    cases = {one.case_id: one.case for one in reviews}.values()
    names = names_for_each(cases, actions_on_each(cases, user))
    return anchored(_row(one, names[one.case_id]) for one in reviews)


def _row(one, names):
    day = localdate(one.signed_at) if one.signed_at else one.begun_on
    return ReviewRow(
        crn=one.case.crn,
        name=one.case.list_name,
        href=reverse("review", args=[one.case.crn, one.pk]),
        what=title_of(one),
        on=on(day),
        tag=tag(TAGS[ReviewState(one.state)]),
        stands=how_it_stands(one),
        changed=what_it_changed(one, names),
        no_change=one.hollow and one.state == ReviewState.SIGNED and one.read_at is None,
    )
