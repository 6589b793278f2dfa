"""The places where people are seen, and when."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import staff_view
from cases.forms.places import PlaceForm, begun_with
from cases.models import Place
from cases.queries.places import place_rows
from cases.services import places as services
from staff.kit import Link
from staff.permissions import Action, reach
from staff.views.keeping import words_of


@staff_view(Action.VIEW_DIARY)
def places(request):
    may_set = bool(reach(request.user.role, Action.SET_PLACES))
    context = {
        "rows": place_rows(now(), may_set),
        "actions": [Link("Add a place", reverse("add-place"))] if may_set else [],
    }
    return render(request, "cases/places/list.html", context)


@staff_view(Action.SET_PLACES)
def add_place(request):
    words = words_of(request)
    form = words.form(PlaceForm)
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(services.add_place, by=request.user, today=localdate())
        if made:
            words.forget()
            messages.success(
                request, f"{made.name} is in the list. Appointments can be booked there."
            )
            return redirect("places")
    return _form_page(request, form, words, "Add a place", "Add it")


@staff_view(Action.SET_PLACES)
def change_place(request, place):
    found = get_object_or_404(Place, pk=place)
    words = words_of(request)
    form = words.form(PlaceForm, initial=begun_with(found))
    if request.method == "POST" and form.is_valid():
        known = {"place": found, "by": request.user, "today": localdate()}
        if form.carry_out(services.change_place, **known):
            words.forget()
            messages.success(
                request, "Kept. What is booked already stays booked: look whether it still can be."
            )
            return redirect("places")
    return _form_page(request, form, words, f"Change {found.name}", "Keep the change")


def _form_page(request, form, words, heading, button):
    context = {
        "form": form,
        "words": words,
        "heading": heading,
        "button": button,
        "back": reverse("places"),
    }
    return render(request, "cases/places/form.html", context)
