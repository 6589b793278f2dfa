"""Pages about what a senior asks to be done on a case: asking, saying that it is done, asking no longer."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.forms.senior_actions import AskForActionForm, SettleActionForm
from cases.queries.header import case_header
from cases.queries.senior_actions import (
    find_senior_action,
    senior_action_page,
    senior_actions_of,
)
from cases.reference.senior_actions import SeniorActionState
from cases.services import senior_actions as services
from staff.kit import Link, on
from staff.permissions import Action
from staff.views.keeping import say_closed, words_of

TAB = "case"
CLOSED = "There is nothing more to do about this: see where it stands."


@case_view(Action.VIEW_SENIOR_ACTIONS)
def senior_actions(request, case):
    today = localdate()
    header = case_header(case, request.user, today, TAB)
    ask = Link("Ask for something to be done", reverse("ask-for-action", args=[case.crn]))
    context = {
        "case_header": header,
        "actions": senior_actions_of(case, header.names, today),
        "links": [ask] if Action.ASK_SENIOR_ACTION in header.may else [],
        "back": reverse("case", args=[case.crn]),
    }
    return render(request, "cases/senior_action/list.html", context)


@case_view(Action.ASK_SENIOR_ACTION)
def ask_for_action(request, case):
    today, words = localdate(), words_of(request)
    form = words.form(AskForActionForm)
    if request.method == "POST" and form.is_valid():
        known = {"case": case, "by": request.user, "today": today, "now": now()}
        if made := form.carry_out(services.ask_for_action, **known):
            words.forget()
            messages.success(
                request,
                f"{made.owner.name} has been told, and it stands in their work until it is done. It is due on "
                f"{on(made.due_on)}.",
            )
            return redirect("senior-action", crn=case.crn, senior_action=made.pk)
    holder = case.officer.name if case.officer else ""
    lead = (
        f"{holder} holds this case, and is told at once." if holder else "Nobody holds this case."
    )
    context = {
        "case_header": case_header(case, request.user, today, TAB),
        "form": form,
        "words": words,
        "heading": "Ask for something to be done",
        "lead": f"{lead} It stands in the officer’s work with your day, and closes only with words that say what was done.",
        "button": "Ask for it",
        "back": reverse("senior-actions", args=[case.crn]),
    }
    return render(request, "cases/senior_action/act.html", context)


@case_view(Action.VIEW_SENIOR_ACTIONS)
def see_senior_action(request, case, senior_action):
    today, found = localdate(), _found(case, senior_action)
    header = case_header(case, request.user, today, TAB)
    context = {
        "case_header": header,
        "page": senior_action_page(case, found, header.names, header.may, today),
        "back": reverse("senior-actions", args=[case.crn]),
    }
    return render(request, "cases/senior_action/action.html", context)


@case_view(Action.DO_SENIOR_ACTION)
def do_senior_action(request, case, senior_action):
    return _settle(
        request, case, senior_action, services.do_senior_action,
        heading="Say it is done",
        asks=("What was done?", "Whoever asked for it reads this, and can see on the case that it is so."),
        button="Say it is done",
        said=lambda one: f"It is done. {one.asked_by.name} has been told.",
    )  # fmt: skip


@case_view(Action.ASK_SENIOR_ACTION)
def withdraw_senior_action(request, case, senior_action):
    return _settle(
        request, case, senior_action, services.withdraw_senior_action,
        heading="Ask for it no longer",
        asks=("Why is it not asked for any more?", "Whoever was to do it reads this."),
        button="Ask for it no longer",
        said=lambda one: "It is not asked for any more. Whoever was to do it has been told.",
    )  # fmt: skip


def _settle(request, case, key, service, *, heading, asks, button, said):
    """A page that shows the whole of it, asks one thing and carries it out."""
    today, found = localdate(), _found(case, key)
    if found.state != SeniorActionState.OPEN:
        say_closed(request, CLOSED)
        return redirect("senior-action", crn=case.crn, senior_action=found.pk)
    words = words_of(request)
    form = words.form(SettleActionForm, asks=asks)
    if request.method == "POST" and form.is_valid():
        known = {"senior_action": found, "by": request.user, "today": today, "now": now()}
        if done := form.carry_out(service, **known):
            words.forget()
            messages.success(request, said(done))
            return redirect("senior-action", crn=case.crn, senior_action=done.pk)
    header = case_header(case, request.user, today, TAB)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "page": senior_action_page(case, found, header.names, frozenset(), today),
        "heading": heading,
        "lead": "",
        "button": button,
        "back": reverse("senior-action", args=[case.crn, found.pk]),
    }
    return render(request, "cases/senior_action/act.html", context)


def _found(case, pk):
    found = find_senior_action(case, pk)
    if found is None:
        raise Http404
    return found
