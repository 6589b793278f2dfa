"""Pages on which an assessment is signed, and on which a senior countersigns it or gives it back."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.forms.signing import CountersignForm, SignForm
from cases.queries.assessment_addresses import address_of_question
from cases.queries.assessment_pages import (
    desk,
    state_in_words,
    unfinished,
)
from cases.queries.assessment_signing import (
    answers_before,
    evidence_lines,
    gates_of,
    questions_to_return,
)
from cases.queries.assessment_tab import victims_of
from cases.queries.assessment_whole import whole
from cases.queries.header import case_header
from cases.queries.people import officer_of
from cases.reference.harm import AssessmentState
from cases.rules.signing import digest
from cases.services import signing as services
from cases.services.policy import assessing_policy
from staff.permissions import Action
from staff.views.keeping import say_closed, words_of

TAB = "assessment"
NOTHING_TO_SIGN = "No assessment on this case is waiting to be signed."
NOTHING_TO_COUNTERSIGN = "No assessment on this case is waiting for a countersignature."


@case_view(Action.WRITE_ASSESSMENT)
def sign(request, case):
    """What is shut, what is warned of, and the whole of it as it will be signed."""
    today, assessment = localdate(), unfinished(case)
    if assessment is None or assessment.state != AssessmentState.DRAFT:
        say_closed(request, NOTHING_TO_SIGN)
        return redirect(TAB, crn=case.crn)
    header = case_header(case, request.user, today, TAB)
    found = desk(assessment, header.names, assessing_policy(today), today)
    gates, words = gates_of(found, header.may, today), words_of(request)
    warnings = [
        (one.key, gap.sentence) for one, gap in zip(found.warned(), found.warnings, strict=True)
    ]
    form = words.form(SignForm, warnings=warnings, stands=digest(assessment.answers))
    if request.method == "POST" and form.is_valid():
        signed = form.carry_out(
            services.sign_assessment, assessment=assessment, by=request.user, today=today, now=now()
        )
        if signed:
            words.forget()
            messages.success(request, _signed(case, signed))
            return redirect(TAB, crn=case.crn)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "desk": found,
        "gates": gates,
        "chapters": whole(
            assessment,
            found.asked,
            header.names,
            change=lambda code: address_of_question(code, case.crn),
        ),
        "victims": victims_of(case, header.names, header.may),
        "back": reverse("assess", args=[case.crn]),
    }
    return render(request, "cases/assessment/sign.html", context)


@case_view(Action.COUNTERSIGN)
def countersign(request, case):
    """The whole on one page, with what was warned of, what was said to it, and what has changed."""
    today, assessment = localdate(), unfinished(case)
    if assessment is None or assessment.state != AssessmentState.WAITING:
        say_closed(request, NOTHING_TO_COUNTERSIGN)
        return redirect(TAB, crn=case.crn)
    header = case_header(case, request.user, today, TAB)
    found, words = desk(assessment, header.names, assessing_policy(today), today), words_of(request)
    questions = questions_to_return(assessment, found.asked)
    form = words.form(CountersignForm, questions=questions, stands=digest(assessment.answers))
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(
            services.countersign_assessment if form.agrees() else services.return_assessment,
            assessment=assessment,
            by=request.user,
            today=today,
            now=now(),
        )
        if done:
            words.forget()
            messages.success(request, _answered(case, form.agrees()))
            return redirect(TAB, crn=case.crn)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "desk": found,
        "gates": gates_of(found, header.may, today),
        "stands": state_in_words(assessment),
        "because": header.names.text(assessment.countersign_because),
        "evidence": evidence_lines(assessment, header.names),
        "chapters": whole(assessment, found.asked, header.names, before=answers_before(assessment)),
        "victims": victims_of(case, header.names, header.may),
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "cases/assessment/countersign.html", context)


def _signed(case, assessment):
    """What happens next and who does it."""
    if assessment.state == AssessmentState.WAITING:
        before = case.assessments.in_force().exists()
        holds = "the one before it holds" if before else "none written here is in force"
        return (
            "The assessment is signed. It is in force once a senior probation officer has countersigned it: "
            f"they have been told, and agree it or return it. Until then {holds}."
        )
    return (
        f"The assessment is signed and in force. {officer_of(case)} makes the plan from it, and the GRID "
        "places the case again within a minute."
    )


def _answered(case, agreed):
    if agreed:
        return (
            f"The assessment is countersigned and in force. {officer_of(case)} has been told and makes the "
            "plan from it."
        )
    return "The assessment is returned. The officer has been told, and is led to the question you chose."
