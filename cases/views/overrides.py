"""Pages about the overrides of one case: asking for one, seeing it, deciding, closing and reading it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.forms.overrides import (
    AskOverrideForm,
    CloseOverrideForm,
    DecideOverrideForm,
    ReadOverrideForm,
)
from cases.queries.header import case_header
from cases.queries.open_gates import before_signing, open_gates
from cases.queries.override_pages import ABOUT, CLOSED_AT, DECIDED_AT, find_override, override_page
from cases.queries.overrides import approved_this_month
from cases.reference.overrides import ONCE_APPROVED, OPEN_ONCE_DECIDED, Act, OverrideState
from cases.rules.overrides import is_capped, last_day
from cases.services import overrides as services
from cases.services.policy import assessing_policy
from staff.kit import Line, on
from staff.permissions import Action
from staff.views.keeping import say_closed, words_of

ASKED = (
    "The request is made. A senior probation officer has been told and decides it within one working "
    "day; out of hours any senior may. You are told at once. Until then nothing goes ahead."
)
FULL = (
    "You may refuse this one. To approve it is for another senior probation officer or the head of "
    "service: ring them if it cannot wait."
)
AT_ALREADY = "This request is at “{}” already. What stands below is how it was left."
TABS = {Act.ASSESSMENT: "assessment", Act.PLAN: "plan", Act.ALLOCATION: "case-unpaid-work"}
SIGN = {Act.ASSESSMENT: "sign-assessment", Act.PLAN: "sign-plan"}


@case_view(Action.VIEW_OVERRIDES)
def see_override(request, case, override):
    found = _found(case, override)
    header = case_header(case, request.user, localdate(), TABS[Act(found.act)])
    context = {
        "case_header": header,
        "override": override_page(case, found, header.names, header.may, localdate()),
        "back": _list(header),
    }
    return render(request, "cases/override.html", context)


@case_view(Action.ASK_OVERRIDE)
def ask_override(request, case):
    """With ?act= of what is to be signed, and ?gap= of the gate it was come from, which is chosen."""
    act, today = _act(request), localdate()
    acted_on = _being_written(case, act)
    policy = assessing_policy(today)
    return asking(
        request,
        case,
        act=act,
        shut=open_gates(acted_on, policy, today) if acted_on else [],
        before=before_signing(acted_on, policy, today) if acted_on else None,
        waits=acted_on and acted_on.overrides.waiting().first(),
        back=reverse(SIGN[act], args=[case.crn]),
    )


def asking(request, case, *, act, shut, before, waits, back):
    """The page on which it is asked. `before`: what the service is told of the act; None: nothing can be asked."""
    today, user = localdate(), request.user
    header = case_header(case, user, today, TABS[act])
    may = [one for one in shut if one.may_override]
    last = last_day(assessing_policy(today), today)
    offered = {
        "open_gates": [(one.key, header.names.text(one.sentence)) for one in may],
        "last": on(last),
    }
    words = words_of(request)
    form = words.form(
        AskOverrideForm,
        **offered,
        initial={"expires_on": last, "keys": [request.GET.get("gap", "")]},
    )
    if request.method == "POST" and before and form.is_valid():
        asked = form.carry_out(services.ask_override, **before, by=user, today=today, now=now())
        if asked:
            words.forget()
            messages.success(request, ASKED)
            return redirect("override", crn=case.crn, override=asked.pk)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "about": ABOUT[act],
        "may": may,
        "never": [header.names.text(one.sentence) for one in shut if not one.may_override],
        "waits": waits,
        "back": back,
    }
    return render(request, "cases/ask_override.html", context)


@case_view(Action.DECIDE_OVERRIDE)
def decide_override(request, case, override):
    found = _found(case, override)
    if elsewhere := DECIDED_AT.get(Act(found.act)):
        return redirect(elsewhere, crn=case.crn, override=found.pk)
    before = before_signing(
        found.assessment or found.plan, assessing_policy(localdate()), localdate()
    )
    return deciding(request, case, override, services.decide_override, open_now=before["open_now"])


def deciding(request, case, override, service, **known):
    """The page on which it is decided, by this service."""
    today, user = localdate(), request.user
    policy, approved = assessing_policy(today), approved_this_month(user, today)
    most = policy.override_most_a_month
    used = f"{approved:,} of {most:,}" if is_capped(user.role) else ""
    full = FULL if approved >= most else ""
    return _act_on(
        request,
        case,
        override,
        DecideOverrideForm,
        service,
        {OverrideState.ASKED},
        asks={
            "heading": "Decide a request to go ahead",
            "lead": "Somebody else decides, because whoever asks knows what they hope. Open the case first: it "
            "is recorded whether you did.",
            "button": "Save the decision",
        },
        said=_decided,
        now=now(),
        more=[Line("Approved by you this month", used, detail=full)] if used else [],
        **known,
    )


@case_view(Action.DECIDE_OVERRIDE)
def close_override(request, case, override):
    found = _found(case, override)
    if elsewhere := CLOSED_AT.get(Act(found.act)):
        return redirect(elsewhere, crn=case.crn, override=found.pk)
    return closing(request, case, override, services.close_override)


def closing(request, case, override, service, **known):
    """The page on which it is closed by hand, by this service."""
    return _act_on(
        request,
        case,
        override,
        CloseOverrideForm,
        service,
        OPEN_ONCE_DECIDED,
        asks={
            "heading": "Close an override",
            "lead": "From then on nobody goes ahead by it. What is still missing is to be done, or asked for again.",
            "button": "Close it",
        },
        said=lambda one: (
            "The override is closed. Nobody goes ahead by it from now on; it stays on record."
        ),
        **known,
    )


@case_view(Action.READ_OVERRIDE)
def read_override(request, case, override):
    return _act_on(
        request,
        case,
        override,
        ReadOverrideForm,
        services.read_override,
        ONCE_APPROVED,
        asks={
            "heading": "Read an override that was approved",
            "lead": "One of a sample, read by somebody who had no part in it, so that approving stays thinking.",
            "button": "Save what you found",
        },
        said=lambda one: f"Kept. {one.decided_by.name} has been told, and sees what you found.",
        now=now(),
    )


def _act_on(request, case, key, form_class, service, states, *, said, asks, more=(), **known):
    """A page that shows the whole request, asks one thing and carries it out, while it is at one of these states.

    `asks`: its heading, lead and button.
    """
    today = localdate()
    found = _found(case, key)
    if found.state not in states:
        say_closed(request, AT_ALREADY.format(OverrideState(found.state).title))
        return redirect("override", crn=case.crn, override=found.pk)
    words = words_of(request)
    form = words.form(form_class)
    if request.method == "POST" and form.is_valid():
        known |= {"override": found, "by": request.user, "today": today}
        if done := form.carry_out(service, **known):
            words.forget()
            messages.success(request, said(done))
            return redirect("override", crn=case.crn, override=done.pk)
    header = case_header(case, request.user, today, TABS[Act(found.act)])
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "fields": [form[name] for name in form.fields],
        "override": override_page(case, found, header.names, header.may, today),
        "more": list(more),
        "back": _list(header),
    }
    return render(request, "cases/act_on_override.html", context | asks)


def _found(case, key):
    found = find_override(case, key)
    if found is None:
        raise Http404
    return found


def _act(request):
    if request.GET.get("act", Act.ASSESSMENT) not in SIGN:
        raise Http404
    return Act(request.GET.get("act", Act.ASSESSMENT))


def _being_written(case, act):
    written = case.assessments if act == Act.ASSESSMENT else case.plans
    return written.unfinished().first()


def _list(header):
    return reverse("overrides") if Action.VIEW_OVERRIDES in header.may else ""


def _decided(override):
    if override.state == OverrideState.APPROVED:
        until = on(override.expires_on)
        may = f"{override.asked_by.name} may {services.DO_IT[Act(override.act)]}"
        if override.act == Act.ALLOCATION:  # who asks is not who allocates
            may = "They may be allocated"
        return f"Approved. {may} until {until}; then it comes back to you to close."
    return f"Refused. {override.asked_by.name} has been told; what was missing is still to do."
