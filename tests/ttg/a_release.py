"""Somebody about to leave prison for whom everything is there, for tests of readiness and what shows it."""

from datetime import UTC, datetime, time, timedelta

from cases.reference.codes import Capacity
from staff.permissions import Role
from tests.factories import (
    NOW,
    TODAY,
    AppointmentFactory,
    AssignmentFactory,
    ContactFactory,
    CustodyFactory,
    HandOverFactory,
    HomeOfferFactory,
    InHandFactory,
    NeedFactory,
    ReferralFactory,
    ResettlementPlanFactory,
    UserFactory,
)

LEAVES = TODAY + timedelta(days=4)  # Friday 5 October 2018
MONDAY = TODAY + timedelta(days=7)


def at(day, hour=9):
    return datetime.combine(day, time(hour), UTC)


def leaving(release_on=LEAVES, **columns):
    """In prison, with nothing recorded but the day they leave."""
    return CustodyFactory(release_on=release_on, **columns)


def ready(release_on=LEAVES, **columns):
    """In prison, with everything that must be there by the gate."""
    stay = leaving(release_on, **columns)
    monday = release_on + timedelta(days=3) if release_on.weekday() == 4 else release_on
    officer = stay.case.officer
    ResettlementPlanFactory(custody=stay, state="signed", signed_at=NOW, signed_by=officer)
    HomeOfferFactory(custody=stay, state="confirmed", because="Safe", settled_at=NOW, settled_by=officer)  # fmt: skip
    referral = ReferralFactory(
        need=NeedFactory(custody=stay), state="booked", received_by="Jo Hale", first_at=at(monday, 11)
    )  # fmt: skip
    referral.steps.create(state="accepted", at=NOW, by_whom="Jo Hale")
    for item in ("script", "naloxone", "grant"):
        InHandFactory(custody=stay, item=item, state="ready", ready_on=TODAY)
    InHandFactory(custody=stay, item="support", state="not_needed")
    AppointmentFactory(case=stay.case, at=at(monday, 10), officer=officer)
    spoken(stay)
    HandOverFactory(custody=stay, state="accepted", accepted_at=NOW, accepted_by=officer)
    return stay


def spoken(stay, on=TODAY, **columns):
    """The officer saw them there."""
    said = {"type_code": "CPVS", "started_at": at(on), "attended": True} | columns
    return ContactFactory(case=stay.case, source_id="", **said)


def worker_on(stay):
    """A worker of Through the Gate who works with them."""
    user = UserFactory(role=Role.RESETTLEMENT)
    AssignmentFactory(case=stay.case, user=user, capacity=Capacity.RESETTLEMENT)
    return user
