"""Who last changed or removed something of a record after a moment, as far as its history says."""

from collections import defaultdict
from typing import Any

from django.apps import apps
from django.utils.timezone import localtime

from staff.models import User
from staff.rules.dates import say_date, say_time

APPS = ("cases", "grid", "unpaidwork")
HISTORIES: dict[str, Any] = {
    model.__name__.removesuffix("Event").lower(): model
    for app in APPS
    for model in apps.get_app_config(app).get_models()
    if model.__name__.endswith("Event") and hasattr(model, "pgh_obj")
}
BY_AN_EXTRACT = "an extract of nDelius, or the system"


def changed_by(keys, after):
    """{key of an entry: "A. Khan, 3 May 2018, 2:15pm"}. One statement for each kind of row, and one for the names."""
    rows = defaultdict(list)
    for key in keys:
        kind, _, number = key.rpartition("-")
        if kind in HISTORIES and number.isdecimal():
            rows[kind].append(int(number))
    found = {}
    for kind, numbers in rows.items():
        events = HISTORIES[kind].objects.filter(pgh_obj__in=numbers, pgh_created_at__gt=after)
        said = events.order_by("pgh_created_at", "pgh_id")
        for number, at, by in said.values_list(
            "pgh_obj", "pgh_created_at", "pgh_context__metadata__user"
        ):
            found[f"{kind}-{number}"] = (by, at)
    names = {one.pk: one.name for one in User.objects.filter(pk__in={by for by, _ in found.values() if by})}  # fmt: skip
    return {key: f"{names.get(by, BY_AN_EXTRACT)}, {_when(at)}" for key, (by, at) in found.items()}


def _when(at):
    at = localtime(at)
    return f"{say_date(at.date())}, {say_time(at.time())}"
