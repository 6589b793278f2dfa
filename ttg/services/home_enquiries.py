"""Asking the agencies about a home on release: whoever answers where it lies, with the address named.

Source: Through the Gate reference 6 (a release address is checked before it is confirmed); product rules, checks. Until
the answer is read the home is not confirmed (`ttg.rules.home`).
"""

from django.db import transaction

from cases.queries.agencies import agencies_now, as_listed
from cases.queries.enquiries import check_facts
from cases.reference.checks import Because, CheckKind, SubjectKind
from cases.rules.agencies import agency_for
from cases.rules.enquiries import (
    ASKED_OF_NEW,
    About,
    asked_about,
    children_must_be_asked_about,
)
from cases.rules.leaving import check_still_here
from cases.services.checks import lock_case, open_enquiry
from staff.audit import record
from ttg.models import HomeOffer
from ttg.queries.home_enquiries import asked_of_homes, named
from ttg.rules.home_enquiries import check_may_ask
from ttg.services.owed import owe_release

NOTE = "Where they would live on release"


@transaction.atomic
def ask_about_home(*, offer, by, today):
    """Open the enquiries about this place; they are then sent as any other. Returns them.

    The police and whoever answers for addresses are asked, and children's services where children must be asked about.
    """
    case = lock_case(offer.custody.case)
    check_still_here(case.left_as)
    offer = HomeOffer.objects.select_related("custody").get(pk=offer.pk)
    check_may_ask(
        state=offer.state,
        postcode=offer.postcode,
        over=offer.custody.ended_on is not None,
        waiting=any(one.is_open for one in asked_of_homes(case, [offer])[offer.pk]),
    )
    facts = check_facts([case], today)[case.pk]
    home = About(SubjectKind.ADDRESS, named(offer), postcode=offer.postcode)
    opened = [
        open_enquiry(
            case=case,
            kind=kind,
            because=Because.RELEASE,
            subjects=[*asked_about(kind, _person(facts)), home],
            triggered_on=today,
            by=by,
            today=today,
            note=NOTE,
            agency=_answers(kind, offer, today),
        )
        for kind in _kinds(facts)
    ]
    record(by=by, action="asked_about_home", crn=case.crn, offer=offer.pk, enquiries=[one.pk for one in opened])  # fmt: skip
    owe_release(case_ids=[case.pk], by=by, today=today)
    return opened


def _kinds(facts):
    kinds = ASKED_OF_NEW[SubjectKind.ADDRESS]
    return (*kinds, CheckKind.CHILDREN) if children_must_be_asked_about(facts) else kinds


def _person(facts):
    return [one for one in facts.about if one.kind == SubjectKind.PERSON]


def _answers(kind, offer, today):
    """Whoever answers where the place lies, wherever the person lived; None: nobody in the book does."""
    agencies = agencies_now(today)
    return agencies.get(agency_for(kind, ("", offer.postcode), as_listed(agencies.values())))
