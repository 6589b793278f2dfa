"""The rooms in which groups are held: the list by place, and adding, changing, shutting and opening one again."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from cases.access import staff_view
from cases.queries.booking import places_to_choose
from cases.rules.words import counted
from grid.forms.rooms import AddRoomForm, ChangeRoomForm, ShutRoomForm
from grid.models import Room
from grid.queries.room_pages import places_of_rooms, shut_words
from grid.queries.rooms import find_shut
from grid.services import rooms as services
from staff.errors import RuleBroken
from staff.kit import Link, on
from staff.permissions import Action, reach
from staff.views.keeping import words_of


@staff_view(Action.VIEW_GROUPS)
def rooms(request):
    may_run = bool(reach(request.user.role, Action.RUN_GROUPS))
    places = places_of_rooms(now(), may_run)
    there = sum(len(one.rooms) for one in places)
    context = {
        "places": [one for one in places if one.rooms],
        "without": [one.name for one in places if not one.rooms],
        "shown": counted(there, "room"),
        "actions": [Link("Add a room", reverse("add-room"))] if may_run else [],
        "may_run": may_run,
    }
    return render(request, "grid/groups/rooms.html", context)


@staff_view(Action.RUN_GROUPS)
def add_room(request):
    words, today = words_of(request), localdate()
    form = words.form(AddRoomForm, places=places_to_choose(today))
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(services.add_room, by=request.user, today=today)
        if made:
            said = f"{made.name}, {made.place.name}, is in the list. Groups can be planned in it."
            return _done(request, words, said)
    lead = "A group is only planned in a room that is large enough, open, and not taken."
    return _form_page(request, form, words, "Add a room", lead, "Add it")


@staff_view(Action.RUN_GROUPS)
def change_room(request, room):
    words, found = words_of(request), _found(room)
    begun = {"name": found.name, "holds": found.holds, "closed_on": found.closed_on}
    form = words.form(ChangeRoomForm, initial=begun)
    sent = request.method == "POST" and form.is_valid()
    if sent and form.carry_out(services.change_room, room=found, by=request.user, now=now()):
        return _done(request, words, "Kept. What is planned in it stays planned.")
    lead = f"{found.place.name}. What is planned in it stays planned; what no longer could be is refused here."
    return _form_page(request, form, words, f"Change {found.name}", lead, "Keep the change")


@staff_view(Action.RUN_GROUPS)
def shut_room(request, room):
    words, found = words_of(request), _found(room)
    form = words.form(ShutRoomForm)
    if request.method == "POST" and form.is_valid():
        shut = form.carry_out(services.shut_room, room=found, by=request.user, now=now())
        if shut:
            said = f"{found.name} is shut {shut_words(shut)}. No group is planned in it then."
            return _done(request, words, said)
    lead = (
        f"{found.place.name}. Sessions that stand in it on those days are moved or called off first, so that everybody "
        "who was to come is told."
    )
    return _form_page(request, form, words, f"Shut {found.name} for some days", lead, "Shut it")


@staff_view(Action.RUN_GROUPS)
@require_POST
def open_again(request, shut):
    found = find_shut(shut)
    if found is None:
        raise Http404
    try:
        room = services.open_again(shut=found, by=request.user, now=now())
    except RuleBroken as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, f"{room.name} can be used again from {on(localdate())}.")
    return redirect("rooms")


def _found(pk):
    return get_object_or_404(Room.objects.select_related("place"), pk=pk)


def _done(request, words, said):
    words.forget()
    messages.success(request, said)
    return redirect("rooms")


def _form_page(request, form, words, heading, lead, button):
    context = {
        "form": form,
        "words": words,
        "heading": heading,
        "lead": lead,
        "button": button,
        "back": reverse("rooms"),
        "back_to": "Rooms",
    }
    return render(request, "grid/groups/record.html", context)
