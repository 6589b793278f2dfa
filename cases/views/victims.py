"""Who could be hurt: the list, naming somebody, and saying that they no longer could be."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.forms.victims import EndVictimForm, VictimForm
from cases.queries.assessment_pages import unfinished
from cases.queries.assessment_tab import victims_of
from cases.queries.header import case_header
from cases.queries.plan_desk import plan_of
from cases.queries.victims import find_victim, no_longer, to_choose_from
from cases.reference.harm import AssessmentState
from cases.services import victims as services
from staff.permissions import Action
from staff.views.keeping import words_of

TAB = "assessment"
LIST = "victims"
NAMED = "They are named. The plan is not signed until it says how they are protected."
NAMED_SINCE = (
    "They are named. The plan in force was signed before and has no step for them: write the next plan. "
    "From tonight a review is owed that answers it."
)


@case_view(Action.VIEW_ASSESSMENT)
def victims(request, case):
    header = case_header(case, request.user, localdate(), TAB)
    adds, being_written = Action.WRITE_ASSESSMENT in header.may, unfinished(case)
    drafted = adds and being_written and being_written.state == AssessmentState.DRAFT
    context = {
        "case_header": header,
        "victims": victims_of(case, header.names, header.may),
        "around": to_choose_from(case, header.names) if adds else [],
        "no_longer": no_longer(case, header.names),
        "add": reverse("add-victim", args=[case.crn]) if adds else "",
        "back": reverse("assess" if drafted else TAB, args=[case.crn]),
    }
    return render(request, "cases/assessment/victims.html", context)


@case_view(Action.WRITE_ASSESSMENT)
def add_victim(request, case):
    today = localdate()
    header, words = case_header(case, request.user, today, TAB), words_of(request)
    form = words.form(VictimForm, around=to_choose_from(case, header.names))
    if request.method == "POST" and form.is_valid():
        named = form.carry_out(services.add_victim, case=case, by=request.user, today=today)
        if named:
            words.forget()
            messages.success(request, NAMED_SINCE if plan_of(case) else NAMED)
            return redirect(LIST, crn=case.crn)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "back": reverse(LIST, args=[case.crn]),
    }
    return render(request, "cases/assessment/add_victim.html", context)


@case_view(Action.WRITE_ASSESSMENT)
def end_victim(request, case, victim):
    found = find_victim(case, victim)
    if found is None:
        raise Http404
    today = localdate()
    header, words = case_header(case, request.user, today, TAB), words_of(request)
    form = words.form(EndVictimForm)
    if request.method == "POST" and form.is_valid():
        known = {"victim": found, "by": request.user, "today": today, "now": now()}
        ended = form.carry_out(services.end_victim, **known)
        if ended:
            words.forget()
            messages.success(
                request,
                "They are no longer named as somebody who could be hurt, and the senior has been told why. "
                "Look at the plan.",
            )
            return redirect(LIST, crn=case.crn)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "who": header.names.of(found.person),
        "how": header.names.text(found.how),
        "back": reverse(LIST, args=[case.crn]),
    }
    return render(request, "cases/assessment/end_victim.html", context)
