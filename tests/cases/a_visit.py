"""A visit at home as its tests begin: an officer, a buddy, a senior, an address and a police reply."""

from datetime import timedelta

from cases.reference.appointments import Enforces
from cases.services.visit_safety import decide_visit_safety, propose_visit_safety
from cases.services.visits import arrange_visit
from staff.permissions import Role
from tests.factories import (
    NOW,
    AddressFactory,
    CaseFactory,
    EnquiryFactory,
    SentenceFactory,
    SubjectFactory,
    UserFactory,
)

TOMORROW = NOW + timedelta(days=1)


def visited_case(**columns):
    """Supervised, with an address; the police and the council have been asked about it and have answered."""
    case = CaseFactory(**columns)
    SentenceFactory(case=case)
    AddressFactory(case=case)
    for kind in ("police", "address"):
        enquiry = EnquiryFactory(case=case, kind=kind, analysed=True)
        SubjectFactory(enquiry=enquiry, name=case.name, born_on=case.born_on)
        SubjectFactory(enquiry=enquiry, kind="address", name="4 Example Street, Reading, RG1 1AA")
    return case


def colleague(case, role=Role.OFFICER, **given):
    return UserFactory(role=role, team=case.team, **given)


def proposed(case, by=None, now=NOW, **given):
    known = {
        "address": case.addresses.first(),
        "endangers": "no",
        "signal": "good",
        "way": "alone",
        "because": "He lives there with his mother, whom we have met.",
    }
    return propose_visit_safety(case=case, by=by or case.officer, now=now, **known | given)


def decided(case, by, way="alone", now=NOW, **given):
    """Proposed by the officer with something that calls for a senior, and decided by one."""
    safety = proposed(case, now=now, **{"ask_senior": True} | given)
    return decide_visit_safety(
        safety=safety,
        way=way,
        because="Two of us have been before.",
        seen=safety.seen,
        by=by,
        now=now,
    )


def arranged(case, safety=None, buddy=None, now=NOW, **given):
    known = {
        "safety": safety or proposed(case, now=now),
        "starts_at": TOMORROW,
        "minutes": 45,
        "officer": case.officer,
        "buddy": buddy or colleague(case),
        "enforces": Enforces.ORDER,
        "told_how": "in_person",
    }
    return arrange_visit(case=case, by=case.officer, now=now, **known | given)
