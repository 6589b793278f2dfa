"""Pages about another nationality: how somebody stands with the Home Office, and leave to travel abroad."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.agencies.typeset import PDF
from cases.forms.home_office import (
    AskTravelForm,
    BackForm,
    DecideTravelForm,
    HomeOfficeForm,
    WithdrawTravelForm,
)
from cases.queries.header import case_header
from cases.queries.home_office import (
    find_travel,
    home_office_page,
    stands_with_the_home_office,
    title_of,
    warning_of,
)
from cases.services import travels as services
from cases.services.home_office import record_home_office
from staff.errors import RuleBroken
from staff.permissions import Action
from staff.views.keeping import words_of

PAGE = "home-office"
FIELDS = ("interest", "asked_on", "answered_on", "caseworker", "reference", "conditions")


@case_view(Action.VIEW_HOME_OFFICE)
def home_office(request, case):
    today = localdate()
    header = case_header(case, request.user, today, PAGE)
    context = {
        "case_header": header,
        "page": home_office_page(case, header.names, header.may, today),
        "back": reverse("case", args=[case.crn]),
    }
    return render(request, "cases/home_office/page.html", context)


@case_view(Action.RECORD_HOME_OFFICE)
def record(request, case):
    row, words = stands_with_the_home_office(case), words_of(request)
    begun = {name: getattr(row, name) for name in FIELDS} if row else {"interest": ""}
    form = words.form(HomeOfficeForm, initial=begun | {"version": row.version if row else 0})
    if _taken(request, form, record_home_office, case=case):
        words.forget()
        return _done(request, case, "It is written down.")
    said = {
        "heading": "How they stand with the Home Office",
        "lead": "What we were told, by whom and when. What it means in law is the Home Office’s to say.",
        "button": "Write it down",
    }
    return _drawn(request, case, form, words=words, **said)


@case_view(Action.RECORD_HOME_OFFICE)
def ask(request, case):
    form = AskTravelForm(_posted(request))
    if _taken(request, form, services.ask_travel, case=case):
        return _done(request, case, "It is asked for. A senior probation officer decides within two working days; nothing is booked before that.")  # fmt: skip
    said = {
        "heading": "They ask to travel abroad",
        "lead": "A senior probation officer decides. Say it before anything is booked.",
        "button": "Ask for it",
    }
    return _drawn(request, case, form, **said)


@case_view(Action.DECIDE_TRAVEL)
def decide(request, case, trip):
    found, words = _found(case, trip), words_of(request)
    form = words.form(DecideTravelForm)
    if _taken(request, form, services.decide_travel, travel=found):
        words.forget()
        return _done(request, case, "It is decided, and whoever holds the case has been told.")
    return _drawn(request, case, form, words=words, what=found, heading="Decide on travel abroad", button="Decide")  # fmt: skip


@case_view(Action.RECORD_HOME_OFFICE)
def withdraw(request, case, trip):
    found, form = _found(case, trip), WithdrawTravelForm(_posted(request))
    if _taken(request, form, services.withdraw_travel, travel=found):
        return _done(request, case, "It is no longer asked for.")
    return _drawn(request, case, form, what=found, heading="They do not travel", button="Record it")


@case_view(Action.RECORD_HOME_OFFICE)
def back(request, case, trip):
    found = _found(case, trip)
    form = BackForm(_posted(request), initial={"on": localdate()})
    if _taken(request, form, services.see_back, travel=found):
        return _done(request, case, "It is recorded that they are back.")
    return _drawn(request, case, form, what=found, heading="They are back", button="Record it")


@case_view(Action.RECORD_HOME_OFFICE)
def letter(request, case, trip):
    """As a file to print."""
    found = _found(case, trip)
    try:
        made = services.make_travel_letter(travel=found, by=request.user, today=localdate())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect(PAGE, crn=case.crn)
    answer = HttpResponse(made, content_type=PDF)
    answer["Content-Disposition"] = f'attachment; filename="{case.crn}-travel.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


def _found(case, pk):
    found = find_travel(case, pk)
    if found is None:
        raise Http404
    return found


def _posted(request):
    return request.POST if request.method == "POST" else None


def _taken(request, form, service, **known):
    """Whether what was sent was taken."""
    sent = request.method == "POST" and form.is_valid()
    return sent and form.carry_out(service, **known, by=request.user, now=now())


def _done(request, case, text):
    messages.success(request, text)
    return redirect(PAGE, crn=case.crn)


def _drawn(request, case, form, **context):
    header = case_header(case, request.user, localdate(), PAGE)
    travel = context.pop("what", None)
    context |= {
        "case_header": header,
        "form": form,
        "title": title_of(travel, header.names) if travel else "",
        "why": header.names.text(travel.why) if travel else "",
        "warns": warning_of(case, header.names),
        "back": reverse(PAGE, args=[case.crn]),
    }
    return render(request, "cases/home_office/say.html", context)
