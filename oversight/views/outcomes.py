"""Outcomes to log: logged in the list itself, one by one, or several that were kept at once."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now

from cases.access import staff_view
from cases.forms.meetings import QuickOutcomeForm, why_sensitive
from cases.models import Case
from cases.queries.outcomes import (
    booking_of,
    is_voluntary,
    may_credit_rar,
    unlogged,
    usually_sensitive,
    where_of,
)
from cases.reference.appointments import OUTCOMES, RAR_DAY
from cases.rules.addresses import address, number
from cases.rules.outcomes import follows, outcomes_for
from cases.rules.words import counted, within_a_sentence
from cases.services import meetings as services
from oversight.queries.outcomes import (
    MINE,
    WHOSE,
    count_to_log,
    find_to_log,
    page_to_log,
    row_of,
    scopes,
)
from staff.audit import record
from staff.errors import RuleBroken
from staff.kit import Link, Masked
from staff.permissions import Action
from staff.views.keeping import words_of
from staff.views.lists import remember_list

MASKED_AT_ONCE = 100


@staff_view(Action.RECORD_OUTCOME)
def outcomes_to_log(request):
    """With ?whose= of mine or my team's, ?open= of the row whose form is open."""
    at, user = now(), request.user
    offered = scopes(user)
    whose = request.GET.get("whose", MINE)
    whose = whose if whose in offered else MINE
    base, codes = reverse("outcomes-to-log"), {"whose": whose if whose != MINE else ""}
    here = address(base, **codes)
    if request.method == "POST" and {"log", "kept"} & request.POST.keys():
        return _log_kept(request, here, at)
    opened = find_to_log(user, at, number(request.GET.get("open", "")) or 0, whose=whose)
    form, words = _open_form(request, opened, at) if opened else (None, None)
    if request.method == "POST" and form and words and form.is_valid():
        done = form.carry_out(services.record_meeting, contact=opened, by=user, now=at)
        if done:
            words.forget()
            return _after(request, opened, here)
    after = number(request.GET.get("after", "")) or ""
    page = page_to_log(user, at, whose=whose, after=after)
    within = Case.objects.within_reach(user, Action.RECORD_OUTCOME)
    context = {
        "scopes": [
            Link(WHOSE[one], address(base, whose=one), current=one == whose) for one in offered
        ],
        "rows": [row_of(one, here) for one in page.rows],
        "opened": opened and opened.pk,
        "form": form,
        "words": words,
        "bulk": whose == MINE,
        "here": here,
        "masked": [Masked(*row) for row in within.masked_to(user)[:MASKED_AT_ONCE]],
        "shown": counted(count_to_log(user, at, whose=whose), "appointment"),
        "first": here if after else "",
        "next": address(base, **codes, after=page.next_after) if page.next_after else "",
    }
    remember_list(request, "Outcomes to log")
    return render(request, "oversight/outcomes.html", context)


def _after(request, contact, here):
    """Whoever is to be rung or decided about is shown on the page of the appointment; else the list goes on."""
    contact.refresh_from_db()
    said, crn = OUTCOMES[contact.outcome_code], contact.case.crn
    opens = follows(said)
    if opens.call or opens.decision:
        return redirect(address(reverse("appointment", args=[crn, contact.pk]), recorded=1))
    messages.success(request, f"{crn} is recorded: {within_a_sentence(said.title)}.")
    return redirect(here)


def _open_form(request, contact, at):
    user, today = request.user, localtime(at).date()
    record(by=user, action=Action.RECORD_OUTCOME, crn=contact.case.crn)
    kept = usually_sensitive(contact, user)
    words = words_of(request)
    form = words.form(
        QuickOutcomeForm,
        outcomes=outcomes_for(
            voluntary=is_voluntary(contact, today), ahead=False, where=where_of(contact)
        ),
        rar=may_credit_rar(contact, booking_of(contact)),
        why_sensitive=why_sensitive(kept),
        initial={
            "became_aware_on": localtime(contact.started_at).date(),
            "sensitive": contact.sensitive if kept is None else kept,
            "rar_day": contact.rar_activity or contact.type_code == RAR_DAY,
        },
    )
    return form, words


def _log_kept(request, here, at):
    """Those of one's own that were chosen, all or none."""
    keys = {number(one) or 0 for one in request.POST.getlist("kept")}
    chosen = list(unlogged(request.user, at).filter(pk__in=keys).select_related("case"))
    try:
        done = services.log_as_kept(contacts=chosen, by=request.user, now=at)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        said = counted(done, "appointment is", "appointments are")
        messages.success(request, f"{said} recorded as attended. Notes can be added on each page.")
    return redirect(here)
