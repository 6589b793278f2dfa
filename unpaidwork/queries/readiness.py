"""What each session of a list lacks before its sheet can go out, in a few words each, in a fixed number of statements.

The record is taken as it stands today and judged for the day of each session; its own page says whom it is about, and
publishing decides. Source: product rules, gates ("Allocate to a work site"); unpaid work reference 3.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from cases.models import Case
from cases.rules.gaps import gates
from cases.rules.words import counted
from unpaidwork.queries.gate import gate_facts, in_force_of_each, left_of
from unpaidwork.queries.instructions import missing_instructions
from unpaidwork.queries.projects import sites_of
from unpaidwork.queries.publishing import INSTRUCTION, attending
from unpaidwork.queries.supervising import elsewhere_at_each, stated_of
from unpaidwork.queries.workers import workers_of
from unpaidwork.reference.sites import ProjectKind
from unpaidwork.rules.gate import case_gate
from unpaidwork.rules.sites import site_gaps, staff_needed
from unpaidwork.rules.supervising import unfit


@dataclass(frozen=True)
class OnRecord:
    """What is known of everybody on these sessions."""

    untold: dict
    facts: dict
    workers: dict
    overrides: dict
    user: int  # who would publish, and not by their own approval


def lacking(sessions, user, today):
    """{key of a session: what it lacks}; none of them closed, stood down or over. `sessions`: with their project."""
    places = _places(sessions)
    cases = list(Case.objects.filter(pk__in=set().union(*places.values())))
    known = OnRecord(
        untold=missing_instructions(cases, today),
        facts=gate_facts(cases, today),
        workers=workers_of(cases, today),
        overrides=in_force_of_each([one.pk for one in cases], today),
        user=user.pk,
    )
    sites = sites_of({one.project_id for one in sessions}, today)
    prefetch_related_objects(sessions, "staff")
    elsewhere = elsewhere_at_each(sessions)
    return {
        one.pk: (
            *_of_the_staff(one, len(places[one.pk]), sites[one.project_id], elsewhere[one.pk]),
            *_of_the_site(one, len(places[one.pk]), sites[one.project_id]),
            *_of_the_people(one, places[one.pk], known),
        )
        for one in sessions
    }


def _places(sessions):
    found = defaultdict(set)
    for session, case in attending(sessions).values_list("session", "case"):
        found[session].add(case)
    return found


def _of_the_staff(session, people, site, elsewhere):
    staff = session.staff.all()
    needed = staff_needed(site, people)
    twice = sum(one.pk in elsewhere for one in staff)
    if not staff:
        yield "Nobody to supervise"
    elif len(staff) < needed:
        yield f"{counted(needed - len(staff), 'supervisor')} short"
    if twice:
        yield f"{counted(twice, 'supervisor')} at another site then"


def _of_the_site(session, people, site):
    if not people:
        yield "Nobody expected"
    if people > site.most:
        yield f"{counted(people - site.most, 'person', 'people')} too many"
    if found := gates(site_gaps(site, session.on)):
        yield f"{counted(len(found), 'thing')} about the site"


def _of_the_people(session, keys, known):
    untold = len(keys & known.untold.keys())
    if untold:
        yield f"{counted(untold, 'person', 'people')} without an instruction"
    stated = stated_of(session.staff.all())
    misfits = sum(any(unfit(known.workers[key].supervised, stated)) for key in keys)
    if misfits:
        yield f"{counted(misfits, 'person', 'people')} not to be supervised by who is down"
    if session.project.kind == ProjectKind.INDUCTION:  # held while the gate is shut
        return
    held = sum(_is_held(key, session.on, known) for key in keys)
    if held:
        yield f"{counted(held, 'person', 'people')} not allowed to start work"


def _is_held(key, on, known):
    """Whether anything but an instruction keeps somebody from work on that day, which no override lets pass."""
    shut = [
        one for one in gates(case_gate(known.facts[key], on)) if not one.key.startswith(INSTRUCTION)
    ]
    in_force = [one for one in known.overrides[key] if one.expires_on >= on]
    return bool(left_of(shut, in_force, known.user))
