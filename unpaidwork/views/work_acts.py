"""Pages that change hours: an entry of the ledger, travel, a course and whether it counts, how it is to be worked."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from cases.access import case_view
from cases.queries.header import case_header
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.queries.sentences import requirement_name
from staff.errors import RuleBroken
from staff.kit import Line, on
from staff.permissions import Action
from staff.views.keeping import words_of
from unpaidwork.forms.work import (
    AdjustForm,
    BecauseForm,
    CourseForm,
    DecideCourseForm,
    IntensiveForm,
    RunsForm,
    TravelForm,
    asked_first,
)
from unpaidwork.queries.hours_page import course_lines, find_course, travel_waiting, would_credit
from unpaidwork.queries.works import works_of
from unpaidwork.reference.work import WorkState
from unpaidwork.services import work as services
from unpaidwork.services import work_states as states
from unpaidwork.views.work import TAB, work_of

PAGE = "work-hours"
OWN = "You recorded it, so another coordinator says that it counts: it is on their list of work. That it does not count you may say yourself."


def act(request, case, make, service, *, said, known=None, timed=False, **context):
    """A form, one call of a service, and back to the ledger. `make(words)` makes the form."""
    today = localdate()
    words = words_of(request)
    form = make(words)
    given = {
        **(known or {}),
        "by": request.user,
        "today": today,
        **({"now": now()} if timed else {}),
    }
    if request.method == "POST" and form.is_valid() and form.carry_out(service, **given):
        words.forget()
        messages.success(request, said)
        return redirect(PAGE, crn=case.crn)
    context |= {
        "case_header": case_header(case, request.user, today, TAB),
        "form": form,
        "fields": asked_first(form),
        "words": words,
        "back": reverse(PAGE, args=[case.crn]),
    }
    return render(request, "unpaidwork/act_on_work.html", context)


@case_view(Action.CREDIT_HOURS)
def adjust(request, case, work_requirement):
    work = work_of(case, work_requirement)
    return act(
        request,
        case,
        lambda words: words.form(AdjustForm),
        services.adjust_hours,
        known={"work": work},
        timed=True,
        heading="Change the hours",
        lead="What a court changed, what was worked elsewhere, or a mistake. Sessions are put right on their register.",
        button="Enter it",
        said="It stands in the ledger.",
    )


@case_view(Action.CREDIT_HOURS)
def travel(request, case, work_requirement):
    work = work_of(case, work_requirement)
    sessions = travel_waiting(work)
    return act(
        request,
        case,
        lambda words: words.form(TravelForm, sessions=sessions),
        services.credit_travel,
        timed=True,
        heading="Credit travel",
        lead="Where travel time is allowed among their circumstances. It counts beyond the minutes that the policy sets, "
        "180 minutes a session at most.",
        button="Credit it",
        nothing=""
        if sessions
        else "There is no session to credit. Sessions they came to are offered here, from the day on which allowed travel "
        "time stands among their circumstances in nDelius.",
        said="The travel is credited.",
    )


@case_view(Action.CREDIT_HOURS)
def record_course(request, case, work_requirement):
    work = work_of(case, work_requirement)
    return act(
        request,
        case,
        lambda words: words.form(CourseForm),
        services.record_course,
        known={"work": work},
        timed=True,
        heading="Record a course",
        lead="One that they have finished. Another coordinator decides whether it counts.",
        button="Record it",
        said="It is recorded. Another coordinator decides whether it counts: it is on their list of work.",
    )


@case_view(Action.CREDIT_HOURS)
def decide_course(request, case, work_course):
    course = find_course(case, work_course)
    if course is None:
        raise Http404
    course.work.case = case
    header = case_header(case, request.user, localdate(), TAB)
    decided = course.decided_at is not None
    own = course.recorded_by_id == request.user.pk and not decided
    return act(
        request,
        case,
        lambda words: words.form(DecideCourseForm),
        services.decide_course,
        known={"course": course},
        timed=True,
        heading="Decide on a course",
        lead=OWN if own else "",
        lines=course_lines(course, header.names),
        would=None if decided else would_credit(course, header.names, localdate()),
        nothing="It has been decided on." if decided else "",
        button="Decide",
        said="It is decided, and the hours are brought up to date.",
    )


@case_view(Action.CREDIT_HOURS)
def intensive(request, case, work_requirement):
    work = work_of(case, work_requirement)
    stands = {
        "intensive": work.intensive,
        "weekly_minutes": work.weekly_minutes,
        "because": _as_read(request, case, work.intensive_because),
    }
    return act(
        request,
        case,
        lambda words: words.form(IntensiveForm, initial=stands),
        states.decide_intensive,
        known={"work": work},
        heading="Decide how many hours a week",
        lead="Look at it again half-way. Nobody is to lose work, study, worship or the care of somebody by it.",
        button="Decide",
        said="It is decided.",
    )


@case_view(Action.CREDIT_HOURS)
def allow_courses(request, case, work_requirement):
    work = work_of(case, work_requirement)
    stands = {"because": _as_read(request, case, work.ete_because)}
    label = "Why do courses count for them?"
    hint = "Out of work, at risk of it, or offending that follows from it: say which, and how it is known."
    return act(
        request,
        case,
        lambda words: words.form(BecauseForm, label=label, hint=hint, initial=stands),
        states.allow_courses,
        known={"work": work},
        heading="Education, training and employment",
        lead="A share of the hours may be courses. It is said once, before the first course is credited.",
        button="Save it",
        said="Courses count for them from now on.",
    )


@case_view(Action.CREDIT_HOURS)
def suspend(request, case, work_requirement):
    work = work_of(case, work_requirement)
    hint = "For example: signed off work until 3 May; in custody; another order is worked first."
    return act(
        request,
        case,
        lambda words: words.form(BecauseForm, label="Why is nothing to be worked now?", hint=hint),
        states.suspend_work,
        known={"work": work},
        heading="Suspend unpaid work",
        lead="Nobody books work for them while it is suspended. The time to work it in runs on: only the court gives more.",
        button="Suspend it",
        said="It is suspended. Say here when it is to be worked again.",
    )


@case_view(Action.CREDIT_HOURS)
@require_POST
def resume(request, case, work_requirement):
    try:
        states.resume_work(work=work_of(case, work_requirement), by=request.user, today=localdate())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "It is to be worked again.")
    return redirect(PAGE, crn=case.crn)


@case_view(Action.CREDIT_HOURS)
def how_it_runs(request, case, work_requirement):
    work = work_of(case, work_requirement)
    others = [
        (one, f"{requirement_name(one.requirement)}, sentenced {on(one.sentenced_on)}")
        for one in works_of(case)
        if one.pk != work.pk and one.state in (WorkState.OPEN, WorkState.SUSPENDED)
    ]
    stands = {"runs": work.runs, "beside": str(work.beside_id or "")}
    return act(
        request,
        case,
        lambda words: words.form(RunsForm, others=others, initial=stands),
        states.say_how_it_runs,
        known={"work": work},
        heading="How it runs",
        lead="Two requirements are worked one after the other, or at the same time, as the court said.",
        lines=[
            Line("Requirement", f"{requirement_name(work.requirement)}, {on(work.sentenced_on)}")
        ],
        button="Save it",
        said="It is kept, and the hours are brought up to date.",
    )


def _as_read(request, case, words):
    """What stands, to be written over: names that the reader may not see are put back by the service."""
    return names_for(case, actions_on(case, request.user)).text(words)
