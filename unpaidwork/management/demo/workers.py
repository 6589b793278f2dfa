"""Who has unpaid work to do in the demonstration, and what was written of each that bears on it.

Read as rows: what follows from them is planned and reckoned here, and not asked of the product's rules.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count
from django.utils.timezone import localtime

from cases.models import (
    Assessment,
    Circumstance,
    Contact,
    Disability,
    Enquiry,
    LicenceCondition,
    Offence,
    Registration,
    Requirement,
    Sentence,
)
from cases.reference.behaviours import SIGNS
from unpaidwork.management.demo.said import FREEDOM_OF_MOVEMENT, ORDERED_BY_REGISTER, TO_BE_TOLD

ARSON = "056"
WORK, EXCLUSION = "W", "X"
OF_WORK_AND_LEARNING = ("B", "ED", "CT04", "G")  # circumstances that keep nobody from a site


@dataclass
class Register:
    """One current entry."""

    key: int
    code: str
    part: str


@dataclass
class Order:
    """Something of the record that keeps somebody from a place or a person. `of`: the column that names it."""

    of: str  # registration, requirement or condition
    key: int


@dataclass
class Worker:
    """Somebody with unpaid work to do, as the record has them."""

    case: int
    crn: str
    requirement: int
    sentence: int
    since: date  # the sentence
    arrived_on: date
    hours: int
    completed: int
    woman: bool
    officer: int | None
    site: str  # the delivery site of their team
    retained: bool
    waits: bool  # came with an extract, and is not taken up
    taken_up_on: date | None
    limited: bool
    lines: int = 0  # of their log
    checked: bool = False  # the police have answered, and nobody is waited for
    clear: bool = False  # the product finds nothing that calls for the full analysis
    arranged: bool = False  # an appointment for it came with the record
    alone: bool = False  # unpaid work is all that was ordered
    analysed_on: date | None = None
    registers: list[Register] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    offences: list[str] = field(default_factory=list)
    known: bool = False  # something of their health or circumstances bears on what they are given

    def has(self, *codes):
        return any(one.code in codes for one in self.registers)

    @property
    def to_be_told(self):
        """The registers of which supervisors must be told."""
        return [one for one in self.registers if one.code in TO_BE_TOLD]

    @property
    def ordered(self):
        """What of the record says that an order keeps them away."""
        by_register = [
            Order("registration", one.key)
            for one in self.registers
            if one.code in ORDERED_BY_REGISTER
        ]
        return by_register + self.orders

    @property
    def harmless(self):
        """Nothing on the record keeps them from any site."""
        signs = [code for code in self.offences if code in SIGNS or code.startswith(ARSON)]
        return not (self.to_be_told or signs or self.orders or self.known)

    @property
    def may_be_placed(self):
        """Whether anything may have been arranged for them by now."""
        return self.officer is not None and not (self.waits or self.limited or self.retained)


def read_workers(limited):
    """Those supervised, in the order of their CRN. `limited`: the CRNs of those with limited access."""
    running = Requirement.objects.filter(
        main_code=WORK, active=True, terminated_on=None,
        sentence__active=True, sentence__terminated_on=None, sentence__case__state="supervised",
    )  # fmt: skip
    found = {}
    for row in running.select_related("sentence__case__team__unit").order_by("sentence__case__crn"):
        case = row.sentence.case
        found[case.pk] = _worker(row, case, case.crn in limited)
    _read_record(found)
    return list(found.values())


def _worker(row, case, limited):
    began = row.imposed_on or row.sentence.started_on
    return Worker(
        case=case.pk,
        crn=case.crn,
        requirement=row.pk,
        sentence=row.sentence_id,
        since=began,
        arrived_on=max(began, case.arrived_on or began),
        hours=row.length,
        completed=int(row.completed or 0),
        woman=case.sex == "F",
        officer=case.officer_id,
        site=case.team.unit.code.split("-")[0] if case.team else "",
        retained=bool(case.retained_by),
        waits=case.imported and case.taken_up_on is None,
        taken_up_on=case.taken_up_on,
        limited=limited,
    )


def _read_record(found):
    keys = list(found)
    _registers(found, keys)
    _sentences(found, keys)
    for case, code in Offence.objects.filter(sentence__case__in=keys).values_list(
        "sentence__case", "code"
    ):
        found[case].offences.append(code)
    ill = Disability.objects.filter(case__in=keys, to_on=None)
    bears = Circumstance.objects.filter(case__in=keys).exclude(type_code__in=OF_WORK_AND_LEARNING)
    for rows in (ill, bears):
        for case in rows.values_list("case", flat=True).distinct():
            found[case].known = True
    _enquiries(found, keys)
    for case, lines in (
        Contact.objects.filter(case__in=keys).values_list("case").annotate(Count("pk"))
    ):
        found[case].lines = lines
    by_requirement = {one.requirement: one for one in found.values()}
    booked = Contact.objects.appointments().filter(requirement__in=by_requirement)
    for key, at in booked.values_list("requirement", "started_at"):
        one = by_requirement[key]
        one.arranged = one.arranged or localtime(at).date() >= one.since
    signed = Assessment.objects.in_force().filter(case__in=keys)
    for case, on in signed.values_list("case", "completed_on"):
        found[case].analysed_on = on


def _enquiries(found, keys):
    states = defaultdict(set)
    for case, kind, state in Enquiry.objects.filter(case__in=keys).values_list(
        "case", "kind", "state"
    ):
        states[case].add((kind, state))
    for case, known in states.items():
        waits = any(state in {"due", "sent", "replied"} for _, state in known)
        found[case].checked = ("police", "analysed") in known and not waits


def _registers(found, keys):
    rows = Registration.objects.current().filter(case__in=keys).order_by("pk")
    for row in rows.values_list("case", "pk", "type_code", "part"):
        found[row[0]].registers.append(Register(*row[1:]))


def _sentences(found, keys):
    """Whether work is all that was ordered, and what else of the sentences keeps them away."""
    codes = defaultdict(set)
    current = Sentence.objects.current().filter(case__in=keys)
    rows = Requirement.objects.filter(sentence__in=current, active=True, terminated_on=None)
    for case, code, key in rows.order_by("pk").values_list("sentence__case", "main_code", "pk"):
        codes[case].add(code)
        if code == EXCLUSION:
            found[case].orders.append(Order("requirement", key))
    conditions = LicenceCondition.objects.filter(sentence__in=current).order_by("pk")
    for case, key, category in conditions.values_list("sentence__case", "pk", "category"):
        if category in FREEDOM_OF_MOVEMENT:
            found[case].orders.append(Order("condition", key))
    for case, one in found.items():
        one.alone = codes[case] == {WORK}
