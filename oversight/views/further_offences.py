"""Pages about a charge with a serious further offence: of one case, what was known then, and the list across cases.

What is kept is read from every app, so that these pages stand where all are read.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now

from cases.access import case_view, staff_view
from cases.forms.further_offences import ChargeForm, NotifiedForm, ReviewForm, SetAsideForm
from cases.models import Case
from cases.queries.header import case_header
from cases.rules.addresses import number
from cases.rules.words import counted
from oversight.queries import further_offences as queries
from oversight.queries.further_offences import SHOWN, Wanted, charges_of, find_charge
from oversight.queries.known_page import known_page
from oversight.services import further_offences as services
from oversight.views.choosing import ShowForm, kept_from, way_on
from staff.permissions import Action
from staff.views.keeping import words_of
from staff.views.lists import remember_list

PAGE, LIST = "further-offence", "further-offences"
SIZE = 50
RECORDED = "It is recorded. What was known is kept as it stands now, and only those who look at it can open the case. See what is owed."
SHUT_OUT = "It is recorded, and access is narrowed: you can no longer open the case. Its senior probation officer and the heads of service have been told."
SET_ASIDE = (
    "It is set aside. Access to the case is as it was before, and what was kept of it stays."
)


@case_view(Action.VIEW_FURTHER_OFFENCE)
def further_offence(request, case):
    today = localdate()
    header = case_header(case, request.user, today, PAGE)
    context = {
        "case_header": header,
        "charges": charges_of(case, header.names, header.may, today),
        "may_record": Action.RECORD_FURTHER_OFFENCE in header.may,
        "back": reverse("case", args=[case.crn]),
    }
    return render(request, "oversight/further_offences/case.html", context)


@case_view(Action.RECORD_FURTHER_OFFENCE)
def record(request, case):
    at, user, words = now(), request.user, words_of(request)
    begun = {"learnt_on": localtime(at).date()}
    form = words.form(ChargeForm, initial=begun)
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(services.record_further_offence, case=case, by=user, now=at)
        if made:
            words.forget()
            return _recorded(request, case)
    return _drawn(request, case, "record", form=form, words=words)


def _recorded(request, case):
    """On to what is owed; whoever covers, and is no longer let in, is told so on their first page."""
    still = Case.objects.open_to(request.user, Action.VIEW_FURTHER_OFFENCE).filter(pk=case.pk)
    if still.exists():
        messages.success(request, RECORDED)
        return redirect(PAGE, crn=case.crn)
    messages.success(request, SHUT_OUT)
    return redirect("home")


@case_view(Action.VIEW_FURTHER_OFFENCE)
def known_then(request, case, further_offence):
    """What was known of the case that day, and what stands differently now. It prints."""
    at, found = now(), _found(case, further_offence)
    header = case_header(case, request.user, localtime(at).date(), PAGE)
    context = {
        "case_header": header,
        "title": header.names.text(found.offence),
        "page": known_page(found, header.names, header.may, at),
        "back": reverse(PAGE, args=[case.crn]),
    }
    return render(request, "oversight/further_offences/known.html", context)


@case_view(Action.NOTIFY_FURTHER_OFFENCE)
def notified(request, case, further_offence):
    found, words = _found(case, further_offence), words_of(request)
    form = words.form(NotifiedForm)
    said = "The notification is recorded."
    return _step(request, case, found, form, words, services.record_notified, "notified", said)


@case_view(Action.NOTIFY_FURTHER_OFFENCE)
def reviewed(request, case, further_offence):
    found, words = _found(case, further_offence), words_of(request)
    form = words.form(ReviewForm)
    said = "The review is handed in, with what it teaches."
    return _step(request, case, found, form, words, services.hand_in_review, "reviewed", said)


@case_view(Action.NOTIFY_FURTHER_OFFENCE)
def set_aside(request, case, further_offence):
    found, words = _found(case, further_offence), words_of(request)
    form = words.form(SetAsideForm)
    return _step(request, case, found, form, words, services.set_aside, "set_aside", SET_ASIDE)


def _step(request, case, found, form, words, service, page, said):
    if request.method == "POST" and form.is_valid():
        known = {"further_offence": found, "by": request.user, "now": now()}
        if form.carry_out(service, **known):
            words.forget()
            messages.success(request, said)
            return redirect(PAGE, crn=case.crn)
    return _drawn(request, case, page, form=form, words=words, found=found)


def _found(case, pk):
    found = find_charge(case, pk)
    if found is None:
        raise Http404
    return found


def _drawn(request, case, page, *, found=None, **context):
    header = case_header(case, request.user, localdate(), PAGE)
    context = {
        "case_header": header,
        "title": header.names.text(found.offence) if found else "",
        "back": reverse(PAGE, args=[case.crn]),
        **context,
    }
    return render(request, f"oversight/further_offences/{page}.html", context)


@staff_view(Action.VIEW_FURTHER_OFFENCE)
def further_offences(request):
    today, user, after = localdate(), request.user, request.GET.get("after", "")
    form = ShowForm(request.GET, user=user, action=Action.VIEW_FURTHER_OFFENCE, shows=SHOWN)
    form.is_valid()
    wanted = Wanted(team=form.chosen(), show=form.shown())
    found = queries.page_of_charges(user, wanted, after=number(after), size=SIZE)
    context = {
        **way_on(form, LIST, after, found.next_after),
        "rows": queries.charge_rows(found.rows, user, today),
        "masked": kept_from(user, Action.VIEW_FURTHER_OFFENCE, wanted.team),
        "shown": counted(queries.matching(user, wanted).count(), "charge"),
    }
    remember_list(request, "Serious further offences")
    return render(request, "oversight/further_offences/list.html", context)
