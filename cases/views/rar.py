"""Pages about rehabilitation activity: where its days stand, planning, changing and ending it, and what is enough."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import case_view
from cases.forms.rar import RarActivityForm, RarReasonForm
from cases.queries.header import case_header
from cases.queries.rar import find_activity, objective_choices, running_of, unattached
from cases.queries.rar_pages import BAR_HEADS, HEADS, rar_page
from cases.queries.sentences import requirement_name
from cases.rules.addresses import number
from cases.rules.words import counted
from cases.services import rar as services
from cases.services.policy import meeting_policy
from staff.kit import Column, Line, on
from staff.permissions import Action
from staff.views.keeping import words_of

TAB = "case-sentence"


@case_view(Action.VIEW_PLAN)
def rar(request, case):
    today = localdate()
    header = case_header(case, request.user, today, TAB)
    weeks = meeting_policy(today).rar_stall_weeks
    astray = unattached(case, today)
    context = {
        "case_header": header,
        "requirements": rar_page(case, header.names, header.may, today, weeks),
        "columns": [Column(head, numeric=True) for head in HEADS],
        "bar_columns": BAR_HEADS,
        "weeks": weeks,
        "astray": _astray(astray) if astray else "",
    }
    return render(request, "cases/rar.html", context)


@case_view(Action.WRITE_PLAN)
def plan_activity(request, case):
    today = localdate()
    requirements = running_of(case)
    asked = number(request.GET.get("requirement", ""))
    form = _form(request, case, requirements, initial=_begun_with(requirements, asked))
    if request.method == "POST" and requirements and form.is_valid():
        known = {"by": request.user, "today": today}
        if form.carry_out(services.plan_activity, **known):
            messages.success(
                request, "It is planned. Book its first day, so that the person knows when to come."
            )
            return redirect("case-rar", crn=case.crn)
    return _show_form(request, case, form, "Plan an activity", "Plan it", nothing=not requirements)


@case_view(Action.WRITE_PLAN)
def change_activity(request, case, rar_activity):
    found = _found(case, rar_activity)
    stands = {name: getattr(found, name) for name in ("theme", "what", "route", "days")}
    stands["objective"] = str(found.objective_id or "")
    form = _form(request, case, (), initial=stands)
    if request.method == "POST" and form.is_valid():
        known = {"activity": found, "by": request.user, "today": localdate()}
        if form.carry_out(services.change_activity, **known):
            messages.success(request, "It is changed.")
            return redirect("case-rar", crn=case.crn)
    return _show_form(request, case, form, "Change an activity", "Save the change")


@case_view(Action.WRITE_PLAN)
def end_activity(request, case, rar_activity):
    found = _found(case, rar_activity)
    return _ask_why(
        request,
        case,
        services.end_activity,
        heading="End an activity",
        lead="Days that are credited under it stay credited. If days are left, plan what comes instead: a group that "
        "does not run has not used them up.",
        label="Why does it end?",
        hint="For example: the group has finished; nobody runs it in Reading until May.",
        button="End it",
        said="It has ended. If days are left, plan what comes instead.",
        lines=lambda names: [
            Line("Activity", names.text(found.what)),
            Line("Days planned", f"{found.days:,}"),
            Line("Planned", on(found.planned_on), detail=found.planned_by.name),
        ],
        activity=found,
    )


@case_view(Action.WRITE_PLAN)
def say_enough(request, case, rar_requirement):
    found = next((one for one in running_of(case) if one.pk == rar_requirement), None)
    if found is None:
        raise Http404
    return _ask_why(
        request,
        case,
        services.say_enough,
        heading="Say that the days done are enough",
        lead="The court sets the most days that may be asked for; how many are needed is yours to decide. What is planned "
        "ends. The requirement runs to the end of the order, and appointments must still be kept. Planning an activity "
        "takes this back.",
        label="Why are the days done enough?",
        hint="What has changed because of them, and how you know.",
        button="Say so",
        said="Kept with your name. Nothing more is owed on its days.",
        lines=lambda names: [Line("Requirement", requirement_name(found))],
        requirement=found,
    )


def _ask_why(request, case, service, *, heading, lead, label, hint, button, said, lines, **about):
    words = words_of(request)
    form = words.form(RarReasonForm, label=label, hint=hint)
    today = localdate()
    sent = request.method == "POST" and form.is_valid()
    if sent and form.carry_out(service, by=request.user, today=today, **about):
        words.forget()
        messages.success(request, said)
        return redirect("case-rar", crn=case.crn)
    header = case_header(case, request.user, today, TAB)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "heading": heading,
        "lead": lead,
        "button": button,
        "lines": lines(header.names),
        "back": reverse("case-rar", args=[case.crn]),
    }
    return render(request, "cases/rar_reason.html", context)


def _form(request, case, requirements, initial):
    data = request.POST if request.method == "POST" else None
    return RarActivityForm(
        data, requirements=requirements, objectives=objective_choices(case), initial=initial
    )


def _begun_with(requirements, asked):
    keys = [one.pk for one in requirements]
    return {"requirement": str(asked if asked in keys else keys[0])} if keys else {}


def _show_form(request, case, form, heading, button, *, nothing=False):
    context = {
        "case_header": case_header(case, request.user, localdate(), TAB),
        "form": form,
        "heading": heading,
        "button": button,
        "nothing": nothing,
        "back": reverse("case-rar", args=[case.crn]),
    }
    return render(request, "cases/rar_activity.html", context)


def _found(case, pk):
    found = find_activity(case, pk)
    if found is None:
        raise Http404
    return found


def _astray(days):
    return (
        f"{counted(len(days), 'day')} of rehabilitation activity in the log {'names' if len(days) == 1 else 'name'} no "
        f"requirement, the latest on {on(days[-1])}. With more than one requirement nobody can tell which it is a day "
        "of, so none of them counts it."
    )
