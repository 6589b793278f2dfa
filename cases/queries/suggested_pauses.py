"""Who, as the record suggests, cannot be seen as usual although nobody has said so here.

Source: `cases.rules.suggested_pauses`.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from cases.models import Pause, Registration, Sentence
from cases.reference.codes import HELD, Register
from cases.reference.pauses import WANTED, PauseKind
from cases.rules.suggested_pauses import SAID, suggested


@dataclass(frozen=True)
class Suggestion:
    """One pause that the record suggests. `since`: what the record says, None where it does not."""

    kind: PauseKind
    words: str
    since: date | None
    where: str


def with_suggestions(cases):
    """Of these cases, those of which the record suggests a pause that is not recorded."""
    warrant = Exists(_warrants().filter(case=OuterRef("pk")))
    wanted = Exists(Pause.objects.running().filter(case=OuterRef("pk"), kind__in=WANTED))
    current = Sentence.objects.current().filter(case=OuterRef("pk"))
    held = Exists(current.filter(custody_status__in=HELD))
    outside = Exists(current.exclude(custody_status__in=HELD))
    inside = Exists(Pause.objects.running().filter(case=OuterRef("pk"), kind=PauseKind.CUSTODY))
    return cases.filter(Q(warrant & ~wanted) | Q(held & outside & ~inside))


def suggestions_of(case_ids):
    """{case: [Suggestion]} of these. Three statements."""
    warrants = dict(
        _warrants()
        .filter(case__in=case_ids)
        .order_by("-started_on")
        .values_list("case", "started_on")
    )
    held, outside = _custody(case_ids)
    running = defaultdict(set)
    for case, kind in Pause.objects.running().filter(case__in=case_ids).values_list("case", "kind"):
        running[case].add(kind)
    found = {}
    for case in sorted(warrants.keys() | held.keys()):
        kinds = suggested(
            warrant=case in warrants,
            held=case in held,
            outside=case in outside,
            running=frozenset(running[case]),
        )
        if kinds:
            found[case] = [_one(kind, warrants.get(case), held.get(case, "")) for kind in kinds]
    return found


def _one(kind, registered_on, where):
    on_warrant = kind == PauseKind.WARRANT
    return Suggestion(
        kind=kind,
        words=SAID[kind],
        since=registered_on if on_warrant else None,
        where="" if on_warrant else where,
    )


def _warrants():
    return Registration.objects.current().filter(type_code=Register.WARRANT)


def _custody(case_ids):
    """({case: the prison, where it is named} of a sentence in custody, cases with another outside)"""
    held, outside = {}, set()
    current = Sentence.objects.current().filter(case__in=case_ids).order_by("pk")
    for case, status, where in current.values_list("case", "custody_status", "institution"):
        if status in HELD:
            held[case] = where
        else:
            outside.add(case)
    return held, outside
