"""The agency book: whom we ask, for which area, how, and how long they take."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.forms.agencies import AgencyForm
from cases.models import Agency
from cases.queries.agencies import agency_page, book_rows, waiting_at, with_nobody_to_go_to
from cases.rules.words import counted
from cases.services import agencies as services
from staff.errors import RuleBroken
from staff.kit import Column, Link
from staff.permissions import Action, reach
from staff.views.keeping import words_of

COLUMNS = [
    Column(text) for text in ("Agency", "Asked about", "Areas", "How they are asked", "Turnaround")
]
FOLLOWS = "Enquiries not yet sent now go to whoever answers for each area."


@staff_view(Action.VIEW_AGENCIES)
def agencies(request):
    context = {
        "columns": COLUMNS,
        "rows": book_rows(localdate()),
        "actions": [Link("Add an agency", reverse("add-agency"))] if _may_set(request) else [],
    }
    return render(request, "cases/agencies/list.html", context)


@staff_view(Action.VIEW_AGENCIES)
def agency(request, agency):
    found = get_object_or_404(Agency, pk=agency)
    today = localdate()
    ended = found.ended_on is not None and found.ended_on <= today
    context = {
        "page": agency_page(found, request.user),
        "may_set": _may_set(request) and not ended,
        "agency": found,
        "back": reverse("agencies"),
    }
    return render(request, "cases/agencies/one.html", context)


@staff_view(Action.SET_AGENCIES)
def add_agency(request):
    words = words_of(request)
    form = words.form(AgencyForm)
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(services.add_agency, by=request.user, today=localdate())
        if made:
            words.forget()
            messages.success(request, f"{made.name} is in the book. {FOLLOWS}")
            return redirect("agency", agency=made.pk)
    back = reverse("agencies")
    return _form_page(request, form, words, "Add an agency", "Add to the book", back)


@staff_view(Action.SET_AGENCIES)
def change_agency(request, agency):
    found = get_object_or_404(Agency, pk=agency)
    back = reverse("agency", args=[agency])
    words = words_of(request)
    held = {name: getattr(found, name) for name in services.SAID}
    begun = held | {"areas": "\n".join(found.areas)}
    form = words.form(AgencyForm, initial=begun, changing=True)
    if request.method == "POST":
        given = {"agency": found, "by": request.user, "today": localdate()}
        if form.is_valid() and form.carry_out(services.change_agency, **given):
            words.forget()
            messages.success(request, f"The book is changed. {FOLLOWS}")
            return redirect(back)
    return _form_page(request, form, words, f"Change {found.name}", "Change the book", back)


@staff_view(Action.SET_AGENCIES)
def end_agency(request, agency):
    found = get_object_or_404(Agency, pk=agency)
    if request.method == "POST":
        try:
            services.end_agency(agency=found, by=request.user, today=localdate())
        except RuleBroken as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{found.name} is asked no more. {_left(request, found)}")
        return redirect("agency", agency=agency)
    due, sent = waiting_at(found, request.user)
    context = {
        "agency": found,
        "waiting": f"To be sent to it: {_enquiries(due)}. Awaiting its answer: {_enquiries(sent)}.",
        "back": reverse("agency", args=[agency]),
    }
    return render(request, "cases/agencies/end.html", context)


def _left(request, ended):
    """What became of the enquiries not yet sent to an agency that is out of the book."""
    alone = with_nobody_to_go_to(ended.kind, request.user)
    if not alone:
        return FOLLOWS
    return (
        f"Nobody in the book answers now for {_enquiries(alone)} of its kind. "
        "They cannot be sent until somebody does: add an agency for their areas."
    )


def _enquiries(number):
    return counted(number, "enquiry", "enquiries")


def _may_set(request):
    return bool(reach(request.user.role, Action.SET_AGENCIES))


def _form_page(request, form, words, heading, button, back):
    context = {"form": form, "words": words, "heading": heading, "button": button, "back": back}
    return render(request, "cases/agencies/form.html", context)
