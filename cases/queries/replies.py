"""Replies in hand as their readers see them: whose they are, which enquiries they name, what may be done.

Source: product rules, checks, and limited access.
"""

from dataclasses import dataclass

from django.db.models import Max
from django.utils.timezone import localtime

from cases.models import Case, Enquiry, EnquiryStep, ReplyInHand
from cases.reference.checks import CheckKind, EnquiryState
from cases.rules.references import reference_of, references_in
from cases.rules.replies import why_none_is_taken
from staff.kit import Masked
from staff.permissions import Action, Reach, reach
from staff.rules.dates import say_date, say_time

TAKES = Action.TAKE_IN_REPLY


@dataclass(frozen=True)
class InHand:
    """A reply not yet settled, in a list."""

    key: str
    by: str
    since: str


@dataclass(frozen=True)
class Lead:
    """An enquiry that a reply in hand names or may belong to."""

    reference: str
    kind: str
    crn: str
    person: str
    enquiry: int
    stands: str  # where the enquiry stands, in words
    takes: bool  # whether it takes a reply, or only a further one
    done: bool  # this reply stands on it already


@dataclass(frozen=True)
class Leads:
    found: list[Lead]
    masked: list[Masked]  # passed on unseen
    nowhere: list[str]  # references of no enquiry that this reader may take a reply to


def in_hand_list(user):
    """Every reply in hand that nobody has settled, the longest first. Only whose it is, and since when."""
    waiting = ReplyInHand.objects.unsettled().select_related("by").order_by("at", "pk")
    everybody = reach(user.role, TAKES) == Reach.PROVIDER
    if not everybody:
        waiting = waiting.filter(by=user)
    return [InHand(str(one.key), one.by.name, _moment(one.at)) for one in waiting]


def find_in_hand(user, key):
    """A reply in hand that this reader may open: their own, or anybody's where they serve the whole
    provider and no case that it names is kept from them. None where there is none.
    """
    held = ReplyInHand.objects.select_related("by", "document").filter(pk=key).first()
    if held is None or held.by_id == user.pk:
        return held
    named = Enquiry.objects.filter(pk__in=references_in(held.text))
    everybody = reach(user.role, TAKES) == Reach.PROVIDER
    return held if everybody and not kept_from(user, named) else None


def kept_from(user, enquiries):
    """Those of these enquiries whose case is within this user's reach and kept from them."""
    reached = Case.objects.within_reach(user, TAKES)
    shut = reached.exclude(pk__in=Case.objects.open_to(user, TAKES).values("pk"))
    return list(enquiries.filter(case__in=shut).select_related("case").order_by("pk"))


def leads_of(in_hand, user):
    """Where the references in a reply in hand lead, for this reader."""
    numbers = references_in(in_hand.text)
    named = Enquiry.objects.filter(pk__in=numbers)
    opened = _open_to(user, named)
    kept = kept_from(user, named)
    reached = Case.objects.within_reach(user, TAKES)
    masked = reached.filter(pk__in=[one.case_id for one in kept]).masked_to(user)
    known = {one.pk for one in [*opened, *kept]}
    return Leads(
        found=_leads(opened, in_hand),
        masked=[Masked(*row) for row in masked],
        nowhere=[reference_of(one) for one in numbers if one not in known],
    )


def leads_by(in_hand, user, asked):
    """The enquiries that a CRN or a reference leads to, those that wait for a reply first."""
    numbers = references_in(asked)
    found = Enquiry.objects.filter(pk__in=numbers)
    if not numbers:
        found = Enquiry.objects.filter(case__crn=asked.strip().upper()).exclude(
            state__in=[EnquiryState.NOT_NEEDED]
        )
    waiting = sorted(_open_to(user, found), key=lambda one: one.state != EnquiryState.SENT)
    return _leads(waiting, in_hand)


def kept_case(user, asked):
    """The masked row of the case that a CRN or a reference leads to, where it is kept from this user."""
    numbers = references_in(asked)
    reached = Case.objects.within_reach(user, TAKES)
    if numbers:
        reached = reached.filter(enquiries__in=numbers)
    else:
        reached = reached.filter(crn=asked.strip().upper())
    row = reached.masked_to(user).first()
    return Masked(*row) if row else None


def version_of(enquiry):
    """The last step taken on it, by number: whoever puts its reply right says which one they had before them."""
    return enquiry.steps.aggregate(last=Max("pk"))["last"] or 0


def versions_on(case):
    """{key of each of its enquiries on which a step was taken: the same}."""
    steps = EnquiryStep.objects.filter(enquiry__case=case).order_by().values("enquiry")
    return dict(steps.annotate(last=Max("pk")).values_list("enquiry", "last"))


def why_it_takes_none(enquiry):
    """Why this enquiry takes no reply; who recorded the one it has, and when. Blank where it does."""
    steps = EnquiryStep.objects.filter(enquiry=enquiry, did="replied").select_related("by")
    first = steps.order_by("-at", "-pk").first() if enquiry.replied_on else None
    said = first and (first.by.name if first.by else "The system", _moment(first.at))
    return why_none_is_taken(enquiry.state, said)


def _open_to(user, enquiries):
    cases = Case.objects.open_to(user, TAKES)
    return list(enquiries.filter(case__in=cases).select_related("case").order_by("-pk"))


def _leads(enquiries, in_hand):
    done = set(in_hand.enquiries.values_list("pk", flat=True))
    return [
        Lead(
            reference=reference_of(one.pk),
            kind=CheckKind(one.kind).title,
            crn=one.case.crn,
            person=one.case.list_name,
            enquiry=one.pk,
            stands=EnquiryState(one.state).title,
            takes=one.state == EnquiryState.SENT,
            done=one.pk in done,
        )
        for one in enquiries
    ]


def _moment(at):
    local = localtime(at)
    return f"{say_date(local.date())} at {say_time(local.time())}"
