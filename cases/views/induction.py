"""The induction of one case: the screen on which it is held, its signature, those that were signed, and the proof."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from cases.access import case_view
from cases.forms.induction import InductionForm, SignInductionForm
from cases.queries.header import case_header
from cases.queries.induction import (
    NONE_BEGUN,
    draft_of,
    find_induction,
    induction_facts,
    rules_of,
    signed_of,
)
from cases.queries.induction_pages import (
    in_touch,
    induction_gaps,
    inductions_of,
    proof_sheet,
    sheet_to_sign,
    signed_page,
)
from cases.rules.induction import questions_of, to_do
from cases.services import induction as services
from staff.errors import RuleBroken
from staff.permissions import Action
from staff.views.keeping import say_closed, words_of

TAB = "case"
NOT_WHOLE = "The sheet can be printed once nothing stands before the signature."


@case_view(Action.VIEW_REVIEW)
def inductions(request, case):
    """What is being written and what was signed."""
    header = case_header(case, request.user, localdate(), TAB)
    draft = draft_of(case)
    context = {
        "case_header": header,
        "inductions": inductions_of(case, draft, signed_of(case), header.may),
        "may_hold": Action.HOLD_INDUCTION in header.may and not draft,
        "back": reverse("case", args=[case.crn]),
    }
    return render(request, "cases/induction/inductions.html", context)


@case_view(Action.HOLD_INDUCTION)
@require_POST
def begin_induction(request, case):
    try:
        services.begin_induction(case=case, by=request.user, now=now())
    except RuleBroken as refusal:
        messages.info(request, str(refusal))
        return redirect("case-inductions", crn=case.crn)
    return redirect("induction", crn=case.crn)


@case_view(Action.HOLD_INDUCTION)
def induction(request, case):
    """One screen, saved as it goes; what two people answered is put together, and nothing is overwritten."""
    draft, today = draft_of(case), localdate()
    if draft is None:
        say_closed(request, NONE_BEGUN)
        return redirect("case-inductions", crn=case.crn)
    header, words = case_header(case, request.user, today, TAB), words_of(request)
    questions = questions_of(rules_of(draft.sentence, today))
    form = words.form(InductionForm, questions=questions, answers=draft.answers, names=header.names)
    clashes = []
    if request.method == "POST" and form.is_valid():
        known = {"induction": draft, "by": request.user, "today": today}
        outcome = form.carry_out(services.answer_induction, **known)
        if outcome and not outcome.conflicts:
            words.forget()
            messages.success(request, "Saved.")
            return redirect("sign-induction" if _goes_on(request) else "induction", crn=case.crn)
        if outcome:
            draft.refresh_from_db()
            form.stands = {code: draft.answers.get(code) for code in form.questions}
            clashes = form.show_clashes(outcome.conflicts)
    found = to_do(induction_facts(draft, today))
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "clashes": clashes,
        "gaps": induction_gaps(case, found, header.names),
        "in_touch": in_touch(case),
        "may_ask": Action.SET_SAFE_CONTACT in header.may,
        "back": reverse("case-inductions", args=[case.crn]),
    }
    return render(request, "cases/induction/induction.html", context)


def _goes_on(request):
    return request.POST.get("then") == "sign"


@case_view(Action.HOLD_INDUCTION)
def sign_induction(request, case):
    """What stands before it, or the signature with its proof."""
    draft, today, words = draft_of(case), localdate(), words_of(request)
    if draft is None:
        say_closed(request, NONE_BEGUN)
        return redirect("case-inductions", crn=case.crn)
    header = case_header(case, request.user, today, TAB)
    form = words.form(SignInductionForm, initial={"version": draft.version})
    known = {"induction": draft, "by": request.user, "now": now()}
    sent = request.method == "POST" and form.is_valid()
    if sent and form.carry_out(services.sign_induction, **known):
        words.forget()
        messages.success(request, "The induction is signed. Print the proof, and give them a copy.")
        return redirect("induction-proof", crn=case.crn, induction=draft.pk)
    found = to_do(induction_facts(draft, today))
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "gaps": induction_gaps(case, found, header.names),
        "back": reverse("induction", args=[case.crn]),
    }
    return render(request, "cases/induction/sign.html", context)


@case_view(Action.VIEW_REVIEW)
def see_induction(request, case, induction):
    """One that is signed, whole."""
    header = case_header(case, request.user, localdate(), TAB)
    context = {
        "case_header": header,
        "page": signed_page(_signed(case, induction), header.names),
        "back": reverse("case-inductions", args=[case.crn]),
    }
    return render(request, "cases/induction/signed.html", context)


@case_view(Action.VIEW_PLAN)
def induction_proof(request, case, induction):
    """The sheet for the person and for court, without anything that is kept: no strip, no log, nothing they told us."""
    context = {
        "sheet": proof_sheet(_signed(case, induction), case),
        "back": reverse("case", args=[case.crn]),
    }
    return render(request, "cases/induction/proof.html", context)


@case_view(Action.HOLD_INDUCTION)
def induction_sheet(request, case):
    """The same sheet before the signature here, once nothing stands before it: what they sign on paper."""
    draft, today = draft_of(case), localdate()
    facts = induction_facts(draft, today) if draft else None
    if facts is None or to_do(facts):
        messages.info(request, NOT_WHOLE if facts else NONE_BEGUN)
        return redirect("sign-induction" if facts else "case-inductions", crn=case.crn)
    context = {
        "sheet": sheet_to_sign(draft, facts, case, request.user),
        "back": reverse("sign-induction", args=[case.crn]),
    }
    return render(request, "cases/induction/proof.html", context)


def _signed(case, key):
    found = find_induction(case, key)
    if found is None:
        raise Http404
    return found
