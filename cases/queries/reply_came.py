"""Which step of which enquiry a reply in hand was recorded by, as nothing else tells it.

A reply in hand is kept with each enquiry on which it came to stand: also as a further reply, and also before the agency was
asked again. So a reply that is taken off is known by its document, and where it has none by its words.
"""

from django.db.models import Exists, OuterRef

from cases.models import EnquiryStep
from cases.reference.checks import TAKEN_OFF, WHAT_STOOD

RECORDED_BY = ("replied", WHAT_STOOD)


def came_by(step, in_hand):
    """Whether the reply that this step recorded is the one in hand."""
    ours, theirs = step.document, in_hand.document
    if ours or theirs:
        return bool(ours and theirs) and ours.sha256 == theirs.sha256
    return _holds(in_hand.text, step.note)


def taken_off(in_hand, numbers):
    """Of the enquiries of these numbers, those that the reply in hand was recorded on and taken off. No statement for none."""
    if not numbers:
        return set()
    later = EnquiryStep.objects.filter(
        enquiry=OuterRef("enquiry"), did=TAKEN_OFF, pk__gt=OuterRef("pk")
    )
    steps = EnquiryStep.objects.filter(Exists(later), enquiry__in=numbers, did__in=RECORDED_BY)
    return {
        one.enquiry_id
        for one in steps.select_related("document").order_by("pk")
        if came_by(one, in_hand) or one.did == WHAT_STOOD and _holds(one.note, in_hand.text)
    }


def _holds(whole, words):
    """Whether the words, if there are any, stand in the whole, however both are spaced."""
    whole, words = " ".join(whole.split()), " ".join(words.split())
    return bool(words) and words in whole
