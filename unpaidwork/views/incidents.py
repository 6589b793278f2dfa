"""Reporting something from a site, what was reported, and saying what was done about it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now

from cases.access import staff_view
from cases.models import Case
from cases.rules.addresses import address, number
from staff.permissions import Action
from staff.views.keeping import words_of
from unpaidwork.forms.incidents import AnswerForm, IncidentForm
from unpaidwork.queries.incidents import find_incident, one_incident, page_of_incidents
from unpaidwork.queries.register import expected_on
from unpaidwork.services import incidents as services
from unpaidwork.views.register import found_session

PASSED_ON = "Reported. The coordinators have been told."
AND_OFFICER = "Their officer has it to read by a day, and you see here that they have."
AND_SENIOR = "Because somebody could be hurt, the senior has been told as well."


@staff_view(Action.RUN_SESSION)
def report_incident(request, session):
    found, user = found_session(request, session), request.user
    open_now = Case.objects.open_to(user, Action.RUN_SESSION)
    words = words_of(request)
    form = words.form(IncidentForm, people=expected_on(found).filter(case__in=open_now))
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(services.report_incident, session=found, by=user, now=now())
        if done:
            words.forget()
            said = [PASSED_ON, AND_OFFICER if done.case_id else "", AND_SENIOR if done.case_id and done.harm else ""]  # fmt: skip
            messages.success(request, " ".join(filter(None, said)))
            return redirect(f"{reverse('work-register', args=[found.pk])}#incidents")
    context = {
        "form": form,
        "words": words,
        "project": found.project.name,
        "back": reverse("work-register", args=[found.pk]),
    }
    return render(request, "unpaidwork/register/report.html", context)


@staff_view(Action.RUN_SESSION)
def work_incidents(request):
    """What nobody has said what was done about; with ?every=1 all of it."""
    here, every = reverse("work-incidents"), request.GET.get("every") == "1"
    after = number(request.GET.get("after", "")) or ""
    rows, following = page_of_incidents(request.user, after=after, every=every)
    codes = {"every": "1"} if every else {}
    context = {
        "rows": rows,
        "every": every,
        "first": address(here, **codes) if after else "",
        "next": address(here, after=following, **codes) if following else "",
    }
    return render(request, "unpaidwork/register/incidents.html", context)


@staff_view(Action.CREDIT_HOURS)
def answer_incident(request, incident):
    found = find_incident(request.user, incident)
    if found is None:
        raise Http404
    words = words_of(request)
    form = words.form(AnswerForm)
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(services.answer_incident, incident=found, by=request.user, now=now())
        if done:
            words.forget()
            messages.success(request, "Kept. Whoever reported it sees it.")
            return redirect("work-incidents")
    context = {
        "form": form,
        "words": words,
        "one": one_incident(found, request.user),
        "back": reverse("work-incidents"),
    }
    return render(request, "unpaidwork/register/answer.html", context)
