"""The appointments of a case; calling one off, its interpreter, how the person was told."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now

from cases.access import case_view
from cases.forms.appointments import CallOffForm, InterpreterForm, ToldForm
from cases.queries.appointments import appointments_of, find_contact, row_of
from cases.queries.booking import those_that_follow
from cases.queries.header import case_header
from cases.rules.addresses import address, number
from cases.rules.words import counted
from cases.services import appointments as services
from staff.permissions import Action
from staff.views.keeping import words_of

TAB = "case-appointments"


@case_view(Action.VIEW_CASE)
def appointments(request, case):
    at = now()
    header = case_header(case, request.user, localtime(at).date(), TAB)
    after, here = number(request.GET.get("after", "")), reverse(TAB, args=[case.crn])
    found = appointments_of(case, header.names, header.may, at, after)
    books = Action.BOOK_APPOINTMENT in header.may
    context = {
        "case_header": header,
        "found": found,
        "book": reverse("book-appointment", args=[case.crn]) if books else "",
        "first": here if after else "",
        "next": address(here, after=found.next_after) if found.next_after else "",
    }
    return render(request, "cases/appointments.html", context)


@case_view(Action.BOOK_APPOINTMENT)
def call_off(request, case, appointment):
    contact = appointment_of(case, appointment)
    return _act_on(
        request,
        case,
        contact,
        CallOffForm,
        services.call_off,
        heading="Call off an appointment",
        lead="It stays in the log, with who asked and why. Where another takes its place, move it instead.",
        button="Call it off",
        said=lambda n: (
            f"Called off: {counted(n, 'appointment')}. Reminders are stopped. Tell them."
        ),
        follow=len(those_that_follow(contact)),
    )


@case_view(Action.BOOK_APPOINTMENT)
def book_interpreter(request, case, appointment):
    return _act_on(
        request,
        case,
        appointment_of(case, appointment),
        InterpreterForm,
        services.book_interpreter,
        heading="Book the interpreter",
        lead="Say it once it is booked, so that whoever sees them knows who comes.",
        button="It is booked",
        said=lambda one: "Kept. Whoever sees them is shown who interprets.",
    )


@case_view(Action.BOOK_APPOINTMENT)
def say_told(request, case, appointment):
    return _act_on(
        request,
        case,
        appointment_of(case, appointment),
        ToldForm,
        services.say_told,
        heading="Say how they were told",
        lead="An absence is called a failure only where they knew of the appointment.",
        button="Keep it",
        said=lambda one: "Kept with the appointment.",
    )


def _act_on(request, case, contact, form_class, service, *, heading, lead, button, said, **asked):
    """A page that shows the appointment, asks one thing and carries it out."""
    at = now()
    words = words_of(request)
    form = words.form(form_class, **asked)
    known = {"appointment": contact, "by": request.user, "now": at}
    valid = request.method == "POST" and form.is_valid()
    if valid and (done := form.carry_out(service, **known)):
        words.forget()
        messages.success(request, said(done))
        return redirect(TAB, crn=case.crn)
    header = case_header(case, request.user, localtime(at).date(), TAB)
    context = about(contact, case, header, at) | {
        "form": form,
        "words": words,
        "heading": heading,
        "lead": lead,
        "button": button,
    }
    return render(request, "cases/act_on_appointment.html", context)


def about(contact, case, header, at):
    """The appointment that the page is about, and the way back."""
    return {
        "case_header": header,
        "row": row_of(contact, case, header.names, header.may, at),
        "back": reverse(TAB, args=[case.crn]),
    }


def appointment_of(case, key):
    """The line of the log of one appointment of this case; of one brought in, too."""
    found = find_contact(case, key)
    if found is None:
        raise Http404
    return found
