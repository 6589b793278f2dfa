"""On which day a row came to us that an extract brought in, by what each import noted of its beginning.

No row keeps the day it was inserted, but keys only rise: an import notes the highest of each table before it
writes, and a row above that came with it or with a later one. What came with the case itself, or before the
case did, is no news; nor is the first load of a table. Source: supervision reference 5.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, Q
from django.utils.timezone import localtime

from cases.models import Case, Contact, ImportRun, Registration, Requirement, Sentence

BROUGHT = {  # what of each table an extract brought in
    "case": Case.objects.all(),
    "registration": Registration.objects.filter(raised=None),
    "sentence": Sentence.objects.all(),
    "requirement": Requirement.objects.all(),
    "contact": Contact.objects.exclude(source_id=""),
}


def held_now():
    """{table: the highest key of what an extract brought in}; None where nothing did yet."""
    return {
        table: rows.order_by().aggregate(highest=Max("pk"))["highest"]
        for table, rows in BROUGHT.items()
    }


@dataclass(frozen=True)
class BroughtIn:
    """The imports since a day, the earliest first: the day of each, and what was held before it."""

    runs: tuple[tuple[date, dict], ...] = ()
    arrived: dict = field(default_factory=dict)  # {case: the day it was given to us}

    def since(self, table):
        """Rows of this table that came with one of these imports, as a condition."""
        marks = [held[table] for _, held in self.runs if held[table]]
        return Q(pk__gt=marks[0]) if marks else Q(pk=None)

    def known_on(self, table, case, pk, on):
        """The later of a row's own day and the day it came to us."""
        later = (one for one in reversed(self.runs) if one[1][table] and one[1][table] < pk)
        day, held = next(later, (on, None))
        if held is None or case > (held["case"] or 0):
            return on
        arrived = self.arrived.get(case)
        return on if arrived and day <= arrived else max(on, day)


def brought_in(case_ids, since):
    """What the imports from this moment on brought. Two statements; one where there was none."""
    made = ImportRun.objects.filter(at__gte=since, remarks__has_key="held").order_by("pk")
    runs = [(localtime(at).date(), held) for at, held in made.values_list("at", "remarks__held")]
    if not runs:
        return BroughtIn()
    arrived = Case.objects.filter(pk__in=case_ids).values_list("pk", "arrived_on")
    return BroughtIn(tuple(runs), dict(arrived))
