"""The gates of sites that a senior may let one person pass, as an override asks about them.

Source: product rules, override; unpaid work reference 5 (no single placement without a senior's approval).
"""

from cases.models import Override
from cases.reference.overrides import Act
from cases.rules.gaps import gates
from unpaidwork.models import Project
from unpaidwork.queries.gate import shut_for
from unpaidwork.queries.projects import sites_of
from unpaidwork.queries.workers import workers_of
from unpaidwork.rules.site_gate import site_gate
from unpaidwork.rules.sites import site_gaps

OF_A_SITE = "site:"  # how their keys begin


def shut_at(case, projects, today):
    """The gates of these projects before this person that somebody may let pass. Whatever the way there."""
    worker = workers_of([case.pk], today)[case.pk]
    found = [
        gap
        for site in sites_of(projects, today).values()
        for gap in (*site_gate(worker, (), site, today), *site_gaps(site, today))
    ]
    return [one for one in gates(found) if one.may_override and one.key.startswith(OF_A_SITE)]


def shut_anywhere(case, today):
    """Everything that stands before allocating this person: of the case, and of each project that runs."""
    return [*shut_for(case, today), *shut_at(case, Project.objects.running(today), today)]


def asked_of_sites(case):
    """The keys of gates of sites that open overrides are about: they stand until their last day.

    Whether anybody goes there is not known before somebody is allocated.
    """
    asked = Override.objects.open().filter(case=case, act=Act.ALLOCATION)
    gaps = asked.values_list("gaps", flat=True)
    return {key for keys in gaps for key in keys if key.startswith(OF_A_SITE)}
