"""What the measures of unpaid work are counted from, for some cases and days, in a fixed number of statements.

Source: `unpaidwork.rules.measured` says what is counted. What was so on a past day is read from what keeps its day;
a state that keeps none (suspended, whether travel time is allowed) is taken as it is today.
"""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import Count, F, Min, Q
from django.db.models.functions import Coalesce
from django.utils.timezone import get_current_timezone, localtime

from cases.models import Contact, Registration, Restriction, Sentence
from cases.queries.days import midnight
from cases.queries.registers import register_name
from cases.reference.appointments import AskedBy
from cases.reference.codes import Order as OrderKinds
from cases.reference.restrictions import OrderKind
from cases.rules.interim import says_nothing
from cases.services.policy import clocks
from unpaidwork.models import (
    Attendance,
    Course,
    Instruction,
    Work,
    WorkAllocation,
    WorkReview,
    WorkRisk,
)
from unpaidwork.queries.hours import facts_of, leader_of
from unpaidwork.reference.risk import RiskState
from unpaidwork.reference.risk_questions import MOTIVATION
from unpaidwork.reference.sessions import STOOD_DOWN_OUTCOME, Came
from unpaidwork.reference.sites import ProjectKind
from unpaidwork.reference.work import (
    INDUCTION_TYPE,
    UNPAID_WORK_TYPE,
    ReviewPoint,
    Runs,
    WorkState,
)
from unpaidwork.rules.hours import INTENSIVE_MINUTES
from unpaidwork.rules.instructions import OnRegister, demand_of
from unpaidwork.rules.measures import DAY, Day, Flagged, Known, Order, Requirement, Risk

ORDERS = (OrderKinds.COMMUNITY, OrderKinds.SUSPENDED)
MATTERS = timedelta(days=31)  # a look back falls due within it, once all is worked
ON_SITE = (Came.HERE, Came.LEFT, Came.SENT_HOME, Came.NO_WORK)
OWN_WORDS = dict(zip(MOTIVATION, ("whether they are willing", "what they want", "what makes it hard"), strict=True))  # fmt: skip


def known_of(cases, window, today):
    """All that is known of these cases (a queryset) for measures over these days."""
    works = list(
        Work.objects.filter(case__in=cases)
        .select_related("requirement__sentence", "beside")
        .order_by("pk")
    )
    keys = sorted({one.case_id for one in works})
    leaders = {one.pk: leader_of(one) for one in works}
    policy = clocks(today)
    return Known(
        requirements=tuple(_requirements(works, leaders, window)),
        orders=tuple(_orders(works, window)),
        days=tuple(_days(works, leaders, window)),
        risks=tuple(_risks(keys)),
        flags=tuple(_flags(keys)),
        retained=frozenset(cases.exclude(retained_by="").values_list("pk", flat=True)),
        holidays=policy.extra_bank_holidays,
        lengths=dict(policy.lengths),
    )


def _requirements(works, leaders, window):
    lately = [one for one in works if not one.completed_on or one.completed_on >= window.first - MATTERS]  # fmt: skip
    hours, arranged, first = facts_of(lately), _arranged(works), _first_days(works, leaders)
    looked_back, courses = _looked_back(works), _courses(works)
    for one in works:
        state, follows = WorkState(one.state), one.runs == Runs.CONSECUTIVE and one.beside
        before = one.beside.completed_on if follows else None
        yield Requirement(
            key=one.pk,
            case=one.case_id,
            arrived_on=one.arrived_on,
            sentenced_on=one.sentenced_on,
            state=state,
            completed_on=one.completed_on if state == WorkState.COMPLETED else None,
            ended_on=_ended_on(one) if state == WorkState.ENDED else None,
            arranged_on=arranged.get(one.pk),
            follows=bool(follows),
            begins_on=before + DAY if before else None,
            leader=leaders[one.pk],
            weekly_minutes=INTENSIVE_MINUTES if one.intensive else one.weekly_minutes,
            courses_count=bool(one.ete_because),
            courses_credited=courses.get(one.pk, 0),
            hours=hours.get(one.pk),
            first_day=first.get(one.pk),
            looked_back=looked_back[one.pk],
        )


def _ended_on(work):
    requirement = work.requirement
    return requirement.terminated_on or requirement.sentence.terminated_on


def _orders(works, window):
    """Each order once, whatever the number of its requirements."""
    found: dict[int, tuple[int, Sentence]] = {
        one.requirement.sentence_id: (one.case_id, one.requirement.sentence) for one in works
    }
    for key, (case, sentence) in sorted(found.items()):
        ended = sentence.terminated_on
        if sentence.order in ORDERS and ended and window.first <= ended <= window.last:
            yield Order(key, case, ended, sentence.termination_reason)


def _arranged(works):
    """{key of a work: the day on which work or an induction was first booked}. Three statements."""
    found: dict[int, list] = defaultdict(list)
    keys = [one.pk for one in works]
    made = WorkAllocation.objects.filter(work__in=keys).values_list("work")
    for key, at in made.annotate(first=Min("made_at")):
        found[key].append(localtime(at).date())
    booked = Attendance.objects.filter(work__in=keys).values_list("work")
    for key, at in booked.annotate(first=Min("appointment__booked_at")):
        found[key].append(localtime(at).date())
    by_case = defaultdict(list)
    for one in works:
        by_case[one.case_id].append(one)
    of_work = Q(type_code__in=[INDUCTION_TYPE, UNPAID_WORK_TYPE], requirement=None)
    rows = Contact.objects.filter(of_work | Q(requirement__in=keys), appointment=True)
    rows = rows.filter(case__in=list(by_case))
    rows = rows.annotate(since=Coalesce("booking__booked_at", "started_at"))
    for case, requirement, since, starts in rows.values_list("case", "requirement", "since", "started_at"):  # fmt: skip
        for one in by_case[case]:
            if requirement in (None, one.pk) and localtime(starts).date() >= one.sentenced_on:
                found[one.pk].append(localtime(since).date())
    return {key: min(days) for key, days in found.items()}


