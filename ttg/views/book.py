"""The book of community services: read by whoever refers, kept by the hub and Through the Gate."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from staff.kit import Column, Link
from staff.permissions import Action, reach
from staff.views.keeping import words_of
from ttg.forms.book import ChangeServiceForm, ServiceForm
from ttg.models import Service
from ttg.queries.book import book_rows
from ttg.services import book as services

COLUMNS = [Column(text) for text in ("Service", "Helps with", "How to reach it", "Where", "Open")]


@staff_view(Action.VIEW_SERVICES)
def book(request):
    may_set = bool(reach(request.user.role, Action.SET_SERVICES))
    context = {
        "columns": COLUMNS,
        "rows": book_rows(localdate(), may_set=may_set),
        "actions": [Link("Add a service", reverse("add-service"))] if may_set else [],
        "may_refer": reach(request.user.role, Action.REFER_TO_SERVICE),
    }
    return render(request, "ttg/book/services.html", context)


@staff_view(Action.SET_SERVICES)
def add_service(request):
    words = words_of(request)
    form = words.form(ServiceForm)
    known = {"by": request.user, "today": localdate()}
    if request.method == "POST" and form.is_valid() and form.carry_out(services.add_service, **known):  # fmt: skip
        words.forget()
        messages.success(request, "It is in the book, and people may be referred to it.")
        return redirect("services")
    return _drawn(request, form, words, "Add a service", "Add to the book")


@staff_view(Action.SET_SERVICES)
def change_service(request, service):
    found = get_object_or_404(Service, pk=service)
    words = words_of(request)
    begun = {name: getattr(found, name) for name in services.SAID} | {"ended_on": found.ended_on}
    begun["weekdays"] = [str(one) for one in found.weekdays]
    form = words.form(ChangeServiceForm, initial=begun)
    change = partial(services.change_service, service=found)
    known = {"by": request.user, "today": localdate()}
    if request.method == "POST" and form.is_valid() and form.carry_out(change, **known):
        words.forget()
        messages.success(request, "The book is changed.")
        return redirect("services")
    return _drawn(request, form, words, f"Change {found.name}", "Change the book")


def _drawn(request, form, words, heading, button):
    revealed = form.revealed_fields()
    context = {
        "form": form,
        "fields": [field for field in form if field.name not in revealed],
        "words": words,
        "heading": heading,
        "button": button,
        "back": reverse("services"),
    }
    return render(request, "ttg/book/form.html", context)
