"""Pages about a referral: answering what is proposed, referring somebody by hand, taking them off the waiting list."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from cases.access import case_view
from cases.queries.header import case_header
from grid.forms.referrals import DeclineForm, ReferForm, WithdrawForm
from grid.models import Referral
from grid.queries.referral_page import proposal_of, proposal_page
from grid.queries.suitability_page import entry_of, judged_of
from grid.reference.groups import ReferralState
from grid.reference.interventions import INTERVENTIONS
from grid.rules.answering import why_not_refer
from grid.services import referrals as services
from grid.services.intervention_policy import intervention_policy
from grid.services.policy import grid_policy
from grid.views.case_interventions import COLUMNS
from staff.errors import RuleBroken
from staff.kit import on
from staff.permissions import Action
from staff.views.keeping import say_closed, words_of

TAB = "case-interventions"
NOTHING = "Nothing waits for your answer here: see where it stands."
CHANGED = "What is proposed has changed meanwhile. Read it, and answer it anew."
NOT_WAITING = "They are not on the waiting list of this any more: see where it stands."


@case_view(Action.ANSWER_REFERRAL)
def answer_intervention(request, case):
    """What is proposed, whole, with the button that accepts it and the form that declines it."""
    today, proposed = localdate(), proposal_of(case)
    if proposed is None:
        return _closed(request, case, NOTHING)
    words = words_of(request)
    form = words.form(DeclineForm, initial={"referral": proposed.pk})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["referral"] != proposed.pk:
            say_closed(request, CHANGED)
            return redirect("answer-intervention", crn=case.crn)
        known = {"referral": proposed, "by": request.user, "now": now()}
        if form.carry_out(services.decline, **known):
            words.forget()
            said = "It is declined. See below what else suits them, and refer them to it if it is right."
            messages.success(request, said)
            return redirect(TAB, crn=case.crn)
    header = case_header(case, request.user, today, TAB)
    judged = _judged(case, header, today)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "page": proposal_page(proposed, case, judged, header.names),
        "columns": COLUMNS,
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "grid/answer_intervention.html", context)


@case_view(Action.ANSWER_REFERRAL)
@require_POST
def accept_intervention(request, case, group_referral):
    """One click: they are on the waiting list."""
    found = _found(case, group_referral)
    try:
        done = services.accept(referral=found, by=request.user, now=now())
    except RuleBroken as refusal:
        messages.info(request, str(refusal))
    else:
        title, since = INTERVENTIONS[done.code].title, on(done.waiting_since)
        said = f"They are on the waiting list of {title}, with their place in it from {since}. Next: say when they can come."
        messages.success(request, said)
    return redirect(TAB, crn=case.crn)


@case_view(Action.ANSWER_REFERRAL)
def withdraw_intervention(request, case, group_referral):
    found = _found(case, group_referral)
    if found.state != ReferralState.ACCEPTED:
        return _closed(request, case, NOT_WAITING)
    title = INTERVENTIONS[found.code].title
    return _say_why(
        request, case, WithdrawForm, services.withdraw, {"referral": found},
        heading=f"Take them off the waiting list of {title}",
        lead=f"They wait since {on(found.waiting_since)}. Somebody who is referred again begins at the end of the queue.",
        button="Take them off the list",
        said=f"They no longer wait for {title}.",
    )  # fmt: skip


@case_view(Action.ANSWER_REFERRAL)
def refer_to_intervention(request, case, intervention):
    """Straight onto the waiting list. What it is and what was found of it stands above the form."""
    if intervention not in INTERVENTIONS:
        raise Http404
    today = localdate()
    header = case_header(case, request.user, today, TAB)
    judged = _judged(case, header, today)
    one = judged.by_code[intervention]
    refusal = why_not_refer(intervention, one, judged.earlier, out=judged.out)
    if refusal and request.method != "POST":
        return _closed(request, case, refusal)
    proposed, title = proposal_of(case), one.intervention.title
    other = (
        f" {INTERVENTIONS[proposed.code].title}, which is proposed, is declined by it."
        if proposed
        else ""
    )
    return _say_why(
        request, case, ReferForm, services.refer_by_hand, {"case": case, "code": intervention},
        heading=f"Refer to {title}",
        lead=f"They are on its waiting list from today.{other}",
        button="Refer them",
        said=f"They are on the waiting list of {title}. Next: say when they can come.",
        entry=entry_of(one),
    )  # fmt: skip


def _say_why(request, case, kind, service, known, *, heading, lead, button, said, entry=None):
    """A page that asks why and carries it out."""
    words = words_of(request)
    form = words.form(kind)
    known |= {"by": request.user, "now": now()}
    if request.method == "POST" and form.is_valid() and form.carry_out(service, **known):
        words.forget()
        messages.success(request, said)
        return redirect(TAB, crn=case.crn)
    context = {
        "case_header": case_header(case, request.user, localdate(), TAB),
        "form": form,
        "words": words,
        "heading": heading,
        "lead": lead,
        "button": button,
        "entry": entry,
        "columns": COLUMNS,
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "grid/say_of_referral.html", context)


def _judged(case, header, today):
    return judged_of(case, header.names, today, grid_policy(today), intervention_policy(today))


def _found(case, pk):
    found = Referral.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Http404
    found.case = case
    return found


def _closed(request, case, words):
    say_closed(request, words)
    return redirect(TAB, crn=case.crn)
