"""Whoever answers to what was typed at the desk, with what to do about each. Source: product rules, limited access."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Case, NonAssociation
from cases.queries.at_the_door import in_words, must_not_meet
from cases.queries.reach import open_among
from cases.reference.holding import LeftAs
from oversight.queries.rows import officer_of
from staff.kit import on
from staff.permissions import Action

NOT_OURS = {
    LeftAs.DIED: "They have died. If family is here, take them somewhere quiet and say that you are sorry. See the summary for whom to ring.",
    LeftAs.ENDED: "Their case has ended here. Say so kindly, ask what they need and where they may ask for it, and record what they tell you as information.",
    LeftAs.ELSEWHERE: "Another provider supervises them now. Say so kindly, and help them ring whoever does.",
}
NOT_YOURS = (
    "You do not record walk-ins of this team. Ring its officer, or ask the hub to record it."
)


@dataclass(frozen=True)
class FoundRow:
    """One who may be at the desk."""

    crn: str
    name: str
    answered_by: str  # the other name of theirs that answers; blank where their own does
    href: str  # the case; blank where the reader may not open it
    summary: str
    born: str
    officer: str
    team: str
    record: str  # where it is recorded that they are here; blank where it is not
    instead: str  # what to do where it is not
    apart: str  # whom they must not meet who is about today, in words; blank where nobody is


def found_rows(found, user, now):
    """Everybody whom a search found, in as many statements however many they are."""
    cases = found.shown
    keys = [case.pk for case in cases]
    seen = open_among(keys, user, Action.SEE_WALK_IN)
    opened = open_among(keys, user, Action.VIEW_CASE)
    apart = must_not_meet(_told_of(keys, user, localtime(now).date()), user, now)
    return [
        _row(
            case,
            case.pk in seen,
            case.pk in opened,
            apart.get(case.pk),
            found.answered_by(case, case.pk in opened),
        )
        for case in cases
    ]


def _told_of(keys, user, today):
    """Those of these cases who must be kept apart from somebody, where the reader may open one of the two.

    One office serves several teams: whoever comes for another meets those who wait for this one.
    """
    open_ = Case.objects.open_to(user, Action.VIEW_CASE).values("pk")
    pairs = NonAssociation.objects.in_force(today).filter(Q(one__in=keys) | Q(other__in=keys))
    known = pairs.filter(Q(one__in=open_) | Q(other__in=open_)).values_list("one", "other")
    return {key for pair in known for key in pair if key in keys}


def _row(case, may_record, may_open, apart, answered_by):
    instead = NOT_OURS.get(LeftAs(case.left_as), "") or ("" if may_record else NOT_YOURS)
    return FoundRow(
        crn=case.crn,
        name=case.list_name,
        answered_by=answered_by,
        href=reverse("case", args=[case.crn]) if may_open else "",
        summary=reverse("case-summary", args=[case.crn]) if may_open else "",
        born=on(case.born_on),
        officer=officer_of(case),
        team=case.team.name if case.team else "No team",
        record="" if instead else reverse("record-walk-in", args=[case.crn]),
        instead=instead,
        apart=in_words(apart),
    )
