"""Pages about what is raised on one case at once: raising it, and what has been raised."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.forms.raising import RaiseForm
from cases.queries.checks import find_enquiry
from cases.queries.header import case_header
from cases.queries.people import officer_of
from cases.queries.raising import assess_by, in_force, raises_of, what
from cases.reference.information import RaiseKind
from cases.rules.addresses import address, number
from cases.services.raising import raise_now as raise_it
from staff.errors import RuleBroken
from staff.kit import on
from staff.permissions import Action
from staff.views.keeping import words_of


@case_view(Action.RAISE_NOW)
def raise_now(request, case):
    """With ?enquiry= of the reply that says so, where one does, ?kind= of what it changes and ?register= of which flag.

    ?then= the kinds that the reply changes besides, with commas between: each is raised after this one.
    """
    user, stands = request.user, in_force(case)
    enquiry = _enquiry(case, request.GET.get("enquiry", ""))
    words = words_of(request)
    begun = {"kind": request.GET.get("kind", ""), "register": request.GET.get("register", "")}
    form = words.form(RaiseForm, in_force=stands, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            raised = raise_it(case=case, by=user, now=now(), enquiry=enquiry, **form.given())
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            words.forget()
            return _after(request, case, raised, enquiry)
    page = ("check", [case.crn, enquiry.pk]) if enquiry else ("case", [case.crn])
    context = {
        "case_header": case_header(case, user, localdate(), "raise-now"),
        "form": form,
        "words": words,
        "back": reverse(page[0], args=page[1]),
    }
    return render(request, "cases/raise_now.html", context)


def _after(request, case, raised, enquiry):
    """What else the reply changes is raised next; else what was raised, and who does what about it."""
    then = [one for one in RaiseKind if one in request.GET.get("then", "").split(",")]
    if not then or enquiry is None:
        return redirect(address(reverse("raises", args=[case.crn]), raised=raised.pk))
    messages.success(request, f"Raised: {what(raised)}. Raise now what else the reply changes.")
    page = reverse("raise-now", args=[case.crn])
    kind, *later = then
    return redirect(address(page, enquiry=enquiry.pk, kind=kind.value, then=",".join(later)))


@case_view(Action.VIEW_CASE)
def raises(request, case):
    """Everything raised on the case; after a rise, what happens next and who does it."""
    header = case_header(case, request.user, localdate(), "case")
    just = case.raises.select_related("registration").filter(
        pk=number(request.GET.get("raised", "")) or 0
    )
    raised = just.first()
    due_on = assess_by(case)
    context = {
        "case_header": header,
        "raised": raised and what(raised),
        "next": _next(case, due_on) if raised and due_on else [],
        "due": f"To be assessed in full by {on(due_on)}." if due_on else "",
        "raises": raises_of(case, header.names),
        "may_raise": Action.RAISE_NOW in header.may,
    }
    return render(request, "cases/raises.html", context)


def _next(case, due_on):
    return [
        "It is in force now, provisionally, and every page and list shows it. The GRID follows within a minute.",
        "The senior probation officer and whoever holds the case have been told.",
        "Enquiries that it calls for are open, under Checks.",
        f"{officer_of(case)} assesses it in full by {on(due_on)}. Only a signed assessment ends or lowers it.",
    ]


def _enquiry(case, given):
    if not given:
        return None
    found = find_enquiry(case, number(given) or 0)
    if found is None:
        raise Http404
    return found
