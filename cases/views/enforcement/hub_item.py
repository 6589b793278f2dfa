"""One item of the hub's queue: claiming it, putting it back, asking the officer, returning it, giving it; and the answer."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.views.decorators.http import require_POST

from cases.access import case_view
from cases.forms.enforcement.hub import (
    AnswerHubForm,
    AskOfficerForm,
    GiveItemForm,
    ReturnItemForm,
    asked_by_default,
)
from cases.queries.due import title_of
from cases.queries.enforcement import hub_item as queries
from cases.queries.header import case_header
from cases.rules.enforcement.queue import ask_until
from cases.services.enforcement import hub_questions, queue
from cases.services.policy import clocks, enforcement_policy
from staff.errors import RuleBroken
from staff.permissions import Action
from staff.views.keeping import say_closed, words_of

TAB = "case-enforcement"
SAID = {
    "ask-officer": "The officer is asked. The item waits for the answer and stays in the queue; if none comes in time, the senior hears.",
    "return-item": "It is returned. The item comes back once the officer says that it is put right.",
    "give-item": "It is given. Both of you see in the queue whose it is.",
}
CLAIMED = "It is yours. Nobody else can take it while you work on it."
PUT_BACK = "It is back in the queue, for anybody to take."
KEPT = "It stays yours, and so does the rest of what you work on."
TAKEN_BACK = "The question is taken back. The item is in the queue again."
ANSWERED = "Thank you. The admin hub is told, and goes on with it."


@case_view(Action.VIEW_QUEUE)
def hub_item(request, case, queue_item):
    found, at = _found(case, queue_item), now()
    header = case_header(case, request.user, localtime(at).date(), TAB)
    last_post = enforcement_policy(localtime(at).date()).last_post
    page = queries.item_page(found, request.user, header.names, header.may, at, last_post)
    context = {"case_header": header, "page": page, "back": reverse("hub-queue")}
    return render(request, "cases/enforcement/hub_item.html", context)


@case_view(Action.WORK_QUEUE)
@require_POST
def claim_item(request, case, queue_item):
    return _act(request, _found(case, queue_item), queue.claim, CLAIMED)


@case_view(Action.WORK_QUEUE)
@require_POST
def keep_item(request, case, queue_item):
    return _act(request, _found(case, queue_item), queue.keep_working, KEPT)


@case_view(Action.WORK_QUEUE)
@require_POST
def let_go_item(request, case, queue_item):
    return _act(request, _found(case, queue_item), queue.let_go, PUT_BACK)


@case_view(Action.WORK_QUEUE)
def ask_officer(request, case, queue_item):
    at = localtime(now())
    extra = clocks(at.date()).extra_bank_holidays
    return _asked(
        request,
        _found(case, queue_item),
        AskOfficerForm,
        hub_questions.ask_officer,
        initial=asked_by_default(at, extra),
        latest=ask_until(at, extra),
    )


@case_view(Action.WORK_QUEUE)
def return_item(request, case, queue_item):
    return _asked(
        request, _found(case, queue_item), ReturnItemForm, hub_questions.return_to_officer
    )


@case_view(Action.WORK_QUEUE)
def give_item(request, case, queue_item):
    found = _found(case, queue_item)
    return _asked(request, found, GiveItemForm, queue.give_to, hub=queries.may_be_given(found))


@case_view(Action.WORK_QUEUE)
@require_POST
def take_back_question(request, case, hub_question):
    found = _question(case, hub_question)
    try:
        hub_questions.take_back_question(question=found, by=request.user, now=now())
        messages.success(request, TAKEN_BACK)
    except RuleBroken as refusal:
        messages.info(request, str(refusal))
    return redirect("hub-item", crn=case.crn, queue_item=found.deadline_id)


@case_view(Action.ANSWER_FAILURE)
def hub_asked(request, case):
    """Where My work leads to: what the hub asks of this case, and what it asked before."""
    at = now()
    header = case_header(case, request.user, localtime(at).date(), TAB)
    context = {
        "case_header": header,
        "asked": queries.asked_of(case, header.names, at),
        "past": queries.past_of(case, header.names, at),
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "cases/enforcement/hub_asked.html", context)


@case_view(Action.ANSWER_FAILURE)
def answer_hub(request, case, hub_question):
    at, found, words = now(), _question(case, hub_question), words_of(request)
    if found.answered_at or found.taken_back_at:
        who = found.answered_by.name if found.answered_at else "The hub"
        did = "has answered this already" if found.answered_at else "needs no answer to this any more"  # fmt: skip
        say_closed(request, f"{who} {did}.")
        return redirect("hub-asked", crn=case.crn)
    form = words.form(AnswerHubForm, returned=found.returned)
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(hub_questions.answer_hub, question=found, by=request.user, now=at)
        if done:
            words.forget()
            messages.success(request, ANSWERED)
            return redirect("hub-asked", crn=case.crn)
    today = localtime(at).date()
    header = case_header(case, request.user, today, TAB)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "title": "Say that it is put right" if found.returned else "Answer the admin hub",
        "lines": queries.question_lines(found, header.names, today),
        "about": queries.see_what(found, case),
        "back": reverse("hub-asked", args=[case.crn]),
        "back_text": "What the admin hub asks",
        "act": "Save and send it back" if found.returned else "Send the answer",
    }
    return render(request, "cases/enforcement/hub_form.html", context)


TITLES = {  # of the pages of an item: the heading, and the words on the button
    "ask-officer": ("Ask the officer", "Ask the officer"),
    "return-item": ("Return it to the officer", "Return it"),
    "give-item": ("Give it to somebody else", "Give it"),
}


def _asked(request, item, form_class, service, initial=None, **given):
    """A page about an item that asks one thing, and is over where the item is."""
    here, name = reverse("hub-item", args=[item.case.crn, item.pk]), request.resolver_match.url_name
    words = words_of(request)
    if item.met_on:
        say_closed(request, queue.DONE_ALREADY)
        return redirect(here)
    form = words.form(form_class, initial=initial, **given)
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(service, deadline=item, by=request.user, now=now())
        if done:
            words.forget()
            messages.success(request, SAID[name])
            return redirect("hub-queue")
    header = case_header(item.case, request.user, localtime(now()).date(), TAB)
    title, act = TITLES[name]
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "title": title,
        "lead": f"{title_of(item)}.",
        "act": act,
        "back": here,
        "back_text": "The item",
    }
    return render(request, "cases/enforcement/hub_form.html", context)


def _act(request, item, service, said):
    """One press, and what came of it on the page of the item."""
    try:
        service(deadline=item, by=request.user, now=now())
        messages.success(request, said)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    return redirect("hub-item", crn=item.case.crn, queue_item=item.pk)


def _found(case, pk):
    found = queries.find_item(case, pk)
    if found is None:
        raise Http404
    return found


def _question(case, pk):
    found = queries.find_question(case, pk)
    if found is None:
        raise Http404
    return found
