"""Projects and for whom they are done: added, changed, ended; the days they run; a site looked at.

Source: unpaid work reference 3. Whatever changes a site tests again at once everybody who works there.
"""

from django.db import transaction

from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date
from unpaidwork.models import Availability, Beneficiary, Project, SiteCheck
from unpaidwork.queries.project_words import BENEFICIARY, DAYS, PROJECT, held
from unpaidwork.rules.places import moved
from unpaidwork.rules.projects import (
    check_agreement,
    check_days,
    check_project,
    check_site_check,
    check_words,
)
from unpaidwork.services.project_rows import locked, of_project, put_together, set_on, tidied
from unpaidwork.services.retesting import retest_projects

DAYS_GONE = "Somebody has taken this day out meanwhile. Look at the project again."
OF_THE_SITE = {"point", "kind", "takes", "most", "ratio", "signal", "fallback", "step_free", "from_on", "to_on", "beneficiary"}  # fmt: skip
OF_THE_PAPERS = {"agreed_on", "agreement_until", "insured_until"}


@transaction.atomic
def save_beneficiary(*, beneficiary, by, now, today, seen=None, **said):
    """Add for whom work is done (`beneficiary` None), or change it. Returns (it, what both of two changed)."""
    row = _locked_beneficiary(beneficiary)
    write, conflicts = put_together(row, tidied(said), seen, BENEFICIARY)
    if conflicts:
        return row, conflicts
    set_on(row, write)
    _check_name(Beneficiary, row, "name", row.name)
    check_words(row.name, row.contact, row.address, row.may_be_told)
    papers = {name: getattr(row, name) for name in sorted(OF_THE_PAPERS)}
    check_agreement(**papers, today=today)
    row.save()
    _record("beneficiary", row, beneficiary, write, by)
    if beneficiary and write.keys() & OF_THE_PAPERS:
        projects = list(row.projects.values_list("pk", flat=True))
        retest_projects(project_ids=projects, by=by, now=now)
    return row, ()


@transaction.atomic
def save_project(*, project, by, now, seen=None, **said):
    """Add a project (`project` None), or change it. Returns (it, names of what both of two writers changed)."""
    row = locked(project) if project else Project()
    before = (row.easting, row.northing)
    write, conflicts = put_together(row, tidied(said), seen, PROJECT)
    if conflicts:
        return row, conflicts
    set_on(row, write)
    _check_name(Project, row, "code", row.code)
    texts = (row.name, row.address, row.fallback, row.what_is_done, row.benefit, row.accredits)
    check_words(*texts, *row.tasks)
    known = ("from_on", "to_on", "most", "ratio", "signal", "fallback", "tasks")
    check_project(**held(row, known))
    row.save()
    if project and "point" in write:
        _lead_ways_to(row, before)
    _record("project", row, project, write, by)
    if project and write.keys() & OF_THE_SITE:
        retest_projects(project_ids=[row.pk], by=by, now=now)
    return row, ()


@transaction.atomic
def end_project(*, project, to_on, by, now):
    """Say which day is its last. Nobody is allocated beyond it."""
    row = locked(project)
    if to_on < row.from_on:
        raise RuleBroken(f"It began on {say_date(row.from_on)}. Enter that day or a later one.")
    row.to_on = to_on
    row.save()
    record(by=by, action="ended_project", project=row.pk, to_on=to_on.isoformat())
    retest_projects(project_ids=[row.pk], by=by, now=now)
    return row


@transaction.atomic
def save_days(*, project, days, by, now, seen=None, **said):
    """Add a day of the week on which a project runs (`days` None), or change one."""
    project = locked(project)
    row = of_project(Availability, days, DAYS_GONE) if days else Availability(project=project)
    write, conflicts = put_together(row, said, seen, DAYS)
    if conflicts:
        return row, conflicts
    set_on(row, write)
    check_days(row, project.availability.exclude(pk=row.pk))
    row.save()
    _record("days", row, days, write, by, project=project.pk)
    if days:
        retest_projects(project_ids=[project.pk], by=by, now=now)
    return row, ()


@transaction.atomic
def end_days(*, days, to_on, by, now):
    """Its last day; where that is before its first, it never ran and is taken out."""
    row = of_project(Availability, days, DAYS_GONE)
    project, key = row.project, row.pk
    row.to_on = to_on
    if to_on < row.from_on:
        row.delete()
    else:
        row.save()
    record(by=by, action="ended_days", project=project.pk, days=key, to_on=to_on.isoformat())
    retest_projects(project_ids=[project.pk], by=by, now=now)


@transaction.atomic
def check_site(*, project, checked_on, hazards, tools, first_aid, review_on, by, today, now):
    """Record that a site was looked at. `hazards`: [(what is dangerous, what is done about it)]. Never changed."""
    project = locked(project)
    last = project.checks.latest_first().first()
    check_site_check(
        checked_on=checked_on,
        hazards=hazards,
        first_aid=first_aid,
        review_on=review_on,
        today=today,
        begun_on=last and last.checked_on,
    )
    check_words(first_aid, *(words for pair in hazards for words in pair))
    made = SiteCheck.objects.create(
        project=project,
        checked_on=checked_on,
        checked_by=by,
        hazards=[
            {"hazard": hazard.strip(), "control": control.strip()} for hazard, control in hazards
        ],
        tools=sorted(tools),
        first_aid=first_aid.strip(),
        review_on=review_on,
    )
    record(by=by, action="checked_site", project=project.pk, check=made.pk)
    retest_projects(project_ids=[project.pk], by=by, now=now)
    return made


def _locked_beneficiary(beneficiary):
    if beneficiary is None:
        return Beneficiary()
    return Beneficiary.objects.select_for_update(no_key=True).get(pk=beneficiary.pk)


def _lead_ways_to(project, before):
    """A way that ended at the site ends where the site is now."""
    for route in project.routes.driven().select_for_update():
        site = (project.easting, project.northing)
        route.line = [list(point) for point in moved(route.line, before, site)]
        route.save()


def _check_name(model, row, column, value):
    if not value:
        raise RuleBroken(f"Give it a {column}.")
    if model.objects.filter(**{f"{column}__iexact": value}).exclude(pk=row.pk).exists():
        raise RuleBroken(f"There is one called {value} already. Change that one instead.")


def _record(what, row, before, write, by, **more):
    """What was changed, by the names of the questions; never the words."""
    done = "changed" if before else "added"
    record(by=by, action=f"{done}_{what}", **{what: row.pk, "answers": sorted(write)}, **more)
