"""Reviews: what calls for one, the states it goes through, and what has happened since the last.

Sources: supervision reference 5; report 2.4 ("little has been changed apart from the level of motivation");
product rules, clocks and gates.
"""

from cases.reference.codes import Titled


class ReviewState(Titled):
    DRAFT = "draft", "Being written"
    SIGNED = "waiting", "Signed, waiting for a senior"
    RETURNED = "returned", "Returned to be put right"
    COMPLETE = "complete", "Complete"
    DROPPED = "dropped", "Given up"


REVIEW_MAY_BECOME = {
    ReviewState.DRAFT: {ReviewState.SIGNED, ReviewState.COMPLETE, ReviewState.DROPPED},
    ReviewState.SIGNED: {ReviewState.RETURNED, ReviewState.COMPLETE},
    ReviewState.RETURNED: {ReviewState.SIGNED, ReviewState.COMPLETE, ReviewState.DROPPED},
    ReviewState.COMPLETE: set(),
    ReviewState.DROPPED: set(),
}
UNFINISHED_REVIEWS = frozenset({ReviewState.DRAFT, ReviewState.SIGNED, ReviewState.RETURNED})


class ReviewBecause(Titled):
    """What called for the review."""

    EVENT = "event", "Something significant has happened"
    INTERVAL = "interval", "The time for a review has come"
    ENDING = "ending", "Supervision is about to end"
    RECOMMENDED = "recommended", "An audit recommended it"
    SENIOR = "senior", "The senior probation officer asked for it"
    OFFICER = "officer", "The officer chose to"


class EventKind(Titled):
    """What may have happened since the last review."""

    CALL_OUT = "call_out", "Police call-out"
    ARREST = "arrest", "Arrest, charge or new offence"
    CHILD = "child", "Something about a child"
    ADULT = "adult", "Something about an adult at risk"
    INFORMATION = "information", "Other information that came in"
    ATTACK = "attack", "An attack or a threat"
    REPLY = "reply", "Reply of an agency"
    REGISTER = "register", "New register or flag"
    RAISED = "raised", "Risk, flag or contact level raised"
    NEW_PERSON = "new_person", "Somebody new around them"
    NEW_ADDRESS = "new_address", "New address"
    MISSED = "missed", "Missed appointments"
    FAILURE = "failure", "Failure to comply, breach or recall"
    CUSTODY = "custody", "Taken into custody, or released"
    ROUTE = "route", "A route taken away"
    PROGRAMME = "programme", "A programme or requirement ended"
    VISIT = "visit", "What was seen at a home visit"
    OVERRIDE = "override", "Going ahead was approved, or ran out"
    OFFICER = "officer", "Another responsible officer"
    OTHER = "other", "Something else"


class Answered(Titled):
    """How an event is answered in a review."""

    CHANGE = "change", "It changes something"
    NOTHING = "nothing", "It changes nothing, because"


class DifferenceArea(Titled):
    """Where what is different stands."""

    ASSESSMENT = "assessment", "Assessment"
    PLAN = "plan", "Plan"
    RISK = "risk", "Risk"


class PersonView(Titled):
    """How the person took part in the review."""

    SAID = "said", "They said"
    DECLINED = "declined", "They were asked and would not say"
    NOT_ASKED = "not_asked", "They could not be asked, because"


class RecommendationState(Titled):
    OPEN = "open", "Waiting for an answer"
    ACCEPTED = "accepted", "Accepted, to be done"
    CONTESTED = "contested", "Contested"
    DONE = "done", "Done, with what changed"
    WITHDRAWN = "withdrawn", "Contest upheld: withdrawn"


# A contest that is not upheld goes back to being accepted; nothing closes without a change or an upheld contest
RECOMMENDATION_MAY_BECOME = {
    RecommendationState.OPEN: {RecommendationState.ACCEPTED, RecommendationState.CONTESTED},
    RecommendationState.ACCEPTED: {RecommendationState.DONE, RecommendationState.CONTESTED},
    RecommendationState.CONTESTED: {
        RecommendationState.ACCEPTED,
        RecommendationState.WITHDRAWN,
    },
    RecommendationState.DONE: set(),
    RecommendationState.WITHDRAWN: set(),
}
OPEN_RECOMMENDATIONS = frozenset(
    {RecommendationState.OPEN, RecommendationState.ACCEPTED, RecommendationState.CONTESTED}
)
