"""What has been done about one enquiry, step by step, as its page shows it. Source: product rules, checks."""

from collections import defaultdict

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, Value

from cases.models import Enquiry, EnquiryStep
from cases.reference.checks import (
    HEARD_AGAIN,
    HEARD_ANEW,
    REOPENED,
    REPLY_PUT_RIGHT,
    STANDS_AGAIN,
    TAKEN_OFF,
    WHAT_STOOD,
)
from cases.rules.words import sentence
from staff.kit import Happening, on

DID = {  # steps of an enquiry, as its history says them
    "due": "Fell due",
    "widened": "Added to before it was sent",
    "routed": "Put to whoever now answers for the area",
    "sent": "Sent",
    "chased": "Chased",
    "replied": "Reply recorded",
    "analysed": "Reply analysed",
    "not_needed": "Said not to be needed",
    "superseded": "Superseded",
    REPLY_PUT_RIGHT: "Reply put right",
    REOPENED: "Reply put right, to be analysed again",
    WHAT_STOOD: "What stood until the reply was taken off",
    HEARD_AGAIN: "Counts as news from this day: another reply had been taken off",
    TAKEN_OFF: "Reply taken off: it was no reply to this enquiry",
    STANDS_AGAIN: "Stands again: the later reply was recorded wrongly",
}
CAME = ("replied", WHAT_STOOD, *HEARD_ANEW)  # steps that hold the words of a reply
GONE = "Taken off since. Its words are kept, and are not shown here."


def steps_of(enquiry):
    """Its steps, the latest first."""
    found = EnquiryStep.objects.filter(enquiry=enquiry).select_related("by")
    return list(found.order_by("-at", "-pk"))


def said_in_replies(case_ids):
    """{case: what agencies answered about it and what was made of that}, in one statement: also what stands no more, as it
    was put right, taken off or asked for again."""
    found: dict[int, list[str]] = defaultdict(list)
    before = ArrayAgg(
        "steps__note", filter=Q(steps__did__in=CAME), order_by="steps__pk", default=Value([])
    )
    rows = Enquiry.objects.filter(case__in=case_ids).annotate(before=before).order_by("pk")
    for case, reply, analysis, notes in rows.values_list(
        "case", "reply_text", "analysis", "before"
    ):
        found[case] += dict.fromkeys((reply, analysis, *notes))
    return found


def put_right_last(steps, names):
    """What was wrong, what stood and what was made of it, where the last step was to put the reply right."""
    last = steps[0] if steps else None
    return names.text(last.note) if last and last.did in HEARD_ANEW else ""


def history_of(steps, names):
    """As they are shown. The words of a reply that was taken off are somebody else's, and not shown with this one."""
    gone, came = set(), []
    for step in reversed(steps):
        if step.did in CAME:
            came.append(step.pk)
        elif step.did == TAKEN_OFF:
            gone.update(came)
        elif step.did == "sent":
            came = []
    return [
        _step(step, GONE if step.note and step.pk in gone else names.text(step.note))
        for step in steps
    ]


def _step(step, text):
    return Happening(
        title=DID.get(step.did, sentence(step.did.replace("_", " "))),
        when=on(step.on),
        by=said_by(step.by),
        text=text,
        on=step.on.isoformat(),
    )


def said_by(user):
    return user.name if user else "The system"
