"""Restrictions of cases as the rules read them, and orders whose terms nobody here has seen.

Source: unpaid work reference 5 and 10 (U2); product rules, gates ("terms not seen").
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch, Q

from cases.models import (
    LicenceCondition,
    Registration,
    Requirement,
    RestrictedArea,
    Restriction,
    Sentence,
)
from cases.queries.among import among
from cases.queries.registers import register_name
from cases.reference.restrictions import ORDER_REGISTERS, OrderKind, Terms
from cases.rules.geometry import Zone
from cases.rules.restrictions import (
    EXCLUSION_CODE,
    Ordered,
    Recorded,
    Restricted,
    keeps_away,
    must_not,
    not_seen,
    orders_of,
    without_terms,
)

LINKS = ("registration", "requirement", "condition")  # what of the record a restriction can name


def restrictions_of(cases, first, last=None):
    """{key of the case: [Restricted]} in force on any day from the first to the last; `last` None: without end.

    `cases`: rows or keys. In two statements, however many they are; no more is read than the rules ask for.
    """
    rows = Restriction.objects.in_force_between(first, last).filter(case__in=among(cases))
    zones = _zones_of(rows)
    found: defaultdict[int, list[Restricted]] = defaultdict(list)
    for pk, case, kind, terms, prohibits, from_on, to_on, copy_seen, protected in rows.order_by(
        "from_on", "pk"
    ).values_list(
        "pk", "case", "kind", "terms", "prohibits", "from_on", "to_on", "copy_seen_on", "protects"
    ):
        found[case].append(
            Restricted(
                id=pk,
                case=case,
                kind=kind,
                terms=terms,
                prohibits=prohibits,
                from_on=from_on,
                to_on=to_on,
                copy_seen=copy_seen,
                zones=tuple(zones.get(pk, ())),
                protected=protected,
            )
        )
    return dict(found)


def _zones_of(rows):
    """{key of the restriction: [Zone]} of these restrictions."""
    found: defaultdict[int, list[Zone]] = defaultdict(list)
    areas = RestrictedArea.objects.filter(restriction__in=rows).order_by("pk")
    for restriction, *drawn in areas.values_list("restriction", "shape", "outline", "buffer"):
        found[restriction].append(Zone(*drawn))
    return found


def zone_of(area):
    return Zone(area.shape, area.outline, area.buffer)


def with_areas(rows):
    return rows.prefetch_related(Prefetch("areas", RestrictedArea.objects.order_by("pk")))


# Orders whose terms nobody here has seen


def terms_not_seen(cases, today, *, registers=None, restrictions=None):
    """{key of the case: [a sentence for each order whose terms are not seen]}; only those with any.

    `cases`: rows or keys. `registers`, `restrictions`: {case: [rows]} of the current registers and of the restrictions
    that stand, where the caller has read them. In four statements, however many they are. Of a case whose record speaks of no order, only
    what is recorded as not seen tells anything.
    """
    ordered = ordered_of(cases, today, registers)
    if restrictions is None:
        tells = Q(terms=Terms.NOT_SEEN) | Q(case__in=among(ordered))
        rows = Restriction.objects.standing().filter(tells, case__in=among(cases)).order_by("pk")
    else:
        rows = _all_of(restrictions)
    recorded = _recorded_in(rows)
    keys = sorted({*recorded, *ordered})
    said = {key: not_seen(ordered.get(key, []), recorded.get(key, []), today) for key in keys}
    return {key: sentences for key, sentences in said.items() if sentences}


def unanswered_of(case, today):
    """[Ordered] what the record of one case says keeps them away, and no restriction answers."""
    recorded = _recorded_in(Restriction.objects.standing().filter(case=case).order_by("pk"))
    ordered = ordered_of([case], today)
    return without_terms(ordered.get(case.pk, []), recorded.get(case.pk, []), today)


def _recorded_in(rows):
    """{key of the case: [Recorded]} of these rows."""
    found: defaultdict[int, list[Recorded]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(as_recorded(row))
    return found


def as_recorded(row):
    of = (f"{name}-{key}" for name in LINKS if (key := getattr(row, f"{name}_id")) is not None)
    return Recorded(row.kind, row.terms, row.to_on, frozenset(of))


def ordered_of(cases, today, registers=None):
    """{key of the case: [Ordered]} that registers, requirements and conditions of licence say of each.

    `registers`: as for `terms_not_seen`.
    """
    these = among(cases)
    current = Sentence.objects.current().filter(case__in=these)
    requirements = Requirement.objects.filter(
        sentence__in=current, active=True, terminated_on=None, main_code=EXCLUSION_CODE
    )
    conditions = LicenceCondition.objects.filter(
        Q(to_on=None) | Q(to_on__gte=today), sentence__in=current
    )
    found: defaultdict[int, list] = defaultdict(list)
    for one in _order_registers(these) if registers is None else _all_of(registers):
        found[one.case_id] += ordered_by([one])
    for one in requirements.select_related("sentence").order_by("pk"):
        found[one.sentence.case_id] += ordered_by(requirements=[one])
    for one in conditions.select_related("sentence").order_by("pk"):
        found[one.sentence.case_id] += ordered_by(conditions=[one])
    return found


def _order_registers(these):
    current = Registration.objects.current()
    return current.filter(case__in=these, type_code__in=sorted(ORDER_REGISTERS)).order_by("pk")


def _all_of(rows):
    """Of {case: [rows]}, the rows."""
    return [one for each in rows.values() for one in each]


def ordered_by(registers=(), requirements=(), conditions=()):
    """[Ordered] of those of these rows, all of them current, that keep somebody away."""
    return [
        *(
            Ordered(
                f"registration-{one.pk}",
                f"{register_name(one)}, on the register",
                orders_of(one.type_code),
            )
            for one in registers
            if one.type_code in ORDER_REGISTERS
        ),
        *(
            Ordered(
                f"requirement-{one.pk}",
                f"{one.main_name or 'Exclusion'}, a requirement of the order",
                frozenset({OrderKind.EXCLUSION}),
            )
            for one in requirements
            if one.main_code == EXCLUSION_CODE
        ),
        *(
            Ordered(
                f"condition-{one.pk}",
                f"{one.category}, a condition of the licence",
                frozenset({OrderKind.LICENCE}),
            )
            for one in conditions
            if keeps_away(one.category)
        ),
    ]


@dataclass(frozen=True)
class OnTheStrip:
    """What the strip says of one case: what holds, what is not seen, and which entries of the record it answers in full."""

    orders: tuple[str, ...]
    unseen: tuple[str, ...]
    answered: frozenset[str]


def on_the_strip(case, registers, requirements, conditions, names, today):
    """In one statement: the rows given are those that the caller has read, current ones."""
    rows = list(Restriction.objects.standing().filter(case=case).order_by("from_on", "pk"))
    recorded = [as_recorded(one) for one in rows]
    ordered = ordered_by(registers, requirements, conditions)
    seen = [one for one in rows if one.terms != Terms.NOT_SEEN and one.from_on <= today]
    missing = {one.key for one in without_terms(ordered, map(as_recorded, seen), today)}
    return OnTheStrip(
        orders=tuple(
            must_not(one.kind, names.text(one.prohibits), one.to_on)
            for one in seen
            if one.to_on is None or one.to_on >= today
        ),
        unseen=tuple(one.rstrip(".") for one in not_seen(ordered, recorded, today)),
        answered=frozenset(one.key for one in ordered if one.key not in missing),
    )


def people_to_protect(case):
    """Those around them now, of whom one may be whom an order protects."""
    return list(case.related_people.filter(to_on=None).order_by("name", "pk"))
