"""The book of community services and pharmacies: whom people are referred to. Source: Through the Gate reference 6, 7."""

from django.db import transaction

from cases.rules.interim import says_nothing
from staff.audit import record
from staff.errors import RuleBroken
from ttg.models import Service

SAID = ("name", "kind", "email", "telephone", "address", "postcode", "authority", "weekdays", "note")  # fmt: skip
ALREADY = "There is a service of this kind by this name in the book already."


@transaction.atomic
def add_service(*, by, today, **said):
    """Put a service in the book. Returns the `Service`."""
    said = _check(said)
    if _standing(said).exists():
        raise RuleBroken(ALREADY)
    made = Service.objects.create(**said)
    record(by=by, action="added_service", service=made.pk)
    return made


@transaction.atomic
def change_service(*, service, by, today, ended_on=None, **said):
    """Change what the book says of it; `ended_on`: since when it takes nobody. Referrals sent to it stay."""
    service = Service.objects.select_for_update().get(pk=service.pk)
    said = _check(said)
    if ended_on and ended_on > today:
        raise RuleBroken("Say so on the day it ends, or later.")
    if ended_on is None and _standing(said).exclude(pk=service.pk).exists():
        raise RuleBroken(ALREADY)
    for name, value in said.items():
        setattr(service, name, value)
    service.ended_on = ended_on
    service.save()
    record(by=by, action="changed_service", service=service.pk)
    return service


def _standing(said):
    return Service.objects.filter(kind=said["kind"], name=said["name"], ended_on=None)


def _check(said):
    """What the book keeps: a service nobody can reach is no help at the gate."""
    weekdays = sorted({int(one) for one in said.get("weekdays") or []})
    if any(not 0 <= one <= 6 for one in weekdays):
        raise RuleBroken("A day of the week is 0, Monday, to 6, Sunday.")
    kept = {name: str(said.get(name) or "").strip() for name in SAID} | {"weekdays": weekdays}
    if says_nothing(kept["name"]):
        raise RuleBroken("Say what the service is called.")
    if not (kept["email"] or kept["telephone"] or kept["address"]):
        raise RuleBroken("Say how the service is reached: an e-mail address, a telephone number or an address.")  # fmt: skip
    return kept
