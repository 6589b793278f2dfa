"""Moving an appointment to another time, or the rest of its series; with what stands beside the new one."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import localtime, now

from cases.access import case_view
from cases.forms.appointments import MoveForm
from cases.queries.booking import those_that_follow
from cases.queries.booking_page import said_moment, slots_to_move, who_and_where
from cases.queries.header import case_header
from cases.rules.booking import Reading, lasts, reading_of, told
from cases.services import appointments as services
from cases.views.appointments import TAB, about, appointment_of
from cases.views.booking import LOOK, looked, ready, said_late, shown
from staff.permissions import Action
from staff.views.keeping import words_of


@case_view(Action.BOOK_APPOINTMENT)
def move(request, case, appointment):
    at, contact = now(), appointment_of(case, appointment)
    follow = those_that_follow(contact)
    header = case_header(case, request.user, localtime(at).date(), TAB)
    words = words_of(request)
    form = words.form(MoveForm, follow=len(follow))
    found = _look(case, contact, follow, form, at)
    form.offer_times(found.offers)
    moves = request.method == "POST" and request.POST.get("step") != LOOK
    valid = moves and form.is_valid()
    read = _read(form, contact, follow, found.facts) if request.method == "POST" else Reading()
    known = {"appointment": contact, "by": request.user, "now": at}
    if valid and ready(form, read) and (new := form.carry_out(services.move_appointment, **known)):
        words.forget()
        messages.success(request, _said(new, read))
        return redirect(TAB, crn=case.crn)
    if request.method == "POST" and not moves:
        form.withhold_errors()
    context = about(contact, case, header, at) | {
        "form": form,
        "words": words,
        "told": [header.names.text(one) for one in told(found.facts.theirs)],
        **shown(form, read, header.names),
    }
    return render(request, "cases/move_appointment.html", context)


def _look(case, contact, follow, form, at):
    """Free times with whoever sees them, where they are seen; the time it has now is free."""
    officer, second, place = who_and_where(contact)
    but = [contact.pk, *(one.pk for one in follow)]
    minutes = lasts(contact.started_at, contact.ended_at)
    return looked(case, officer, place, minutes, form, at, but, second)


def _read(form, contact, follow, facts):
    """What stands beside the new time; of each that follows too, where they move with it."""
    times = form.times_typed()
    if not times:
        return Reading()
    ones = [contact, *(follow if form.whole_typed() else ())]
    return reading_of(slots_to_move(ones, times[0]), facts)


def _said(new, read):
    moved = f"Moved to {said_moment(localtime(new.contact.started_at))}. Tell them: nobody has yet."
    return " ".join([moved, *said_late(new, read)])
