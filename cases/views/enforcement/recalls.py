"""Pages about one recall: where it is, Part A, the senior's signature, sending it, what was answered, and withdrawing it.

Each that takes a step which somebody has taken meanwhile says so, keeps what was typed, and leads back to the recall.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now

from cases.access import case_view
from cases.forms.enforcement.recalls import (
    MAY_SAY,
    AnswerForm,
    CountersignForm,
    PartAForm,
    RestForm,
    SendForm,
    WithdrawForm,
)
from cases.queries.enforcement.recalls import (
    authors_of,
    failures_of,
    find_recall,
    gaps_of,
    lines_of,
    recall_page,
    said_of,
    tried_of,
)
from cases.queries.header import case_header
from cases.reference.enforcement import RECALL_MAY_BECOME, RECALL_OVER, RecallState
from cases.rules.enforcement.recalls import NOT_YOUR_OWN, left_of
from cases.services.enforcement import recalls as services
from cases.services.enforcement.recall_papers import draw_part_a
from cases.views.enforcement.packs import as_pdf
from staff.errors import RuleBroken
from staff.permissions import Action
from staff.views.keeping import say_closed, words_of

State, TAB = RecallState, "case-enforcement"
SAVED = "Saved."
SIGNED = "Part A is signed. A senior is told to countersign it; out of hours ring the senior on call now."
REST = "The rest of Part A is written. Where it has gone already, send the NPS the new one."
COUNTERSIGNED = "It is countersigned. It goes to the NPS now: Part A, to be saved and sent, is on the page that sends it."
SENT_BACK = (
    "It is sent back, and whoever holds the case is told. Ring them: the request is owed today."
)
SENT = "It is recorded that the NPS has it. Part A is kept as it went. Their answer is owed the next working day."
ANSWERED: dict[str, str] = {
    State.ENDORSED: "The NPS endorses it. Record when it has gone to the casework section.",
    State.WITH_PPCS: "It is with the casework section. Their decision is owed the next working day.",
    State.DECISION: "They are recalled. See what stands still, and what the victim liaison officer must hear.",
}
GOES_NO_FURTHER = "It is over. Whoever holds the case is told, and supervision goes on."


@dataclass(frozen=True)
class Step:
    """One step as its page puts it."""

    title: str
    lead: str
    button: str


REST_OF_PART_A = Step(
    "Write the rest of Part A", "It went in an emergency. What was signed stands; this is what was left blank.", "Write the rest"
)  # fmt: skip
COUNTERSIGN = Step(
    "Countersign the recall", "Read Part A. Whoever asked for it or signed it does not countersign it.", "Save the decision"
)  # fmt: skip
SEND = Step(
    "Send the recall to the NPS",
    "Save Part A as a PDF and send it by secure e-mail to the NPS. Once it has gone, say so here: it is kept as it went, and the "
    "victim liaison officer is to hear.",
    "It has gone",
)
ANSWER = Step("Record the answer to the recall", "As it was said to you, and by whom.", "Record the answer")  # fmt: skip
WITHDRAW = Step("Withdraw the recall", "Supervision goes on, and so does contact.", "Withdraw the recall")  # fmt: skip


@case_view(Action.VIEW_ENFORCEMENT)
def recall(request, case, recall):
    found, at = _found(case, recall), now()
    header = case_header(case, request.user, localtime(at).date(), TAB)
    page = recall_page(found, header.names, header.may, at)
    back = reverse(TAB, args=[case.crn])
    return render(request, "cases/enforcement/recall.html", {"case_header": header, "page": page, "back": back})  # fmt: skip


@case_view(Action.ASK_RECALL)
def write_part_a(request, case, recall):
    """Saved as one goes; what two people wrote is put together. Signed from the same page."""
    found, at, words = _found(case, recall), now(), words_of(request)
    if found.state != State.DISCUSSED:
        return _elsewhere(request, found)
    header = case_header(case, request.user, localtime(at).date(), TAB)
    form = words.form(PartAForm, answers=found.answers, names=header.names)
    clashes = []
    if request.method == "POST" and form.is_valid():
        known = {"recall": found, "by": request.user, "today": localtime(at).date()}
        outcome = form.carry_out(services.write_part_a, **known)
        found.refresh_from_db()
        if outcome:
            form.stands = {code: found.answers.get(code) for code in form.stands}
            form.saw(outcome.write)
        if outcome and not outcome.conflicts:
            words.forget()
            if request.POST.get("then") != "sign":
                messages.success(request, SAVED)
                return redirect("write-part-a", crn=case.crn, recall=found.pk)
            if _signed(form, found, request.user, at):
                messages.success(request, SIGNED)
                return redirect("recall", crn=case.crn, recall=found.pk)
        if outcome and outcome.conflicts:
            words.keep_again(form)
            clashes = form.show_clashes(outcome.conflicts)
    context = {"form": form, "words": words, "clashes": clashes, "gaps": gaps_of(found)}
    return _drawn(request, found, header, "write_part_a", **context)


def _signed(form, found, user, at):
    try:
        return services.sign_part_a(recall=found, by=user, now=at, **form.ways())
    except RuleBroken as refusal:
        form.add_error(None, str(refusal))
        return None


@case_view(Action.ASK_RECALL)
def finish_part_a(request, case, recall):
    """What was left blank when it went in an emergency."""
    found = _found(case, recall)
    blank = [one.question for one in left_of(found.answers)]
    if not blank or found.state in {State.DISCUSSED, *RECALL_OVER}:
        return _elsewhere(request, found)
    form, words = _form(request, RestForm, blank=blank)
    return _step(request, found, form, words, REST_OF_PART_A, services.finish_part_a, REST)


@case_view(Action.COUNTERSIGN_RECALL)
def countersign_recall(request, case, recall):
    found = _found(case, recall)
    if found.state != State.PART_A:
        return _elsewhere(request, found)
    form, words = _form(request, CountersignForm)
    said = SENT_BACK if form.is_bound and form.data.get("decision") == "back" else COUNTERSIGNED
    own = request.user.pk in authors_of(found)
    beside = {"not_yours": NOT_YOUR_OWN if own else "", "whole": True}
    return _step(request, found, form, words, COUNTERSIGN, services.countersign_recall, said, **beside)  # fmt: skip


@case_view(Action.SUBMIT_BREACH)
def send_recall(request, case, recall):
    found = _found(case, recall)
    if found.state != State.COUNTERSIGNED:
        return _elsewhere(request, found)
    form, words = _form(request, SendForm)
    paper = reverse("part-a-to-send", args=[case.crn, found.pk])
    return _step(request, found, form, words, SEND, services.send_recall, SENT, whole=True, paper=paper)  # fmt: skip


@case_view(Action.SUBMIT_BREACH)
def part_a_to_send(request, case, recall):
    """Part A as it was signed and countersigned, to be sent to the NPS before it is said that it went."""
    found = _found(case, recall)
    if found.state != State.COUNTERSIGNED:
        return _elsewhere(request, found)
    try:
        made = draw_part_a(recall=found, by=request.user, now=now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect("send-recall", crn=case.crn, recall=found.pk)
    return as_pdf(made, f"{case.crn}-part-a.pdf")


@case_view(Action.SUBMIT_BREACH)
def answer_recall(request, case, recall):
    found = _found(case, recall)
    if State(found.state) not in MAY_SAY:
        return _elsewhere(request, found)
    asks_where = not case.pauses.running().filter(kind__in=services.INSIDE).exists()
    form, words = _form(request, AnswerForm, state=found.state, asks_where=asks_where)
    said = ANSWERED.get(form.data.get("to") if form.is_bound else "", GOES_NO_FURTHER)
    return _step(request, found, form, words, ANSWER, services.answer_recall, said)


@case_view(Action.WITHDRAW_BREACH)
def withdraw_recall(request, case, recall):
    found = _found(case, recall)
    if State.WITHDRAWN not in RECALL_MAY_BECOME[State(found.state)]:
        return _elsewhere(request, found)
    form, words = _form(request, WithdrawForm, requested=found.requested_at is not None)
    return _step(request, found, form, words, WITHDRAW, services.withdraw_recall, GOES_NO_FURTHER)  # fmt: skip


def _form(request, form, **given):
    words = words_of(request)
    return words.form(form, **given), words


def _step(request, found, form, words, step, service, said, *, whole=False, **beside):
    """Take the step, or draw its page. `whole`: with Part A beside it."""
    at, case = now(), found.case
    known = {"recall": found, "by": request.user, "now": at}
    sent = request.method == "POST" and form.is_valid()
    if sent and form.carry_out(service, **known):
        words.forget()
        messages.success(request, said)
        return redirect("recall", crn=case.crn, recall=found.pk)
    header = case_header(case, request.user, localtime(at).date(), TAB)
    if whole:
        beside |= {"said": said_of(found, header.names), "tried": tried_of(found, header.names)}
    return _drawn(
        request, found, header, "recall_step", step=step, form=form, words=words, **beside
    )


def _drawn(request, found, header, page, **context):
    context |= {
        "case_header": header,
        "lines": lines_of(found, header.names),
        "failures": failures_of(found, header.names),
        "back": reverse("recall", args=[found.case.crn, found.pk]),
    }
    return render(request, f"cases/enforcement/{page}.html", context)


def _elsewhere(request, found):
    """The recall is not where this page acts on it: somebody was quicker, or it was pressed twice."""
    say_closed(
        request, f"This recall is at “{State(found.state).title}”. Read where it stands now."
    )
    rest = found.emergency and left_of(found.answers) and found.state not in RECALL_OVER
    if rest and request.method == "GET" and request.resolver_match.url_name == "write-part-a":
        return redirect("finish-part-a", crn=found.case.crn, recall=found.pk)
    return redirect("recall", crn=found.case.crn, recall=found.pk)


def _found(case, key):
    found = find_recall(case, key)
    if found is None:
        raise Http404
    return found
