"""Pages on which something is done about a supervision: plan, move, call off, begin, agree, sign, read, settle."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from cases.access import staff_view
from cases.forms.senior_actions import SettleActionForm
from cases.reference.senior_actions import SeniorActionState
from oversight.forms.supervision import AgreeForm, CallOffForm, PlanForm, ReadForm, SignForm
from oversight.queries import supervision as queries
from oversight.reference.supervision import UNFINISHED, SupervisionState
from oversight.services import supervision as services
from staff.errors import RuleBroken
from staff.kit import on
from staff.permissions import Action
from staff.views.keeping import say_closed, words_of

CLOSED = "That is not open on this supervision: see where it stands."
SETTLED = "There is nothing more to do about this: see where it stands."


@staff_view(Action.HOLD_SUPERVISION)
def plan_supervision(request, officer):
    one = get_object_or_404(
        queries.officers_within(request.user, Action.HOLD_SUPERVISION), pk=officer
    )
    back = reverse("officer-supervision", args=[one.pk])
    form = PlanForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        known = {"officer": one, "by": request.user, "today": localdate()}
        if made := form.carry_out(services.plan_supervision, **known):
            messages.success(
                request,
                f"It is planned for {on(made.planned_on)}. {one.name} sees it on their page of supervision.",
            )
            return redirect("supervision", supervision=made.pk)
    asked = {"heading": f"Plan a supervision of {one.name}", "lead": "", "button": "Plan it"}
    return render(request, "oversight/supervision/act.html", {"form": form, "back": back} | asked)


@staff_view(Action.HOLD_SUPERVISION)
def move_supervision(request, supervision):
    return _act(
        request, supervision, Action.HOLD_SUPERVISION, {SupervisionState.PLANNED}, PlanForm, services.move_supervision,
        heading="Move the supervision to another day",
        button="Move it",
        said=lambda one: f"It is planned for {on(one.planned_on)} now.",
    )  # fmt: skip


@staff_view(Action.HOLD_SUPERVISION)
def call_off_supervision(request, supervision):
    return _act(
        request, supervision, Action.HOLD_SUPERVISION, UNFINISHED, CallOffForm, services.call_off_supervision,
        heading="Call the supervision off",
        lead="Where it has begun, what was agreed in it stands.",
        button="Call it off",
        said=lambda one: "It is called off. Plan another: by the policy one is owed as before.",
    )  # fmt: skip


@staff_view(Action.HOLD_SUPERVISION)
@require_POST
def begin_supervision(request, supervision):
    found = get_object_or_404(
        queries.sessions_within(request.user, Action.HOLD_SUPERVISION), pk=supervision
    )
    try:
        services.begin_supervision(supervision=found, by=request.user, today=localdate())
    except RuleBroken as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(
            request, "It has begun, and its agenda is kept as it stands now. Agree actions as you talk, then write it up and sign."
        )  # fmt: skip
    return redirect("supervision", supervision=found.pk)


@staff_view(Action.HOLD_SUPERVISION)
def agree_action(request, supervision):
    return _act(
        request, supervision, Action.HOLD_SUPERVISION, {SupervisionState.HELD}, AgreeForm, services.agree_action,
        heading="Agree an action",
        lead="One at a time. On a case it becomes a deadline in the officer’s work; on no case it stands on their page of "
        "supervision until it is done.",
        button="Agree it",
        said=lambda made: "It is agreed." if made.on_case_id is None else "It is agreed, and stands in the officer’s work.",
        asks=lambda found: {"officer": found.officer, "by": request.user},
        known={"now": now()},
    )  # fmt: skip


@staff_view(Action.HOLD_SUPERVISION)
def sign_supervision(request, supervision):
    return _act(
        request, supervision, Action.HOLD_SUPERVISION, {SupervisionState.HELD}, SignForm, services.sign_supervision,
        heading="Write it up and sign",
        button="Sign it",
        said=lambda one: f"It is signed. {one.officer.name} reads it next, and may answer.",
        known={"now": now()},
    )  # fmt: skip


@staff_view(Action.ANSWER_SUPERVISION)
def read_supervision(request, supervision):
    def service(*, today, **known):
        return services.read_supervision(**known)

    return _act(
        request, supervision, Action.ANSWER_SUPERVISION, {SupervisionState.SIGNED}, ReadForm, service,
        heading="Say that you have read it",
        button="Say that you have read it",
        said=lambda one: f"You have read it. {one.senior.name} sees that, and what you answered.",
        known={"now": now()},
    )  # fmt: skip


@staff_view(Action.ANSWER_SUPERVISION)
def do_agreed_action(request, agreed):
    return _settle(
        request, agreed, Action.ANSWER_SUPERVISION, services.do_agreed_action,
        heading="Say it is done",
        asks=("What was done?", "Your senior reads this, and talks about it with you next time."),
        said="It is done, and your senior sees so.",
    )  # fmt: skip


@staff_view(Action.HOLD_SUPERVISION)
def withdraw_agreed_action(request, agreed):
    return _settle(
        request, agreed, Action.HOLD_SUPERVISION, services.withdraw_agreed_action,
        heading="Ask for it no longer",
        asks=("Why is it not asked for any more?", "The officer reads this."),
        said="It is not asked for any more.",
    )  # fmt: skip


def _act(request, key, action, states, form_class, service, *, heading, button, said, lead="", asks=None, known=None):  # fmt: skip
    """A page that asks one thing of a session in one of these states and carries it out."""
    user = request.user
    found = get_object_or_404(queries.sessions_within(user, action), pk=key)
    if found.state not in states:
        say_closed(request, CLOSED)
        return redirect("supervision", supervision=found.pk)
    words = words_of(request)
    form = words.form(form_class, **(asks(found) if asks else {}))
    if request.method == "POST" and form.is_valid():
        given = {"supervision": found, "by": user, "today": localdate()} | (known or {})
        if done := form.carry_out(service, **given):
            words.forget()
            messages.success(request, said(done))
            return redirect("supervision", supervision=found.pk)
    back = reverse("supervision", args=[found.pk])
    other = found.senior if user == found.officer else found.officer
    whose = f"With {other.name}, planned for {on(found.planned_on)}. {lead}".rstrip()
    asked = {"heading": heading, "lead": whose, "button": button, "back": back}
    return render(request, "oversight/supervision/act.html", {"form": form, "words": words} | asked)


def _settle(request, key, action, service, *, heading, asks, said):
    user = request.user
    found = get_object_or_404(queries.agreed_within(user, action), pk=key)
    officer = found.supervision.officer_id
    if found.state != SeniorActionState.OPEN:
        say_closed(request, SETTLED)
        return redirect("officer-supervision", officer=officer)
    words = words_of(request)
    form = words.form(SettleActionForm, asks=asks)
    sent = request.method == "POST" and form.is_valid()
    if sent and form.carry_out(service, agreed=found, by=user, today=localdate()):
        words.forget()
        messages.success(request, said)
        return redirect("officer-supervision", officer=officer)
    asked = {"heading": heading, "lead": "", "button": heading, "agreed": found}
    back = reverse("officer-supervision", args=[officer])
    context = {"form": form, "words": words, "back": back} | asked
    return render(request, "oversight/supervision/act.html", context)
