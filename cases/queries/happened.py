"""What has happened on a case since a day: the events, for one case or many in a fixed number of statements.

Sources: supervision reference 5; `cases.rules.events` says which of what is read here are events, and
which matter. Each reader yields (case, field of CaseHappenings, day it became known, fact).
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q
from django.utils.timezone import get_current_timezone

from cases.models import Policy, ReviewedEvent
from cases.queries import happened_contacts, happened_inside, happened_outside
from cases.queries.brought_in import BroughtIn, brought_in
from cases.reference.reviews import ReviewState
from cases.rules.event_facts import CaseHappenings
from cases.rules.events import MISSED_MATTERS, happened

READERS = (
    happened_outside.information,
    happened_outside.replies,
    happened_outside.registers,
    happened_outside.people,
    happened_outside.homes,
    happened_outside.convictions,
    happened_outside.sentences,
    happened_outside.requirements,
    happened_outside.interventions,
    happened_inside.raises,
    happened_inside.decisions,
    happened_inside.activities,
    happened_inside.overrides,
    happened_inside.allocations,
    happened_contacts.appointments,
    happened_contacts.failures,
    happened_contacts.lines,
    happened_contacts.visits,
)


@dataclass(frozen=True, slots=True)
class Window:
    """The days looked at, both included, as conditions on a column."""

    since: date
    today: date
    brought: BroughtIn

    def on(self, column):
        return Q(**{f"{column}__range": (self.since, self.today)})

    def at(self, column):
        last = datetime.combine(self.today, time.max, get_current_timezone())
        return Q(**{f"{column}__range": (_beginning(self.since), last)})


def events_since(case, since, today):
    """The events of one case that became known from `since` to `today`, the earliest first."""
    return events_of([case.pk], {case.pk: since}, today)[case.pk]


def events_of(case_ids, since_by_case, today):
    """{case: [Event]} of each of these cases, since its own day."""
    if not case_ids:
        return {}
    since = min(since_by_case[pk] for pk in case_ids)
    window = Window(since, today, brought_in(case_ids, _beginning(since)))
    found: dict[int, dict[str, list]] = {pk: defaultdict(list) for pk in case_ids}
    for read in READERS:
        for case, field, known_on, fact in read(case_ids, window):
            if since_by_case[case] <= known_on <= today:
                found[case][field].append(fact)
    missed = _missed_matters(today)
    return {
        pk: happened(
            CaseHappenings(**{field: tuple(rows) for field, rows in fields.items()}),
            since_by_case[pk],
            today,
            missed_matters=missed,
        )
        for pk, fields in found.items()
    }


def _beginning(day):
    return datetime.combine(day, time.min, get_current_timezone())


def answered_before(case_ids):
    """{case: (key, what) of the events that its reviews answered, complete or waiting for a senior}.

    The day of a review is in two windows; and what has grown since, as a number of missed appointments
    does, is not what was answered.
    """
    rows = ReviewedEvent.objects.filter(
        review__case__in=case_ids, review__state__in=[ReviewState.SIGNED, ReviewState.COMPLETE]
    ).exclude(answer="")
    found: dict[int, set[tuple[str, str]]] = {pk: set() for pk in case_ids}
    for case, key, what in rows.values_list("review__case", "key", "what"):
        found[case].add((key, what))
    return found


def _missed_matters(today):
    row = Policy.objects.in_force("meeting", today).values_list("body", flat=True).first()
    return int(row["missed_is_significant"]) if row else MISSED_MATTERS
