"""The book of prisons: where somebody may be held, how the prison is reached, where one waits at the gate."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from staff.access import staff_view
from staff.kit import Column, Link
from staff.permissions import Action, reach
from staff.views.keeping import words_of
from ttg.forms.custody import PrisonForm
from ttg.models import Prison
from ttg.queries.prisons import prison_rows
from ttg.services import prisons as services

COLUMNS = [
    Column(text)
    for text in ("Prison", "Held there", "Telephone", "Postcode", "Resettlement prison", "Where to wait")
]  # fmt: skip


@staff_view(Action.VIEW_SERVICES)
def prisons(request):
    may_set = bool(reach(request.user.role, Action.SET_SERVICES))
    context = {
        "columns": COLUMNS,
        "rows": prison_rows(request.user, may_set),
        "actions": [Link("Add a prison", reverse("add-prison"))] if may_set else [],
    }
    return render(request, "ttg/custody/prisons.html", context)


@staff_view(Action.SET_SERVICES)
def add_prison(request):
    words = words_of(request)
    form = words.form(PrisonForm)
    if _taken(request, form, services.add_prison):
        return _done(request, words, "The prison is in the book.")
    return _drawn(request, form, words, "Add a prison", "Add to the book")


@staff_view(Action.SET_SERVICES)
def change_prison(request, prison):
    found = get_object_or_404(Prison, pk=prison)
    words = words_of(request)
    form = words.form(PrisonForm, initial={name: getattr(found, name) for name in services.SAID})
    if _taken(request, form, services.change_prison, prison=found):
        return _done(request, words, "The book is changed.")
    return _drawn(request, form, words, f"Change {found.name}", "Change the book")


def _taken(request, form, service, **known):
    sent = request.method == "POST" and form.is_valid()
    return sent and form.carry_out(service, **known, by=request.user)


def _done(request, words, text):
    words.forget()
    messages.success(request, text)
    return redirect("prisons")


def _drawn(request, form, words, heading, button):
    context = {
        "form": form,
        "words": words,
        "heading": heading,
        "button": button,
        "back": reverse("prisons"),
    }
    return render(request, "ttg/custody/prison.html", context)
