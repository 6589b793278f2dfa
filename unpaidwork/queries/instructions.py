"""The flags of cases about which supervisors must be told, each with the instruction that stands.

Source: report 4.1; unpaid work reference 6a and 10 (U3).
"""

from collections import defaultdict
from dataclasses import replace
from itertools import chain

from django.db.models import Exists, OuterRef, Q

from cases.models import Assignment, Case, Registration, Restriction
from cases.queries.registers import register_name
from cases.reference.codes import Capacity
from cases.reference.restrictions import OrderKind
from cases.rules.giveaways import Kept
from staff.models import User
from staff.permissions import Role
from unpaidwork.models import Instruction, Work
from unpaidwork.queries.kept import kept_of_each, told_of
from unpaidwork.queries.rows import current_registers, standing_restrictions
from unpaidwork.reference.flags import DEMANDS, NOT_FOR_SITE
from unpaidwork.rules.instructions import (
    PARTS,
    OnRegister,
    Ordered,
    Said,
    flags_of,
    gives_away,
    missing,
)

OWNERS = (Role.OFFICER, Role.SPO)


def flags_of_each(cases, on, *, registers=None, restrictions=None):
    """{key of the case: [Flag]} on this day, or to come; only those with any. `cases`: rows or keys.

    `registers`, `restrictions`: as `unpaidwork.queries.rows` gives them, where the caller has read them. In a fixed
    number of statements, however many they are.
    """
    keys = [getattr(one, "pk", one) for one in cases]
    registers = _registers(current_registers(keys) if registers is None else registers)
    orders = _orders(standing_restrictions(keys) if restrictions is None else restrictions, on)
    said = _said(keys)
    found = {
        key: flags_of(registers[key], orders[key], said[key])
        for key in sorted({*registers, *orders})
    }
    return {key: flags for key, flags in found.items() if flags}


def missing_instructions(cases, today, **rows):
    """{key of the case: [each flag that has no instruction, in words]}; only those with any.

    An instruction that gives away what supervisors must not read counts as none. `cases`, `rows`: as of `flags_of_each`.
    """
    found = {key: missing(flags) for key, flags in flags_of_each(cases, today, **rows).items()}
    return {key: words for key, words in found.items() if words}


def with_untold_flags(today):
    """The cases of which some row says that a flag has no instruction, by what the database alone can tell."""
    standing = Instruction.objects.standing()
    orders = Restriction.objects.standing().filter(Q(to_on=None) | Q(to_on__gte=today))
    recorded = orders.filter(registration__isnull=False)
    registers = (
        Registration.objects.current()
        .filter(Q(type_code__in=sorted(DEMANDS)) | Q(warn_staff=True))
        .exclude(type_code__in=NOT_FOR_SITE)
        .exclude(pk__in=recorded.values("registration"))
    )
    bare = registers.exclude(Exists(standing.filter(registration=OuterRef("pk"))))
    untold = orders.exclude(Exists(standing.filter(restriction=OuterRef("pk"))))
    return Case.objects.filter(Q(pk__in=bare.values("case")) | Q(pk__in=untold.values("case")))


def working():
    """Cases supervised now, with unpaid work to be done."""
    works = Work.objects.open().filter(case=OuterRef("pk"))
    return Case.objects.supervised().filter(Exists(works))


def instructions_of(keys):
    """{"register-3" or "order-4": the `Instruction` that stands} of each of these cases, by its key."""
    found: defaultdict[int, dict[str, Instruction]] = defaultdict(dict)
    rows = Instruction.objects.standing().filter(case__in=keys).select_related("owner")
    for one in rows.order_by("pk"):
        found[one.case_id][key_of(one)] = one
    return found


def key_of(instruction):
    """The key of the flag it is about, as `unpaidwork.rules.instructions.Flag` has it."""
    if instruction.registration_id:
        return f"register-{instruction.registration_id}"
    return f"order-{instruction.restriction_id}"


def flag_of(case, key, today):
    """One flag of the case by its key, or None."""
    flags = flags_of_each([case], today).get(case.pk, [])
    return next((one for one in flags if one.key == key), None)


def may_own(case):
    """Who may look after an instruction: the officer, those who work on the case, and the officers and seniors of
    its team. Of somebody the NPS manages there is none of these with us: the coordinators."""
    assigned = Assignment.objects.live().filter(case=case, capacity=Capacity.COVER).values("user")
    team = Q(team__isnull=False, team=case.team_id, role__in=OWNERS)
    near = Q(pk=case.officer_id) | Q(pk__in=assigned) | team
    if case.retained_by:
        near |= Q(role=Role.COORDINATOR)
    return User.objects.filter(near, is_active=True).order_by("last_name", "first_name", "pk")


def kept_in_writing(case):
    """What an instruction about this case must not give away, what was told us and happened included."""
    kept: Kept = kept_of_each([case.pk])[case.pk]
    return replace(kept, texts=told_of(case))


def _registers(rows):
    found = defaultdict(list)
    for one in chain(*rows.values()):
        entry = OnRegister(one.pk, one.type_code, register_name(one), one.part, one.warn_staff)
        found[one.case_id].append(entry)
    return found


def _orders(rows, on):
    found = defaultdict(list)
    held = (one for one in chain(*rows.values()) if one.to_on is None or one.to_on >= on)
    for one in sorted(held, key=lambda one: (one.from_on, one.pk)):
        order = Ordered(
            one.pk, one.kind, OrderKind(one.kind).title, one.from_on, one.to_on,
            one.registration_id, one.prohibits,
        )  # fmt: skip
        found[one.case_id].append(order)
    return found


def _said(keys):
    found: defaultdict[int, dict[str, Said]] = defaultdict(dict)
    written = instructions_of(keys)
    kept = kept_of_each(sorted(written)) if written else {}
    for case, by_flag in written.items():
        for key, one in by_flag.items():
            words = " \n".join(getattr(one, part) for part in PARTS)
            found[case][key] = Said(one.pk, one.review_on, gives_away(words, kept[case]))
    return found
