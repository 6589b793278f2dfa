"""What agencies were asked about a home on release, and what it came to. Source: `ttg.rules.home_enquiries`."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from cases.models import Subject
from cases.reference.checks import OPEN_STATES, CheckKind, EnquiryState, Reply, SubjectKind
from cases.rules.words import shortened
from staff.kit import Happening, Link, Tag, on
from staff.permissions import Action

LONGEST = 280  # letters of the place, with room for its postcode


@dataclass(frozen=True, slots=True)
class Asked:
    """One enquiry about one place. `reply`: what the agency said of this place, blank where it has not."""

    enquiry: int
    agency: str
    state: EnquiryState
    since: date
    reply: str

    @property
    def is_open(self):
        return self.state in OPEN_STATES


def named(offer):
    """The place as an enquiry names it: what the agency finds it by comes last and is never cut off."""
    place = ", ".join(filter(None, [offer.lines, offer.town]))
    return ", ".join(filter(None, [shortened(place, LONGEST), offer.postcode]))


def asked_of_homes(case, offers):
    """{key of the offer: [Asked, the earliest first]} in one statement."""
    rows = Subject.objects.filter(enquiry__case=case, kind=SubjectKind.ADDRESS)
    rows = rows.select_related("enquiry__agency").exclude(enquiry__state=EnquiryState.SUPERSEDED)
    found = defaultdict(list)
    for one in rows.order_by("enquiry", "pk"):
        found[_key(one.name)].append(_asked(one))
    return {offer.pk: found[_key(named(offer))] for offer in offers}


def asked_shown(asked, crn, may):
    """What was asked and what it came to, each with the way to the enquiry for those who may read it."""
    return [_shown(one, crn, Action.VIEW_CHECKS in may) for one in asked]


def ask_links(offer, crn, asked, hidden):
    """The way to ask; none while an answer is waited for."""
    if any(one.is_open for one in asked):
        return []
    text = "Ask the agencies about it again" if asked else "Ask the agencies about it"
    return [Link(text, reverse("ask-about-home", args=[crn, offer.pk]), hidden=hidden)]


def _key(words):
    return " ".join(words.casefold().replace(",", " ").split())


def _asked(subject):
    enquiry = subject.enquiry
    agency = enquiry.asked_of or (enquiry.agency.name if enquiry.agency else "")
    return Asked(
        enquiry=enquiry.pk,
        agency=agency or CheckKind(enquiry.kind).title,
        state=EnquiryState(enquiry.state),
        since=enquiry.sent_on or enquiry.triggered_on,
        reply=subject.reply or enquiry.reply,
    )


def _shown(one, crn, reads):
    return Happening(
        title=one.agency,
        when=f"Since {on(one.since)}",
        text=Reply(one.reply).title if one.reply else "",
        href=reverse("check", args=[crn, one.enquiry]) if reads else "",
        tag=Tag(one.state.title, "yellow" if one.is_open else "grey"),
        on=one.since.isoformat(),
    )
