"""Projects from a file: each line lands whole or is rejected whole with a reason, and a second run changes nothing.

Source: docs/import.md. A line goes by the same services as the pages, so that what they refuse a file cannot bring in.
"""

from django.db import transaction

from staff.audit import record
from staff.errors import RuleBroken
from staff.models import Team
from unpaidwork.models import Beneficiary, Project
from unpaidwork.queries.project_csv import CSV_HEAD
from unpaidwork.queries.project_words import DAYS, PROJECT, held, plain
from unpaidwork.rules.project_lines import COLUMNS, NotRead, read_line
from unpaidwork.services.loading import Loaded, check_head
from unpaidwork.services.projects import save_beneficiary, save_days, save_project

EXTRA, FEW = "more cells than the head has", "fewer cells than the head has"


@transaction.atomic
def load_projects(*, head, lines, by, today, now):
    """Take in these lines (lists of cells under `head`). Returns what became of them."""
    check_head(head, needed=COLUMNS, known=CSV_HEAD)
    done = Loaded()
    codes: set[str] = set()
    for number, cells in enumerate(lines, start=2):  # the head is the first line
        done.counts["read"] += 1
        try:
            with transaction.atomic():
                what = _load(head, cells, codes, by=by, today=today, now=now)
        except (NotRead, RuleBroken) as refusal:
            what = "rejected"
            done.rejected.append((number, str(refusal), list(cells)))
        done.counts[what] += 1
    record(by=by, action="loaded_projects", counts=dict(done.counts))
    return done


def _load(head, cells, codes, *, by, today, now):
    """ "added", "changed" or "unchanged"."""
    if len(cells) != len(head):
        raise NotRead(EXTRA if len(cells) > len(head) else FEW)
    said = read_line(dict(zip(head, cells, strict=True)))
    days = said.pop("days")
    if said["code"].casefold() in codes:
        raise NotRead("code: a line above has the same")
    codes.add(said["code"].casefold())
    said["team"] = _team(said["team"])
    said["beneficiary"], new = _beneficiary(said["beneficiary"], by=by, today=today, now=now)
    row = Project.objects.filter(code__iexact=said["code"]).first()
    before = row and plain(held(row, PROJECT))
    if before != plain({name: said[name] for name in PROJECT}):
        row, _ = save_project(project=row, by=by, now=now, **said)
        new = True
    added = _add_days(row, days, by=by, now=now)
    if before is None:
        return "added"
    return "changed" if new or added else "unchanged"


def _team(code):
    team = Team.objects.filter(code=code).first() if code else None
    if code and team is None:
        raise NotRead(f"team: there is none with the code {code}")
    return team


def _beneficiary(name, *, by, today, now):
    """(for whom it is done, whether they were added for it)"""
    found = Beneficiary.objects.filter(name__iexact=name).first()
    if found:
        return found, False
    made, _ = save_beneficiary(
        beneficiary=None,
        by=by,
        now=now,
        today=today,
        name=name,
    )
    return made, True


def _add_days(project, wanted, *, by, now):
    """Those that are not there yet. Those that are there and not in the file stay: a file takes nothing away."""
    there = [held(one, DAYS) for one in project.availability.all()]
    new = [one for one in wanted if {name: getattr(one, name) for name in DAYS} not in there]
    for one in new:
        said = {name: getattr(one, name) for name in DAYS}
        save_days(project=project, days=None, by=by, now=now, **said)
    return bool(new)
