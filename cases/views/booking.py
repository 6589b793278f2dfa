"""Booking an appointment, and the same again; with what stands beside the date before anything is written."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now

from cases.access import case_view
from cases.forms.booking import BookForm
from cases.models import Appointment, Contact
from cases.queries.booking_page import (
    began_after_release,
    began_again,
    began_for_route,
    look,
    offered_on,
    said_moment,
)
from cases.queries.header import case_header
from cases.queries.reminders import reminder_preview
from cases.reference.appointments import HOME_VISIT, RAR_DAY, TYPES
from cases.rules.addresses import day, number
from cases.rules.booking import LONGEST, Reading, reading_of, told
from cases.rules.booking_facts import Slot
from cases.rules.enforcing import default, unusual
from cases.rules.words import counted
from cases.services import appointments as services
from cases.services.policy import clocks, meeting_policy
from cases.views.appointments import TAB, appointment_of
from staff.permissions import Action
from staff.views.keeping import words_of

LOOK = "look"  # the button that shows free times and what stands beside, and books nothing


@case_view(Action.BOOK_APPOINTMENT)
def book(request, case):
    """With ?route= of a decision whose replacement this is; or ?type= of the kind, and ?rar_activity= of what it is
    a day of; or ?after_release= the day on which they are first to be seen.
    """
    at = now()
    header = case_header(case, request.user, localtime(at).date(), TAB)
    offered = offered_on(case, request.user, at)
    asked = number(request.GET.get("route", ""))
    route = next((one for one in offered.routes if one.pk == asked), None)
    began = began_for_route(offered, route) if route else {}
    if first := day(request.GET.get("after_release", "")):
        began = began_after_release(offered, first, at)
    kind, key = request.GET.get("type"), number(request.GET.get("rar_activity", ""))
    if kind in TYPES:
        began = {"enforces": default(kind, offered.running)} | began | {"type_code": kind}
    activity = next((one for one in offered.activities if one.pk == key), None)
    if activity:
        of = activity.requirement_id
        began |= {"rar_activity": str(key), "enforces": default(RAR_DAY, offered.running, of)}
    return _book(request, case, header, offered, began, at, "Book an appointment")


@case_view(Action.BOOK_APPOINTMENT)
def book_again(request, case, appointment):
    """The same once more, some weeks on: everything is chosen, and one press books it."""
    at = now()
    header = case_header(case, request.user, localtime(at).date(), TAB)
    offered = offered_on(case, request.user, at)
    began = began_again(case, appointment_of(case, appointment), offered, header.names, at)
    return _book(request, case, header, offered, began, at, "The same again")


def _book(request, case, header, offered, began, at, heading):
    words = words_of(request)
    form = words.form(BookForm, offered=offered, names=header.names, initial=offered.began | began)
    found = _look(case, form, at)
    form.offer_times(found.offers)
    books = request.method == "POST" and request.POST.get("step") != LOOK
    valid = books and form.is_valid()
    if valid and form.cleaned_data["type_code"] == HOME_VISIT:
        return redirect("arrange-visit", crn=case.crn)
    read = _read(form, found.facts) if request.method == "POST" else Reading()
    known = {"case": case, "by": request.user, "now": at}
    if valid and ready(form, read) and (made := form.carry_out(services.book_appointment, **known)):
        words.forget()
        messages.success(request, _said(made, form.repeats(), read))
        return redirect(TAB, crn=case.crn)
    if request.method == "POST" and not books:
        form.withhold_errors()
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "heading": heading,
        "more": form.says_more(),
        "told": [header.names.text(one) for one in told(found.facts.theirs)],
        "reminder": _reminder(case, form, header, at),
        "change": contact_page(case, header),
        "back": reverse(TAB, args=[case.crn]),
        **shown(form, read, header.names),
    }
    return render(request, "cases/book_appointment.html", context)


def _reminder(case, form, header, at):
    """What would be sent of the first time typed so far, if it is wanted; nothing before a time is."""
    times = form.times_typed()
    if not times:
        return None
    kind, (where, place) = str(form["type_code"].value() or ""), form.way_typed()
    line = Contact(case=case, type_code=kind, started_at=times[0])
    planned = Appointment(contact=line, where=where, place=place, remind=True)
    policy = meeting_policy(localtime(at).date())
    return reminder_preview(case, policy, at, header.names, appointment=planned)


def contact_page(case, header):
    """Where it is asked how we get in touch; blank where the reader may not ask."""
    may = Action.SET_SAFE_CONTACT in header.may
    return reverse("contact-details", args=[case.crn]) if may else ""


def ready(form, read):
    """Whether it may be booked now: nothing refuses it, and what warns has been there to be read."""
    for one in read.refusals:
        form.add_error("when", one)
    return not read.refusals and read.is_read(form.codes_seen())


def shown(form, read, names):
    """What stands beside the date, for the page; and what is sent back with it as read."""
    return {
        "warnings": [names.text(one) for one in read.warnings],
        "seen": f"{form.mark()}|{','.join(sorted(read.codes))}",
        "look": LOOK,
    }


def looked(case, officer, place, minutes, form, at, but=(), second=None):
    """The free times, and the facts for what is typed so far. `but`: contacts whose time is free."""
    today = localtime(at).date()
    return look(
        case,
        officer,
        place,
        min(minutes, LONGEST),
        now=at,
        times=form.times_typed(),
        policy=meeting_policy(today),
        extra=clocks(today).extra_bank_holidays,
        but=but,
        second=second,
    )


def _look(case, form, at):
    """For what is chosen so far, whether or not the rest of the form is sound."""
    officer = form.staff.get(str(form["officer"].value() or ""))
    _, place = form.way_typed()
    return looked(case, officer, place, form.minutes_typed(), form, at)


def _read(form, facts):
    """What stands beside each time asked for so far."""
    kind, interpreter = (str(form[name].value() or "") for name in ("type_code", "interpreter"))
    slots = [
        Slot(at, min(form.minutes_typed(), LONGEST), kind, interpreter=interpreter)
        for at in form.times_typed()
    ]
    if not slots:
        return Reading()
    named = str(form["enforces"].value() or "")
    odd = "" if form.activity_typed() else unusual(kind, named, form.running)
    return reading_of(slots, facts).also("unusual", odd)


def _said(made, repeats, read):
    who, at = made.officer.name, said_moment(localtime(made.contact.started_at))
    what = (
        f"{counted(repeats.times, 'appointment')} are booked, the first on"
        if repeats
        else "Booked for"
    )
    return " ".join([f"{what} {at}, with {who}.", *said_late(made, read)])


def said_late(made, read):
    """What stood beside the date only once it was held, because somebody booked meanwhile."""
    late = [one["text"] for one in made.seen if one["code"] not in read.codes]
    return ["Somebody booked meanwhile:", *late, "Move it if that cannot be."] if late else []
