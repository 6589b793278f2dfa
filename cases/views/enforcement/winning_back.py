"""The page on which the next contact is agreed while a breach or a recall of somebody runs."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now

from cases.access import case_view
from cases.forms.enforcement.winning_back import CANNOT, WinBackForm
from cases.queries.due import due_rows
from cases.queries.enforcement.winning_back import (
    contact_falls,
    contacts_to_come,
    followed,
    lines_of,
    plans_of,
    running_lines,
    running_of,
    since_of,
    when_of,
)
from cases.queries.header import case_header
from cases.services.enforcement.winning_back import (
    NOTHING_RUNS,
    agree_next_contact,
    until_in_words,
)
from staff.permissions import Action
from staff.views.keeping import say_closed, words_of

TAB = "case-enforcement"
AGREED = "The next contact is agreed. Where it is called off or missed, it is owed anew."
BESIDE = ("win_back", "ask_welfare", "monthly_contact", "offer_again", "see_again")


@case_view(Action.ANSWER_FAILURE)
def win_back(request, case):
    at = now()
    breaches, recalls = running_of(case)
    if not breaches and not recalls:
        say_closed(request, NOTHING_RUNS)
        return redirect(TAB, crn=case.crn)
    plan = next(iter(plans_of(case)), None)
    words, coming = words_of(request), contacts_to_come(case, at)
    choices = [(str(one.pk), when_of(one)) for one in coming]
    form = words.form(WinBackForm, coming=choices, initial=_initial(plan, choices))
    sent = request.method == "POST" and form.is_valid()
    if sent and form.carry_out(agree_next_contact, case=case, by=request.user, now=at):
        words.forget()
        messages.success(request, AGREED)
        return redirect(TAB, crn=case.crn)
    today = localtime(at).date()
    header = case_header(case, request.user, today, TAB)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "until": until_in_words(since_of(case, breaches, recalls), today),
        "falls": contact_falls(case, at),
        "running": running_lines(breaches, recalls),
        "agreed": lines_of(plan, header.names) if plan else [],
        "due": due_rows(case, header.names, header.may, today, kinds=BESIDE),
        "may_book": Action.BOOK_APPOINTMENT in header.may,
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "cases/enforcement/win_back.html", context)


def _initial(plan, choices):
    if plan is None:
        return {}
    at = followed(plan.next_contact) if plan.next_contact else None
    key = str(at.pk) if at else CANNOT
    return {
        "next": key if key == CANNOT or key in dict(choices) else "",
        "cannot_be_seen": plan.cannot_be_seen,
        "what_kept_them": plan.what_kept_them,
        "what_we_do": plan.what_we_do,
    }
