"""The book of services, as it is read: by kind and by name."""

from calendar import day_name
from dataclasses import dataclass

from django.urls import reverse

from cases.rules.words import listed
from ttg.models import Service
from ttg.reference.referrals import ServiceKind


@dataclass(frozen=True)
class ServiceRow:
    name: str
    href: str  # where it is changed; blank: not by this reader
    kind: str
    reach: list[str]
    where: str
    opens: str
    note: str


def services_now(today):
    return Service.objects.current(today).order_by("kind", "name", "pk")


def book_rows(today, *, may_set):
    return [_row(one, may_set) for one in services_now(today)]


def choices_of(today):
    """Those somebody may be referred to, by kind."""
    kinds: dict[str, list[tuple[str, str]]] = {}
    for one in services_now(today):
        kinds.setdefault(ServiceKind(one.kind).title, []).append((str(one.pk), one.name))
    return sorted(kinds.items())


def say_days(weekdays):
    """ "Monday and Tuesday"; "not recorded" where nobody knows."""
    if len(weekdays) == 7:
        return "Every day"
    return listed([day_name[one] for one in sorted(weekdays)]) or "not recorded"


def _row(one, may_set):
    return ServiceRow(
        name=one.name,
        href=reverse("change-service", args=[one.pk]) if may_set else "",
        kind=ServiceKind(one.kind).title,
        reach=[said for said in (one.telephone, one.email) if said],
        where=", ".join(filter(None, [one.address, one.postcode])),
        opens=say_days(one.weekdays),
        note=one.note,
    )
