"""The board of everybody who leaves prison: a list, and a file for those who may."""

from dataclasses import dataclass

from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.rules.addresses import address, number
from staff.audit import record
from staff.kit import Column, Link, Masked
from staff.permissions import Action, reach
from staff.views.exports import csv_of
from staff.views.lists import remember_list
from ttg.forms.board import BoardForm
from ttg.queries import board as queries

SIZE = 50
TITLE = "Releases"
COLUMNS = [
    Column(one)
    for one in ("Person on probation", "Leaves", "Readiness", "Contact with the officer", "Hand-over")
]  # fmt: skip


@dataclass(frozen=True)
class BandShown:
    """A band of the counts: each number leads to its list."""

    title: str
    people: Link
    not_ready: Link


@staff_view(Action.VIEW_RELEASE)
def releases(request):
    today, user = localdate(), request.user
    form, wanted = _asked(request)
    codes, here = _codes(wanted), reverse("releases")
    after = number(request.GET.get("after", ""))
    found = queries.page_of_releases(user, wanted, today, after=after, size=SIZE)
    may_export = reach(user.role, Action.EXPORT_CASES)
    context = {
        "form": form,
        "chips": _chips(form, codes, here),
        "clear": here,
        "columns": COLUMNS,
        "bands": [_band(one, codes, here) for one in found.bands],
        "rows": found.rows,
        "masked": [Masked(*row) for row in queries.kept_from(user)],
        "shown": f"{found.count:,} {'person' if found.count == 1 else 'people'}",
        "first": address(here, **codes) if after else "",
        "next": address(here, **codes, after=found.next_after) if found.next_after else "",
        "csv": address(reverse("releases-csv"), **codes) if may_export else "",
    }
    remember_list(request, TITLE)
    return render(request, "ttg/board.html", context)


@staff_view(Action.EXPORT_CASES)
def releases_csv(request):
    """The same list as a file. Cases of limited access are withheld from those shut out."""
    today, user = localdate(), request.user
    _, wanted = _asked(request)
    record(by=user, action=Action.EXPORT_CASES, list="releases", filters=_codes(wanted))
    return csv_of(queries.csv_lines(user, wanted, today), f"releases-{today}")


def _asked(request):
    form = BoardForm(request.GET, user=request.user)
    form.is_valid()
    return form, form.wanted()


def _codes(wanted):
    return {name: code for name, code in vars(wanted).items() if code}


def _chips(form, codes, here):
    """What narrows the list, each with the address that widens it again."""
    found = []
    for name, code in codes.items():
        if name == "show" and code == queries.HELD:
            continue
        field = form.fields[name]
        words = dict(getattr(field, "choices", {})).get(code, "")
        rest = {other: value for other, value in codes.items() if other != name}
        text = f"{field.label}: {words}" if words else field.label
        found.append(Link(text, address(here, **rest)))
    return found


def _band(one, codes, here):
    rest = {name: code for name, code in codes.items() if name not in ("band", "not_ready")}
    short = rest | {"band": one.band.value, "not_ready": True}
    return BandShown(
        title=one.band.title,
        people=Link(
            f"{one.people:,}",
            address(here, **rest, band=one.band.value),
            hidden=f": {one.band.title}",
        ),
        not_ready=Link(
            f"{one.not_ready:,}",
            address(here, **short) if one.not_ready else "",
            hidden=f" not ready: {one.band.title}",
        ),
    )
