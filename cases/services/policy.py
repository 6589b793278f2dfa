"""What the provider has decided for itself: the version in force, a new version, the first ones.

Source: architecture, "policy that a provider sets". A version is never changed, only superseded.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings
from django.db import transaction

from cases.models import Policy
from cases.models.worded_once import worded_once
from cases.rules.assessing_policy import read_assessing_policy
from cases.rules.checks import read_check_policy
from cases.rules.ending_policy import read_ending_policy
from cases.rules.enforcement.policy import read_enforcement_policy
from cases.rules.meeting_policy import read_meeting_policy
from cases.rules.policy import read_clocks
from cases.rules.requests import read_request_policy
from cases.rules.supervision_policy import read_supervision_policy
from cases.services.calendar import redate_deadlines
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date

READERS = {  # each refuses what it cannot read
    "assessing": read_assessing_policy,
    "checks": read_check_policy,
    "clocks": read_clocks,
    "ending": read_ending_policy,
    "enforcement": read_enforcement_policy,
    "meeting": read_meeting_policy,
    "requests": read_request_policy,
    "supervision": read_supervision_policy,
}
FIRST_VERSION = 1


@dataclass(frozen=True, slots=True)
class InForce:
    """The version of a policy that holds on a day."""

    body: dict
    version: int
    from_on: date
    source: str


def policy(name, today):
    """The body and version in force. Where none has been set for that day, the first version is."""
    for row in _in_force(name, today):
        return InForce(row.body, row.version, row.from_on, row.source)
    return _first_versions()[name]


@worded_once
def _in_force(name, today):
    return Policy.objects.in_force(name, today)[:1]


def newest_policy(name):
    """The version set last, in force or not yet: what the next one starts from."""
    row = Policy.objects.filter(name=name).order_by("-version").first()
    return (
        InForce(row.body, row.version, row.from_on, row.source) if row else _first_versions()[name]
    )


def check_policy(today):
    """The policy on checks in force, read."""
    found = policy("checks", today)
    return read_check_policy(found.body, found.version)


def assessing_policy(today):
    """The policy on assessing, planning and overrides in force, read."""
    found = policy("assessing", today)
    return read_assessing_policy(found.body, found.version)


def meeting_policy(today):
    """The policy on meetings, visits and reviews in force, read."""
    found = policy("meeting", today)
    return read_meeting_policy(found.body, found.version)


def ending_policy(today):
    """The policy on bringing cases to their end in force, read."""
    found = policy("ending", today)
    return read_ending_policy(found.body, found.version)


def enforcement_policy(today):
    """The policy on enforcement and the hub in force, read."""
    found = policy("enforcement", today)
    return read_enforcement_policy(found.body, found.version)


def supervision_policy(today):
    """The policy on supervising officers in force, read."""
    found = policy("supervision", today)
    return read_supervision_policy(found.body, found.version)


def clocks(today):
    """The policy on clocks in force, read."""
    found = policy("clocks", today)
    return read_clocks(found.body, found.version)


def request_policy(today):
    """The policy on requests in force, read."""
    found = policy("requests", today)
    return read_request_policy(found.body, found.version)


@transaction.atomic
def set_policy(*, name, body, changing, from_on, reason, by, today):
    """A new version, in force from a day that has not passed. Returns it.

    `changing` is the number of the version it was made from, which must still be the newest: so no
    change is lost to another, and versions come into force in the order they were made.
    Deadlines already running keep their dates: a new length is for work that starts under it.
    """
    if name not in _first_versions():
        raise RuleBroken(f"There is no policy called {name}.")
    if from_on < today:
        raise RuleBroken("A policy cannot come into force on a day that has passed.")
    if not reason.strip():
        raise RuleBroken("Say why the policy changes.")
    version = _next_version(name, changing, from_on)
    if name in READERS:
        READERS[name](body, version)
    if name == "clocks":
        now = read_clocks(body, version).extra_bank_holidays
        _change_bank_holidays(now, from_on, by=by, today=today)
    row = Policy.objects.create(
        name=name,
        version=version,
        from_on=from_on,
        body=body,
        source="Local policy",
        reason=reason,
        set_by=by,
    )
    record(by=by, action="set_policy", name=name, version=version)
    return row


def _next_version(name, changing, from_on):
    """The number of the next version, held so that no other is made meanwhile."""
    list(Policy.objects.select_for_update().filter(name=name).values_list("pk"))
    newest = newest_policy(name)
    if changing != newest.version:
        raise RuleBroken(
            f"Version {newest.version} has been set meanwhile. Look at it, then begin again from it."
        )
    if from_on < newest.from_on:
        raise RuleBroken(
            f"Version {newest.version} comes into force on {say_date(newest.from_on)}. "
            "A later version cannot start before it."
        )
    return newest.version + 1


def _change_bank_holidays(now, from_on, *, by, today):
    """A bank holiday is a fact: it moves what is running at once, and so cannot wait for a date."""
    before = clocks(today).extra_bank_holidays
    if now == before:
        return
    if from_on != today:
        raise RuleBroken("A change of bank holidays is in force from today.")
    redate_deadlines(before=before, now=now, by=by)


@transaction.atomic
def seed_policies():
    """Put the first version of each policy in the database, where there is none. Returns how many."""
    known = set(Policy.objects.values_list("name", flat=True))
    missing = {name: one for name, one in _first_versions().items() if name not in known}
    rows = [
        Policy(
            name=name, version=one.version, from_on=one.from_on, body=one.body, source=one.source
        )
        for name, one in missing.items()
    ]
    return len(Policy.objects.bulk_create(rows, ignore_conflicts=True))


@cache
def _first_versions():
    """As the files beside each app say, by name."""
    found = {}
    for path in sorted(settings.BASE_DIR.glob("*/policy/*.json")):
        held = json.loads(path.read_text(encoding="utf-8"))
        from_on = date.fromisoformat(held["from_on"])
        found[path.stem] = InForce(held["body"], FIRST_VERSION, from_on, held["source"])
    return found
