"""How we get in touch with somebody: what they said is safe, what may be sent, in which language."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from cases.access import case_view
from cases.forms.contact_details import AddContactForm, ContactDetailsForm
from cases.queries.contact_details import (
    contact_answers,
    homes_of_case,
    how_reminded,
    numbers_of,
    when_asked,
)
from cases.queries.header import case_header
from cases.services import contact_details as services
from staff.errors import RuleBroken
from staff.permissions import Action
from staff.views.keeping import words_of

TAB = "case-person"
HERE = "contact-details"
SAID = "Recorded as asked today, with your name."
BEING_SENT = "A reminder was being sent at that very moment, so it may still arrive."


@case_view(Action.SET_SAFE_CONTACT)
def contact_details(request, case):
    header, words = case_header(case, request.user, localdate(), TAB), words_of(request)
    asked = {
        "numbers": numbers_of(case),
        "homes": homes_of_case(case, header.names),
        "stands": contact_answers(case, header.names),
    }
    form = words.form(ContactDetailsForm, **asked)
    clashes = []
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(
            services.set_contact_details, case=case, by=request.user, today=localdate(), now=now()
        )
        if done and not done.conflicts:
            words.forget()
            messages.success(request, _said(case))
            return redirect(HERE, crn=case.crn)
        if done:
            form.stands = contact_answers(case, header.names)
            clashes = form.show_clashes(done.conflicts)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "clashes": clashes,
        "own": [one for one in asked["numbers"] if not one.imported],
        "reminded": how_reminded(case),
        "asked": when_asked(case),
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "cases/contact_details.html", context)


@case_view(Action.SET_SAFE_CONTACT)
def add_contact(request, case):
    header, words = case_header(case, request.user, localdate(), TAB), words_of(request)
    form = words.form(AddContactForm)
    if request.method == "POST" and form.is_valid():
        known = {"case": case, "by": request.user, "today": localdate(), "now": now()}
        if form.carry_out(services.add_contact, **known):
            words.forget()
            messages.success(request, f"It is on record. {how_reminded(case)}")
            return redirect(HERE, crn=case.crn)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "back": reverse(HERE, args=[case.crn]),
    }
    return render(request, "cases/add_contact.html", context)


@case_view(Action.SET_SAFE_CONTACT)
@require_POST
def remove_contact(request, case, reachable):
    found = get_object_or_404(case.reachable, pk=reachable)
    try:
        services.remove_contact(case=case, reachable=found, by=request.user, now=now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"It is off the record. {how_reminded(case)}")
    return redirect(HERE, crn=case.crn)


def _said(case):
    going = services.being_sent(case)
    return " ".join(filter(None, [SAID, how_reminded(case), BEING_SENT if going else ""]))