def _first_days(works, leaders):
    """{key of a work: when its first day on a project began}; of what runs at once, the same for each."""
    rows = Attendance.objects.filter(work__in=[one.pk for one in works], came__in=ON_SITE)
    rows = rows.exclude(session__project__kind=ProjectKind.INDUCTION).order_by(
        "work", "session__on", "session__from_at"
    )
    found: dict[int, datetime] = {}
    for work, on, at in rows.distinct("work").values_list("work", "session__on", "session__from_at"):  # fmt: skip
        begins, leader = _moment(on, at), leaders[work]
        found[leader] = min(begins, found.get(leader, begins))
    return {key: found[leader] for key, leader in leaders.items() if leader in found}


def _looked_back(works):
    found: dict[int, dict] = defaultdict(dict)
    rows = WorkReview.objects.filter(work__in=[one.pk for one in works])
    for key, point, on in rows.values_list("work", "point", "held_on"):
        found[key][ReviewPoint(point)] = on
    return found


def _courses(works):
    rows = Course.objects.credited().filter(work__in=[one.pk for one in works])
    return dict(rows.values_list("work").annotate(n=Count("pk")))


def _days(works, leaders, window):
    """Every session within the window that somebody was booked on. One statement."""
    rows = Attendance.objects.filter(
        work__in=[one.pk for one in works], session__on__range=(window.first, window.last)
    ).annotate(
        on=F("session__on"),
        begins=F("session__from_at"),
        kind=F("session__project__kind"),
        off=F("appointment__called_off_at"),
        asked_by=F("appointment__asked_by"),
        starts=F("appointment__contact__started_at"),
        ends=F("appointment__contact__ended_at"),
        outcome=F("appointment__contact__outcome_code"),
    )
    names = ("pk", "case_id", "work_id", "on", "begins", "kind", "off", "asked_by", "starts", "ends", "outcome", "came",
             "task", "skills", "quality", "behaviour", "travel")  # fmt: skip
    for one in rows.order_by("pk").values_list(*names, named=True):
        yield Day(
            key=one.pk,
            case=one.case_id,
            leader=leaders[one.work_id],
            starts_at=_moment(one.on, one.begins),
            on=one.on,
            came=Came(one.came),
            minutes=int((one.ends - one.starts).total_seconds()) // 60 if one.ends else 0,
            induction=one.kind == ProjectKind.INDUCTION,
            stood_down=one.outcome == STOOD_DOWN_OUTCOME,
            called_off=one.off is not None,
            they_asked=one.asked_by == AskedBy.PERSON,
            missing=_missing(one),
            travel=one.travel,
        )


def _missing(one):
    asked = {"the task": one.task, "a skill": one.skills, "how the work was": one.quality, "behaviour": one.behaviour}  # fmt: skip
    return tuple(words for words, said in asked.items() if not said)


def _risks(keys):
    signed = WorkRisk.objects.filter(case__in=keys).exclude(state=RiskState.DRAFT).order_by("pk")
    rows = signed.values_list("pk", "case", "signed_at", "good_until", "answers")
    for pk, case, at, good_until, answers in rows:
        missing = tuple(
            words
            for code, words in OWN_WORDS.items()
            if says_nothing(answers.get(code, {}).get("words", ""))
        )
        if at and good_until:  # as the table holds of each that was ever signed
            yield Risk(pk, case, at, localtime(at).date(), good_until, missing)


def _flags(keys):
    """Registers that demand an instruction and orders, whether they stand still or have ended. Three statements."""
    registers, orders = _said(keys)
    for one in Registration.objects.filter(case__in=keys).order_by("pk"):
        entry = OnRegister(one.pk, one.type_code, register_name(one), one.part, one.warn_staff)
        gone = not one.active and one.ended_on is None  # nobody knows since when
        if demand_of(entry) and not gone:
            last = one.ended_on - DAY if one.ended_on else None
            yield Flagged(
                f"register-{one.pk}", one.case_id, entry.name, one.started_on, last,
                said=tuple(registers[one.pk]),
            )  # fmt: skip
    for order in Restriction.objects.filter(case__in=keys).order_by("pk"):
        days = [order.to_on, order.ended_on]  # changed on a day, it held until then
        yield Flagged(
            f"order-{order.pk}", order.case_id, OrderKind(order.kind).title, order.from_on,
            min(filter(None, days), default=None), known_at=order.recorded_at,
            said=tuple(orders[order.pk]),
            rests_on=f"register-{order.registration_id}" if order.registration_id else "",
        )  # fmt: skip


def _said(keys):
    """({register: (written, last day) of each instruction about it}, the same of orders). One is replaced the same day."""
    registers: defaultdict[int, list] = defaultdict(list)
    orders: defaultdict[int, list] = defaultdict(list)
    rows = Instruction.objects.filter(case__in=keys).order_by("pk")
    for register, order, at, ended in rows.values_list("registration", "restriction", "written_at", "ended_on"):  # fmt: skip
        (registers[register] if register else orders[order]).append((at, ended))
    return registers, orders


def _moment(on, at):
    return midnight(on).replace(hour=at.hour, minute=at.minute, tzinfo=get_current_timezone())
