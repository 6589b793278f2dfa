"""Who has looked at a case and what was done on it, from the audit trail, latest first."""

from dataclasses import dataclass

from django.db.models import BigIntegerField, Exists, OuterRef
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.timezone import localtime

from cases.models import Complaint
from cases.queries.paging import page_of
from cases.rules.words import sentence
from staff.models import Entry
from staff.permissions import Action
from staff.rules.dates import say_date, say_time

SIZE = 50
DID = {
    Action.VIEW_CASE: "Looked at the case",
    Action.VIEW_CHECKS: "Looked at its checks",
    Action.RECORD_CHECK: "Opened a form to record a step of a check",
    Action.ANALYSE_CHECK: "Opened a form to analyse a reply",
    Action.VIEW_PLACEMENT: "Looked at its placement",
    Action.JUDGE_PLACEMENT: "Opened the form for a judgement",
    Action.DECIDE_PLACEMENT: "Opened the request to lower its placement",
    Action.VIEW_OVERRIDES: "Looked at an override",
    Action.ASK_OVERRIDE: "Opened the form to ask for an override",
    Action.DECIDE_OVERRIDE: "Opened an override to decide or close it",
    Action.READ_OVERRIDE: "Opened an override to say what it showed",
    Action.VIEW_AUDIT: "Looked at this page",
    Action.OPEN_IN_EMERGENCY: "Looked at the way in for an emergency",
    "opened_in_emergency": "Opened it in emergency, for 24 hours",
    "opened_enquiry": "Opened an enquiry",
    "moved_enquiry": "Took a step of an enquiry",
    "placed_in_grid": "Placed in the GRID",
    "read_notice": "Read what they were told of it",
}


@dataclass(frozen=True)
class Looked:
    """One entry of the trail."""

    at: str
    by: str
    role: str
    did: str
    refused: bool


@dataclass(frozen=True)
class History:
    rows: list[Looked]
    next_after: str


def history_of(case, user, after):
    """The page of the trail that follows the entry `after`, without what was done of a complaint about its reader."""
    told = Entry.objects.annotate(complaint=KeyTextTransform("complaint", "detail"))
    entries = told.filter(~Exists(_about(case, user)), crn=case.crn).select_related("by")
    found = page_of(entries, keys=("-at", "-pk"), after=after, size=SIZE, known_by="pk")
    return History([_looked(one) for one in found.rows], found.next_after)


def _about(case, user):
    """The complaint about this reader that an entry is of."""
    key = Cast(OuterRef("complaint"), BigIntegerField())
    return Complaint.objects.filter(case=case, about=user, pk=key)


def _looked(one):
    at = localtime(one.at)
    return Looked(
        at=f"{say_date(at.date())}, {say_time(at.time())}",
        by=one.by.name if one.by else "The system",
        role=one.by.get_role_display() if one.by else "",
        did=DID.get(one.action) or sentence(one.action.replace("_", " ")),
        refused=one.refused,
    )
