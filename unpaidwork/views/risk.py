"""The risk of unpaid work on one case: what stands before an allocation, and the assessment, written and signed."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from cases.access import case_view
from cases.queries.header import case_header
from cases.reference.overrides import Act
from staff.errors import RuleBroken
from staff.kit import Link, on, tag
from staff.permissions import Action
from staff.views.keeping import say_closed, words_of
from unpaidwork.forms.risk import DAY_OF_ALL, SOURCE_OF_ALL, RiskPartForm
from unpaidwork.models import Work
from unpaidwork.queries.anywhere import before_any_place
from unpaidwork.queries.before_work import before_work
from unpaidwork.queries.gate import is_woman
from unpaidwork.queries.risk import draft_of, earlier_of, find_risk, in_force_of, risk_facts
from unpaidwork.queries.risk_page import (
    INDUCTION,
    chapters_of,
    draft_gaps,
    known_of,
    stands_of,
    tasks_of,
)
from unpaidwork.reference.risk import RiskState
from unpaidwork.reference.risk_questions import RiskPart
from unpaidwork.rules.risk import OFFICERS_ASSESS, asked_of, may_assess, parts_of, to_do
from unpaidwork.services import risk as services

TAB = "case-unpaid-work"
NOTHING_TO_WRITE = "No risk assessment for unpaid work is being written on this case."
LEADS = {
    RiskPart.HARM: "What has happened and could happen, whatever the current offence is. Any “Yes” here to violence, "
    "abuse, weapons, children, sexual offending or fire calls for the full analysis of the case.",
    RiskPart.MANAGING: "What a site, a group or a supervisor must be chosen by.",
    RiskPart.SLAVERY: "Asked of everybody. Few say it by themselves.",
    RiskPart.HEALTH: "So that nobody is hurt by the work, and nobody is sent home for want of an adjustment.",
    RiskPart.DIVERSITY: "So that the work fits who they are.",
    RiskPart.ETE: "So that the work leads somewhere.",
    RiskPart.MOTIVATION: "Ask them, and write down what they say.",
    RiskPart.PLACEMENT: "What a place is found by.",
    RiskPart.NPS: "The NPS manages this person: what their officer there knows comes from them, by name and day.",
}


@case_view(Action.VIEW_UNPAID_WORK)
def work_risk(request, case):
    """What stands before an allocation; where the assessment stands; and the parts of the one being written."""
    today = localdate()
    header = case_header(case, request.user, today, TAB)
    may_write = Action.WRITE_WORK_RISK in header.may and _is_theirs(case, request.user)
    draft, in_force = draft_of(case), in_force_of(case)
    before = before_work(case, before_any_place(case, today, strip=header.rows), header, today)
    left = to_do(risk_facts(draft, today)) if draft else []
    context = {
        "case_header": header,
        "before": before,
        "induction": INDUCTION,
        "ask": _may_ask(case, before.left, header.may),
        "waits": case.overrides.waiting().filter(act=Act.ALLOCATION).first()
        if Action.VIEW_OVERRIDES in header.may
        else None,
        "stands": stands_of(case, in_force, today),
        "draft": draft,
        "begun": f"Begun by {draft.begun_by.name} on {on(draft.begun_on)}." if draft else "",
        "may_write": may_write,
        "may_begin": may_write and not draft and Work.objects.open().filter(case=case).exists(),
        "gaps": draft_gaps(case, left, header.names) if may_write else [],
        "tasks": list(tasks_of(case, left)) if draft and may_write else [],
        "earlier": [
            Link(f"Signed {on(localdate(one.signed_at))}, {one.signed_by.name}", reverse("see-work-risk", args=[case.crn, one.pk]))
            for one in earlier_of(case)
        ],
    }  # fmt: skip
    return render(request, "unpaidwork/risk/risk.html", context)


def _may_ask(case, left, may):
    """Where to ask to go ahead, where there is anything that may be passed over."""
    if Action.ASK_OVERRIDE in may and any(one.may_override for one in left):
        return reverse("ask-work-override", args=[case.crn])
    return ""


@case_view(Action.WRITE_WORK_RISK)
@require_POST
def begin_risk(request, case):
    try:
        services.begin_risk(case=case, by=request.user, today=localdate())
    except RuleBroken as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, "Begun. What the record knows is filled in for you to confirm.")
    return redirect("work-risk", crn=case.crn)


@case_view(Action.WRITE_WORK_RISK)
def risk_part(request, case, risk_part):
    """One part of it. What two people answered is put together, and nothing is overwritten."""
    risk, part = draft_of(case), _part(case, risk_part)
    if why := _not_now(case, risk, request.user):
        say_closed(request, why)
        return redirect("work-risk", crn=case.crn)
    today = localdate()
    header, words = case_header(case, request.user, today, TAB), words_of(request)
    record = risk_facts(risk, today).record
    questions = [one for one in asked_of(**_of_them(case)) if one.part == part]
    shown = {one.question for one in record if one.said}
    form = words.form(RiskPartForm, questions=questions, answers=risk.answers, shown=shown)
    clashes = []
    if request.method == "POST" and form.is_valid():
        outcome = form.carry_out(
            services.answer_risk, risk=risk, part=part, by=request.user, today=today
        )
        if outcome and not outcome.conflicts:
            words.forget()
            messages.success(request, f"{part.title}: saved.")
            return redirect(_after(request, case, part))
        if outcome:
            stands = find_risk(case, risk.pk).answers
            form.stands = {code: stands.get(code) for code in form.questions}
            clashes = form.show_clashes(outcome.conflicts)
    known = known_of(record, header.names)
    context = {
        "case_header": header,
        "title": part.title,
        "lead": LEADS[part],
        "form": form,
        "words": words,
        "of_all": (form[SOURCE_OF_ALL], form[DAY_OF_ALL]),
        "clashes": clashes,
        "blocks": [(block, known.get(block.question.code, [])) for block in form.blocks()],
        "last": part == parts_of(**_of_them(case))[-1],
        "back": reverse("work-risk", args=[case.crn]),
    }
    return render(request, "unpaidwork/risk/part.html", context)


def _is_theirs(case, user):
    return may_assess(user.role, retained=bool(case.retained_by))


def _not_now(case, risk, user):
    """Why the one being written is not for this reader to write; blank where it is."""
    if not _is_theirs(case, user):
        return OFFICERS_ASSESS
    return "" if risk else NOTHING_TO_WRITE


def _of_them(case):
    return {"woman": is_woman(case), "retained": bool(case.retained_by)}


def _part(case, code):
    if code not in {str(one) for one in parts_of(**_of_them(case))}:
        raise Http404
    return RiskPart(code)


def _after(request, case, part):
    """The next part, or back to the list of them."""
    parts = parts_of(**_of_them(case))
    if request.POST.get("then") == "on" and part != parts[-1]:
        return reverse("work-risk-part", args=[case.crn, parts[parts.index(part) + 1].value])
    return reverse("work-risk", args=[case.crn])


@case_view(Action.WRITE_WORK_RISK)
def sign_risk(request, case):
    """All of it to be read once more, and the signature."""
    risk, today = draft_of(case), localdate()
    if why := _not_now(case, risk, request.user):
        messages.info(request, why)
        return redirect("work-risk", crn=case.crn)
    refused = ""
    if request.method == "POST":
        try:
            signed = services.sign_risk(risk=risk, by=request.user, now=now())
        except RuleBroken as refusal:
            refused = str(refusal)
        else:
            messages.success(request, f"Signed. It is good until {on(signed.good_until)}, unless something changes.")  # fmt: skip
            return redirect("work-risk", crn=case.crn)
    header = case_header(case, request.user, today, TAB)
    context = {
        "case_header": header,
        "gaps": draft_gaps(case, to_do(risk_facts(risk, today)), header.names),
        "refused": header.names.text(refused),
        "chapters": chapters_of(case, risk.answers, header.names),
        "back": reverse("work-risk", args=[case.crn]),
    }
    return render(request, "unpaidwork/risk/sign.html", context)


@case_view(Action.WRITE_WORK_RISK)
def drop_risk(request, case):
    risk = draft_of(case)
    if why := _not_now(case, risk, request.user):
        messages.info(request, why)
        return redirect("work-risk", crn=case.crn)
    if request.method == "POST":
        services.drop_risk(risk=risk, by=request.user, today=localdate())
        messages.success(request, "It is given up. An assessment is owed still before anybody is allocated.")  # fmt: skip
        return redirect("work-risk", crn=case.crn)
    context = {
        "case_header": case_header(case, request.user, localdate(), TAB),
        "begun": f"{risk.begun_by.name} began it on {on(risk.begun_on)}.",
        "back": reverse("work-risk", args=[case.crn]),
    }
    return render(request, "unpaidwork/risk/drop.html", context)


@case_view(Action.VIEW_UNPAID_WORK)
def see_risk(request, case, risk):
    """One of them whole, as it is printed."""
    found = find_risk(case, risk)
    if found is None:
        raise Http404
    header = case_header(case, request.user, localdate(), TAB)
    signed = found.state != RiskState.DRAFT
    context = {
        "case_header": header,
        "tag": tag({RiskState.DRAFT: "draft", RiskState.SIGNED: "signed"}.get(RiskState(found.state), "superseded")),
        "stands": f"{RiskState(found.state).title}. Signed by {found.signed_by.name} on "
        f"{on(localdate(found.signed_at))}, good until {on(found.good_until)}."
        if signed
        else f"Being written. Begun by {found.begun_by.name} on {on(found.begun_on)}.",
        "rested_on": [header.names.text(words) for words in found.evidence.get("facts", {}).values()],
        "signed": signed,
        "chapters": chapters_of(case, found.answers, header.names),
        "back": reverse("work-risk", args=[case.crn]),
    }  # fmt: skip
    return render(request, "unpaidwork/risk/see.html", context)
