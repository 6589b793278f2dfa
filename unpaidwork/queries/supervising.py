"""Whether those who supervise a session fit the people who come to it, by what staff state of themselves.

Source: unpaid work reference 5 (supervisor match); product rules, limited access.
"""

from collections import defaultdict

from django.db.models import Q

from cases.models import Case
from staff.rules.dates import say_time
from unpaidwork.models import WorkSession
from unpaidwork.queries.workers import workers_of
from unpaidwork.reference.sessions import SessionState
from unpaidwork.rules.supervising import not_stated, unfit


def stated_of(staff):
    """[(name, what they state of themselves)] of these members of staff."""
    return [(one.name, one.sex) for one in staff]


def unfit_of_each(cases, staff, on):
    """{key of the case: sentences} of those whom some of these staff may not supervise. `cases`: rows or keys."""
    stated = stated_of(staff)
    found = {key: list(unfit(one.supervised, stated)) for key, one in workers_of(cases, on).items()}
    return {key: words for key, words in found.items() if words}


def said_of_unfit(cases, staff, on, user):
    """The same in sentences that name the person. Of a case that is kept from this reader: whom to ask."""
    wrong = unfit_of_each(cases, staff, on)
    asks = {one.crn: one.ask for one in Case.objects.filter(pk__in=wrong).masked_to(user)}
    return [
        f"Limited access: they may not supervise somebody on this session. Ask {asks[one.crn]}."
        if one.crn in asks
        else f"{one.name}, {one.crn}: {words}"
        for one in cases
        for words in wrong.get(one.pk, ())
    ]


def to_see_to(cases, staff, on, user):
    """Sentences about what staff have not stated and matters to somebody, of cases that are open to this reader."""
    stated, workers = stated_of(staff), workers_of(cases, on)
    said = {one.pk: list(not_stated(workers[one.pk].supervised, stated)) for one in cases}
    asked = [one for one in cases if said[one.pk]]
    kept = Case.objects.filter(pk__in=[one.pk for one in asked]).masked_to(user)
    crns = {one.crn for one in kept}
    return [
        f"{one.name}, {one.crn}: {words}"
        for one in asked
        if one.crn not in crns
        for words in said[one.pk]
    ]


def elsewhere_at(session):
    """{key of a member of staff: the words of each other session that they supervise at the same time}"""
    return elsewhere_at_each([session])[session.pk]


def elsewhere_at_each(sessions):
    """{key of a session: the same of it}, in one statement."""
    rows = WorkSession.objects.filter(on__in={one.on for one in sessions}).exclude(
        Q(state=SessionState.STOOD_DOWN) | Q(staff=None)
    )
    down = list(
        rows.order_by("from_at", "pk").values_list(
            "pk", "on", "from_at", "to_at", "project__name", "staff"
        )
    )
    found: dict[int, defaultdict] = {one.pk: defaultdict(list) for one in sessions}
    for one in sessions:
        for pk, on, first, last, project, user in down:
            if pk != one.pk and on == one.on and first < one.to_at and last > one.from_at:
                words = f"{project}, {say_time(first)} to {say_time(last)}"
                found[one.pk][user].append(words)
    return found


def said_of_elsewhere(session, staff):
    """The sentences of each of these staff who would be at two sites at once."""
    elsewhere = elsewhere_at(session)
    return [
        f"{one.name} is down for {words} on the same day. Nobody is at two sites at once: choose somebody else."
        for one in staff
        for words in elsewhere.get(one.pk, ())
    ]
