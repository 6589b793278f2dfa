"""Sending requests: one of them seen before it goes, or many at once, each with its outcome."""

from dataclasses import asdict

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now

from cases.access import case_view, staff_view
from cases.agencies.letters import joined
from cases.agencies.typeset import PDF
from cases.forms.sending import BatchForm, RequestForm
from cases.models import Case
from cases.queries.checks import find_enquiry
from cases.queries.header import case_header
from cases.queries.requests import (
    batch_rows,
    chosen_to_send,
    letters_of,
    outcome_rows,
    page_to_send,
    request_page,
)
from cases.reference.agencies import Channel
from cases.reference.checks import EnquiryState
from cases.rules.addresses import address, number
from cases.rules.checks import NOT_AN_ANSWER
from cases.rules.words import counted
from cases.services.policy import request_policy
from cases.services.sending import Outcome
from cases.services.sending import send_batch as send_all
from cases.services.sending import send_request as send
from staff.audit import record_many
from staff.errors import RuleBroken
from staff.kit import Line, Masked, on
from staff.permissions import Action
from staff.views.keeping import words_of

SIZE = 50  # enquiries of a batch
BATCH, SENT = "batch", "sent_batch"  # what the session keeps between the pages


@case_view(Action.RECORD_CHECK)
def send_request(request, case, enquiry):
    at = now()
    today = localtime(at).date()
    found = find_enquiry(case, enquiry)
    if found is None:
        raise Http404
    if not _may_be_sent(found):
        state = EnquiryState(found.state).title
        messages.info(request, f"That step is not open. This enquiry is at “{state}”.")
        return redirect("check", crn=case.crn, enquiry=enquiry)
    found.case = case
    header = case_header(case, request.user, today, "case-checks")
    page = request_page(found, request_policy(today), today)
    words = words_of(request)
    form = words.form(RequestForm, missing=page.without_birth_dates)
    if request.method == "POST" and form.is_valid():
        try:
            sent = send(enquiry=found, by=request.user, now=at, **form.given())
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            words.forget()
            messages.success(request, _what_follows(sent))
            return redirect("check", crn=case.crn, enquiry=enquiry)
    context = {"case_header": header, "page": page, "form": form, "words": words}
    context["back"] = reverse("check", args=[case.crn, enquiry])
    context["another_way"] = reverse("send-check", args=[case.crn, enquiry])
    return render(request, "cases/send_request.html", context)


def _may_be_sent(enquiry):
    again = enquiry.state == EnquiryState.REPLIED and enquiry.reply in NOT_AN_ANSWER
    return enquiry.state == EnquiryState.DUE or again


def _what_follows(enquiry):
    chased = f"The admin hub chases it if there is no reply by {on(enquiry.due_on)}."
    if enquiry.agency.channel == Channel.EMAIL:
        return f"The system sends it to {enquiry.asked_of} within a few minutes. {chased}"
    return f"The letter to {enquiry.asked_of} is below. Print it and post it today. {chased}"


# The batch: choose, check your answers, what became of each


@staff_view(Action.SEND_BATCH)
def send_batch(request):
    user, today = request.user, localdate()
    after = number(request.GET.get("after", ""))
    found = page_to_send(user, after=after, size=SIZE)
    rows, apart = batch_rows(found.rows, today)
    words = words_of(request)
    ticked = words.typed.getlist("enquiries")  # somebody may have sent one of them meanwhile
    offered = [row.key for row in rows] + [int(one) for one in ticked if number(one)]
    form = words.form(BatchForm, offered=offered)
    if request.method == "POST" and form.is_valid():
        request.session[BATCH] = {
            "enquiries": form.chosen(),
            "told_person": form.cleaned_data["told_person"],
            "not_told_because": form.cleaned_data["not_told_because"],
        }
        words.forget()
        return redirect("check-batch")
    here = reverse("send-batch")
    kept = Case.objects.within_reach(user, Action.SEND_BATCH).masked_to(user)[:100]
    context = {
        "form": form,
        "words": words,
        "rows": rows,
        "apart": apart,
        "ticked": {int(one) for one in ticked if number(one)},
        "masked": [Masked(*row) for row in kept],
        "first": here if after else "",
        "next": address(here, after=found.next_after) if found.next_after else "",
    }
    return render(request, "cases/batch/choose.html", context)


@staff_view(Action.SEND_BATCH)
def check_batch(request):
    batch = request.session.get(BATCH)
    if not batch:
        messages.info(request, "Choose the enquiries to send.")
        return redirect("send-batch")
    enquiries = chosen_to_send(request.user, batch["enquiries"])
    said = {name: batch[name] for name in ("told_person", "not_told_because")}
    refused = ""
    if request.method == "POST":
        try:
            outcomes = send_all(enquiries=enquiries, by=request.user, now=now(), **said)
        except RuleBroken as refusal:
            refused = str(refusal)
        else:
            request.session[SENT] = [asdict(one) for one in outcomes]
            del request.session[BATCH]
            return redirect("sent-batch")
    told = "Yes" if said["told_person"] else "No"
    context = {
        "rows": batch_rows(enquiries, localdate())[0],
        "lines": [
            Line("Enquiries", f"{len(enquiries)}", change=reverse("send-batch")),
            Line(
                "Person told", told, detail=said["not_told_because"], change=reverse("send-batch")
            ),
        ],
        "button": f"Send {counted(len(enquiries), 'enquiry', 'enquiries')}",
        "refused": refused,
        "back": reverse("send-batch"),
    }
    return render(request, "cases/batch/check.html", context)


@staff_view(Action.SEND_BATCH)
def sent_batch(request):
    outcomes = [Outcome(**one) for one in request.session.get(SENT, [])]
    if not outcomes:
        messages.info(request, "No batch has been sent since you signed in.")
        return redirect("send-batch")
    enquiries = chosen_to_send(request.user, [one.enquiry for one in outcomes])
    context = {
        "groups": outcome_rows(outcomes, enquiries, request_policy(localdate()), localdate()),
        "letters": reverse("batch-letters") if any(o.how == "letter" for o in outcomes) else "",
        "heading": _heading(outcomes),
    }
    return render(request, "cases/batch/sent.html", context)


def _heading(outcomes):
    sent = sum(one.how in ("email", "letter") for one in outcomes)
    return f"{counted(sent, 'enquiry', 'enquiries')} of {len(outcomes)} sent"


@staff_view(Action.SEND_BATCH)
def batch_letters(request):
    """The letters of the batch as one PDF, to print and post."""
    outcomes = [Outcome(**one) for one in request.session.get(SENT, [])]
    printed = [one for one in outcomes if one.how == "letter"]
    enquiries = chosen_to_send(request.user, [one.enquiry for one in printed])
    letters = letters_of(enquiries, [one.document for one in printed])
    if not letters:
        messages.info(request, "There is no letter of a batch to print.")
        return redirect("send-batch")
    crns = sorted({one.case.crn for one in enquiries})
    record_many(by=request.user, action="opened_document", crns=crns)
    answer = HttpResponse(joined(letters), content_type=PDF)
    answer["Content-Disposition"] = 'attachment; filename="letters.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer
