"""Which of what came in, was answered or was seen at a home calls for a review.

Sources: supervision reference 5; report 2.4.
"""

from cases.reference.checks import Reply
from cases.reference.information import InformationKind
from cases.reference.reviews import EventKind
from cases.reference.visits import OBSERVATIONS, NotDone

TOLD_AS = {
    InformationKind.CALL_OUT: EventKind.CALL_OUT,
    InformationKind.ARREST: EventKind.ARREST,
    InformationKind.CHILD: EventKind.CHILD,
    InformationKind.ADULT: EventKind.ADULT,
}
# Matters whoever says so and whatever reading it came to; the rest when somebody could be hurt
ALWAYS_MATTERS = frozenset(
    {
        *TOLD_AS,
        InformationKind.COURT,
        InformationKind.REPLY,
        InformationKind.SIGHTING,
    }
)
KEPT_OUT = frozenset({NotDone.REFUSED, NotDone.UNSAFE, NotDone.MOVED})
# What is seen at a home that somebody must act on, as (what was looked for, what was found)
MATTERS_AT_HOME = frozenset(
    {("signs", sign) for sign, _ in OBSERVATIONS["signs"].choices}
    | {("home", found) for found in ("no_food", "damp", "crowded", "hazard")}
    | {("rooms", "kept_shut"), ("sleeping", "no")}
)
TELLS = frozenset({Reply.INFORMATION, Reply.PARTIAL})
