"""Pick-up points, and for whom work is done, as their lists show them."""

from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.urls import reverse

from staff.kit import on
from unpaidwork.models import Beneficiary, PickUp
from unpaidwork.rules.places import say_point


@dataclass(frozen=True)
class PickUpRow:
    where: str
    code: str
    point: str
    ways: int  # driven by it
    closed: str
    change: str  # where it is changed; blank for those who may not


@dataclass(frozen=True)
class BeneficiaryRow:
    name: str
    contact: str
    agreement: str
    insured: str
    projects: int
    change: str


def pick_up_rows(may_set):
    """Every pick-up point, those in use first. One statement."""
    driven = Count("stops", filter=Q(stops__route__ended_on=None))
    ordered = PickUp.objects.annotate(ways=driven).order_by(
        F("closed_on").asc(nulls_first=True), "where", "pk"
    )
    return [
        PickUpRow(
            where=one.where,
            code=one.code,
            point=say_point((one.easting, one.northing)),
            ways=one.ways,
            closed=f"Not used from {on(one.closed_on)}" if one.closed_on else "",
            change=reverse("change-pick-up", args=[one.pk]) if may_set else "",
        )
        for one in ordered
    ]


def offered_pick_ups(today):
    """[(key, words)] of those in use, to choose a stop from."""
    rows = PickUp.objects.in_use(today).order_by("where", "pk")
    return [(one.pk, f"{one.where} ({one.code})") for one in rows]


def beneficiary_rows(today):
    """Everybody for whom work is done. One statement."""
    running = Count("projects", filter=Q(projects__to_on=None) | Q(projects__to_on__gte=today))
    return [
        BeneficiaryRow(
            name=one.name,
            contact=", ".join(filter(None, [one.contact, one.telephone])),
            agreement=_said(one.agreement_until, today, "No end" if one.agreed_on else ""),
            insured=_said(one.insured_until, today, ""),
            projects=one.running,
            change=reverse("change-beneficiary", args=[one.pk]),
        )
        for one in Beneficiary.objects.annotate(running=running).order_by("name", "pk")
    ]


def _said(day, today, otherwise):
    if day is None:
        return otherwise or "Not recorded"
    return f"Ran out on {on(day)}" if day < today else on(day)
