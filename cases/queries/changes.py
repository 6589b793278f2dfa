"""Where somebody goes on a case when something changes: one way each, for those who may take it.

Source: report 3.3 (most harm happens at the joins of a case).
"""

from django.urls import reverse

from cases.reference.holding import LeftAs
from staff.kit import Link
from staff.permissions import Action

END = "case-ending"
WAYS = (  # (words, name of the page, what the reader must be allowed to do)
    ("How they came to us, and that they came again", "case-arrivals", Action.VIEW_MOVEMENTS),
    ("The induction, and the proof of it", "case-inductions", Action.VIEW_REVIEW),
    ("Who holds the case, and handing it over", "case-holder", Action.VIEW_CASE),
    ("Escalation of a risk to the NPS", "escalation", Action.VIEW_MOVEMENTS),
    ("They cannot be seen: a warrant, prison, hospital", "standing-still", Action.VIEW_CASE),
    ("Whether they think of harming themselves", "welfare", Action.ASK_WELFARE),
    ("What the victim liaison officer must hear", "victim-liaison", Action.VIEW_VICTIM_LIAISON),
    (
        "Meetings of agencies: MARAC, conferences, core groups",
        "agency-meetings",
        Action.VIEW_MEETINGS,
    ),
    ("What a court asks, and our reply", "court-requests", Action.ANSWER_COURT),
    ("Nationality, the Home Office and travel abroad", "home-office", Action.VIEW_HOME_OFFICE),
    ("They have died", "death", Action.VIEW_CASE),
    ("Charged with a serious further offence", "further-offence", Action.VIEW_FURTHER_OFFENCE),
    ("Take a complaint", "take-complaint", Action.TAKE_COMPLAINT),
    ("Complaints, and their answers", "case-complaints", Action.VIEW_COMPLAINTS),
    ("Bring it to its end", END, Action.VIEW_MOVEMENTS),
)
ENDED = "How it ended, and opening it again"


def ways_of(case, may):
    """The ways that this reader may go. `may`: what they may do on this case."""
    return [
        Link(_words(text, page, case), reverse(page, args=[case.crn]))
        for text, page, action in WAYS
        if action in may
    ]


def _words(text, page, case):
    return ENDED if page == END and case.left_as == LeftAs.ENDED else text
