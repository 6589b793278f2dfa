"""The book of prisons, a row each, with how many are held there among the cases the reader may open."""

from dataclasses import dataclass

from django.db.models import Count, F
from django.urls import reverse

from cases.models import Case
from cases.rules.words import counted
from staff.kit import on
from staff.permissions import Action
from ttg.models import Custody, Prison

RESETTLES = {True: "Yes", False: "No", None: "Not known"}


@dataclass(frozen=True)
class PrisonRow:
    name: str
    href: str  # where it is changed; blank: not by this reader
    telephone: str
    postcode: str
    resettles: str
    gate: str
    held: str
    closed: str


def prison_rows(user, may_set):
    """Every prison by name, those that closed last. Two statements."""
    counts = _held_at(user)
    found = Prison.objects.order_by(F("closed_on").desc(nulls_first=True), "name")
    return [_row(one, counts.get(one.pk, 0), may_set) for one in found]


def _held_at(user):
    """{prison: how many are held there, of the cases open to the reader}"""
    cases = Case.objects.open_to(user, Action.VIEW_RELEASE)
    held = Custody.objects.held().filter(case__in=cases, prison__isnull=False)
    return dict(held.values_list("prison").annotate(number=Count("pk")))


def _row(one, number, may_set):
    return PrisonRow(
        name=one.name,
        href=reverse("change-prison", args=[one.pk]) if may_set else "",
        telephone=one.telephone or "Not recorded",
        postcode=one.postcode or "Not recorded",
        resettles=RESETTLES[one.resettles],
        gate=one.gate or "Not recorded",
        held=counted(number, "person", "people") if number else "Nobody",
        closed=on(one.closed_on) if one.closed_on else "",
    )
