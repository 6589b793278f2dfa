"""Makes the unpaid work of the demonstration: plans each person's, writes it, and does what the night would find.

Rows are written in bulk, as the services would have left them. What the tests hold the pages to is done by the
services themselves: an order that changes, sheets that are published, what is tested again, what is owed.
"""

from datetime import time

from django.db import transaction

from cases.management.days import by_now
from cases.management.demo.writing import Book
from cases.models import (
    Appointment,
    Case,
    Circumstance,
    Contact,
    Deadline,
    RestrictedArea,
    Restriction,
)
from cases.rules.gaps import gates
from staff.models import User
from staff.permissions import Role
from unpaidwork.management.demo import days, happenings, nights, risks, rows
from unpaidwork.management.demo.calendar import Calendar
from unpaidwork.management.demo.dealing import UNTOLD, Dealer
from unpaidwork.management.demo.sites import Sites
from unpaidwork.management.demo.truth import WorkTruth
from unpaidwork.management.demo.workers import read_workers
from unpaidwork.models import (
    Adjustment,
    Attendance,
    Course,
    Instruction,
    Work,
    WorkAllocation,
    WorkReview,
    WorkRisk,
    WorkSession,
)
from unpaidwork.queries.gate import gate_facts
from unpaidwork.rules.gate import case_gate

# What is pointed at comes before what points at it
TABLES = (
    Circumstance, Restriction, RestrictedArea, Work, WorkRisk, Instruction, WorkAllocation, WorkSession,
    WorkSession.staff.through, Contact, Appointment, Attendance, Adjustment, Course, WorkReview,
    Deadline,
)  # fmt: skip
MORNING = time(7, 30)
NOT_YET_WRITTEN = ("risk", "instruction", "terms")  # of the gate: what is planned here


@transaction.atomic
def make_unpaid_work(*, planted, seed, today):
    """`planted`: the truth so far. Gives what was planted of unpaid work."""
    now = by_now(today, MORNING)
    coordinator = User.objects.get(username=Role.COORDINATOR)
    sites = Sites(today, coordinator, coordinator.team)
    workers = [one for one in read_workers(set(planted["limited"])) if _is_taken_up(one)]
    dealer = Dealer(sites, today, seed, _find_ready(workers, today))
    plans = [dealer.deal(who) for who in workers]
    for plan in plans:
        happenings.plan_learning(plan, today, seed)
    reviewed = {crn for crn, *_ in planted["meeting"]["reviews"]}
    calendar = Calendar(plans, sites, today, seed, staff=_supervisors(), reviewed=reviewed)
    others = User.objects.filter(role=Role.COORDINATOR, is_active=True).exclude(pk=coordinator.pk)
    colleague = others.earliest("pk").pk
    _write(plans, calendar, sites, coordinator=coordinator.pk, colleague=colleague, today=today)
    happenings.miss_sessions(calendar)
    happenings.disagree(calendar, now=now)
    happenings.report_from_sites(calendar, by=coordinator, now=now)
    nights.pass_nights(plans, calendar, sites, by=coordinator, now=now)
    truth = WorkTruth(today)
    for plan in plans:
        truth.learn(plan)
    truth.learn_calendar(calendar, sites)
    return truth.told()


def _is_taken_up(one):
    """Of those the NPS manages, only whom the story tells of."""
    return not one.retained or one.crn == UNTOLD


def _find_ready(workers, today):
    """The cases whose gate would be open, once risk is assessed and every flag has its instruction.

    The sheet of today is published by its service, which asks the gate: so this is asked of the product, as is who is
    clear of anything that keeps them from a site.
    """
    asked = {
        one.case: one for one in workers if one.may_be_placed and (one.checked or one.harmless)
    }
    cases = list(Case.objects.filter(pk__in=asked).order_by("pk"))
    ready = set()
    for key, facts in gate_facts(cases, today).items():
        asked[key].clear = not facts.signs
        shut = [
            one for one in gates(case_gate(facts, today)) if not one.key.startswith(NOT_YET_WRITTEN)
        ]
        if not shut:
            ready.add(key)
    return ready


def _supervisors():
    """Keys of those who supervise, the demonstration's own sign-in first."""
    there = User.objects.filter(role=Role.SUPERVISOR, is_active=True).order_by("pk")
    own = there.get(username=Role.SUPERVISOR)
    return [own.pk, *there.exclude(pk=own.pk).values_list("pk", flat=True)]


def _write(plans, calendar, sites, *, coordinator, colleague, today):
    book = Book(TABLES)
    for plan in plans:
        rows.write_circumstance(book, plan)
        rows.write_orders(book, plan, sites, officer=plan.who.officer)
        rows.write_work(book, plan, today=today)
        rows.write_instructions(book, plan, officer=plan.who.officer, today=today)
        rows.write_place(book, plan, sites, coordinator=coordinator)
        happenings.write_learning(
            book, plan, coordinator=coordinator, colleague=colleague, today=today
        )
        book.flush_when_full()
    days.write_sessions(book, calendar, sites, coordinator=coordinator)
    book.flush()
    risks.write_risks(book, plans, coordinator=coordinator, today=today)
    book.close()
