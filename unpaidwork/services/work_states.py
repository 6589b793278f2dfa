"""How somebody's unpaid work is to be worked: suspended, intensively, with courses, beside another, until when.

Source: unpaid work reference 2 and 6a; a register suspends by itself, in `unpaidwork.services.take_up`.
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.reference.contacts import SOMETHING_ELSE
from cases.rules.interim import says_nothing
from cases.services.checks import lock_case
from cases.services.contact_log import record_contact
from cases.services.deadlines import meet_deadline
from cases.services.rewriting import rewritten
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date
from unpaidwork.models import Work
from unpaidwork.queries.hours import hours_of, supervision_ends
from unpaidwork.reference.work import WORK_MAY_BECOME, Runs, WorkState
from unpaidwork.rules.hours import INTENSIVE_MINUTES, check_more_time
from unpaidwork.rules.taking_up import SUSPENDED_BY_REGISTER
from unpaidwork.services.work_owed import EXTEND, settle_work

SAY_WHY = "Say why, so that whoever books their work can follow."


@transaction.atomic
def suspend_work(*, work, because, by, today):
    """Nothing is to be worked for now, for a reason. The twelve months run on."""
    case, work = _hold(work)
    because = _reason(because)
    if WorkState.SUSPENDED not in WORK_MAY_BECOME[WorkState(work.state)]:
        raise RuleBroken("Only work that is open can be suspended.")
    work.state, work.state_because = WorkState.SUSPENDED, because
    return _kept(work, case, ["state", "state_because"], "suspended_work", by=by, today=today)


@transaction.atomic
def resume_work(*, work, by, today):
    """It is to be worked again."""
    case, work = _hold(work)
    if work.state != WorkState.SUSPENDED:
        raise RuleBroken("This work is not suspended.")
    if work.state_because.startswith(SUSPENDED_BY_REGISTER):
        raise RuleBroken(
            "It stands on the register of suspended unpaid work. End the register, and it is open again."
        )
    work.state, work.state_because = WorkState.OPEN, ""
    return _kept(work, case, ["state", "state_because"], "resumed_work", by=by, today=today)


@transaction.atomic
def decide_intensive(*, work, intensive, because, weekly_minutes, by, today):
    """Whether they work intensively (28 hours a week), or else how many hours a week are offered, and why."""
    case, work = _hold(work)
    because = rewritten(_reason(because), work.intensive_because, case=case, by=by)
    if not intensive and not 1 <= weekly_minutes <= INTENSIVE_MINUTES:
        raise RuleBroken("Offer from 1 minute to 28 hours a week.")
    work.intensive, work.intensive_because = intensive, because
    work.weekly_minutes = INTENSIVE_MINUTES if intensive else weekly_minutes
    fields = ["intensive", "intensive_because", "weekly_minutes"]
    return _kept(work, case, fields, "decided_intensive", by=by, today=today)


@transaction.atomic
def allow_courses(*, work, because, by, today):
    """Courses count for this person, for a reason. Source: unemployed, at risk of it, or offending that follows from it."""
    case, work = _hold(work)
    work.ete_because = rewritten(_reason(because), work.ete_because, case=case, by=by)
    return _kept(work, case, ["ete_because"], "allowed_courses", by=by, today=today)


@transaction.atomic
def say_how_it_runs(*, work, runs, beside, by, today):
    """Whether it runs by itself, at the same time as another requirement of theirs, or after it."""
    case, work = _hold(work)
    runs = Runs(runs)
    needs = runs in (Runs.CONCURRENT, Runs.CONSECUTIVE)
    others = Work.objects.filter(case=case).exclude(pk=work.pk)
    beside = others.filter(pk=beside.pk).first() if beside else None  # as it stands now
    if needs and beside is None:
        raise RuleBroken("Choose the other requirement of theirs that it runs with or after.")
    if needs and (beside.beside_id or work.others.exists()):
        raise RuleBroken(
            "The other one runs beside something itself. Choose the one that both stand beside."
        )
    work.runs, work.beside = runs, beside if needs else None
    return _kept(work, case, ["runs", "beside"], "said_how_work_runs", by=by, today=today)


@transaction.atomic
def answer_extension(*, work, extended_to, words, by, today, now):
    """What was done about more time: the court extended it to a day, or what was proposed or why not. In the log too.

    Whoever holds the case does it. It is asked again after four weeks while the hours stand as they did.
    """
    case, work = _hold(work)
    words = _reason(words)
    if extended_to:
        last = hours_of([work], today)[work.pk].finish_by
        check_more_time(extended_to, last=last, default_order=work.pk in supervision_ends([work]))
    said = f"Unpaid work, more time. {words}"
    if extended_to:
        said = f"{said} Extended by the court to {say_date(extended_to)}."
        work.extended_to = extended_to
        work.save(update_fields=["extended_to"])
    record_contact(
        case=case, type_code=SOMETHING_ELSE, at=now, notes=said, sensitive=False, by=by, now=now
    )
    meet_deadline(case=case, kind=EXTEND, by=by, today=localtime(now).date())
    record(
        by=by,
        action="answered_extension",
        crn=case.crn,
        requirement=work.pk,
        extended=bool(extended_to),
    )
    settle_work(case_ids=[case.pk], by=by, today=today)
    return work


def _hold(work):
    case = lock_case(work.case)
    work = Work.objects.get(pk=work.pk)
    work.case = case
    if work.state == WorkState.ENDED:
        raise RuleBroken("This unpaid work has ended.")
    return case, work


def _kept(work, case, fields, action, *, by, today):
    work.save(update_fields=fields)
    record(by=by, action=action, crn=case.crn, requirement=work.pk)
    settle_work(case_ids=[case.pk], by=by, today=today)
    work.refresh_from_db()
    return work


def _reason(words):
    if says_nothing(words):
        raise RuleBroken(SAY_WHY)
    return words.strip()
