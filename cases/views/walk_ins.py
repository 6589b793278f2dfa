"""Pages about somebody who walks in: recording that they are here, what it came to, that they left; and all of one case."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.forms.duty import LeftForm, SeenForm, WalkInForm
from cases.queries.at_the_door import near_banned
from cases.queries.header import case_header
from cases.queries.summary import what_to_do
from cases.queries.walk_ins import (
    appointments_today,
    door_warnings,
    find_walk_in,
    places_to_choose,
    usual_place,
    waiting_of,
    walk_in_page,
    what_they_say,
)
from cases.reference.duty import WalkInState
from cases.rules.walk_ins import worries
from cases.services import walk_ins as services
from staff.permissions import Action, reach
from staff.views.keeping import words_of

PAGE = "case-walk-ins"
ALREADY = "That is recorded already: see below what it came to."


@case_view(Action.VIEW_CASE)
def walk_ins(request, case):
    at, user = now(), request.user
    header = case_header(case, user, localdate(), PAGE)
    context = {
        "case_header": header,
        "page": walk_in_page(case, header, user, at),
        "may_give": Action.GIVE_FARE in header.may and not case.left_as,
        "back": reverse("case-summary", args=[case.crn]),
    }
    return render(request, "cases/desk/walk_ins.html", context)


@case_view(Action.SEE_WALK_IN)
def record_walk_in(request, case):
    """What to do at the counter stands beside the form; whoever is recorded already leads to their page."""
    at, user, words = now(), request.user, words_of(request)
    if waiting_of(case):
        messages.info(request, "They are recorded as waiting already.")
        return redirect(PAGE, crn=case.crn)
    places = places_to_choose(user, localdate())
    form = words.form(WalkInForm, places=places, initial={"place": usual_place(user, places)})
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(services.record_walk_in, case=case, by=user, now=at)
        if made:
            words.forget()
            messages.success(request, _recorded(made, near_banned([made], localdate())))
            return redirect(_desk(user, case))
    header = case_header(case, user, localdate(), PAGE)
    context = {
        "form": form,
        "words": words,
        "to_do": what_to_do(case, header, user, at),
        "left": bool(case.left_as),
    }
    return _drawn(request, case, header, "record_walk_in", **context)


@case_view(Action.SEE_WALK_IN)
def see(request, case, walk_in):
    found, user, words = _found(case, walk_in), request.user, words_of(request)
    if found.state != WalkInState.WAITING:
        return _ended_already(request, case)
    form = words.form(SeenForm, walk_in=found, appointments=appointments_today(case, localdate()))
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(services.see_walk_in, walk_in=found, by=user, now=now())
        if done:
            words.forget()
            return _after(request, case, done)
    return _ending(request, case, found, "see_walk_in", form=form, words=words)


@case_view(Action.SEE_WALK_IN)
def left(request, case, walk_in):
    found, user, words = _found(case, walk_in), request.user, words_of(request)
    if found.state != WalkInState.WAITING:
        return _ended_already(request, case)
    form = words.form(LeftForm)
    worry = worries(found.came_for, found.safe)
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(services.leave_unseen, walk_in=found, by=user, now=now())
        if done:
            words.forget()
            if worry:
                messages.success(request, "It is recorded. Ring them today, and ask if they are safe: it is owed, and a senior has been told.")  # fmt: skip
                return redirect(PAGE, crn=case.crn)
            messages.success(request, "It is recorded. Whoever holds the case has been told.")
            return redirect(_desk(user, case))
    return _ending(request, case, found, "walk_in_left", form=form, words=words, worry=worry)


def _found(case, pk):
    found = find_walk_in(case, pk)
    if found is None:
        raise Http404
    return found


def _ended_already(request, case):
    messages.info(request, ALREADY)
    return redirect(PAGE, crn=case.crn)


def _after(request, case, done):
    """The outcome of the appointment it was about is next; else the desk."""
    if done.contact.appointment:
        messages.success(request, "It is recorded. Now say what came of the appointment.")
        page = "appointment" if done.contact.outcome_code else "record-outcome"
        return redirect(page, crn=case.crn, appointment=done.contact_id)
    messages.success(request, "It is in the log, and counts as contact this month.")
    return redirect(_desk(request.user, case))


def _recorded(made, banned):
    """What happens next, and who does it."""
    said = "They are on the desk’s list, and whoever holds the case has been told."
    if worries(made.came_for, made.safe):
        said = "They are on the desk’s list. Whoever holds the case and a senior have been told at once: do not leave them alone."
    return " ".join([said, *(f"{one}." for one in banned.values())])


def _desk(user, case):
    if reach(user.role, Action.VIEW_DUTY):
        return reverse("duty-today")
    return reverse(PAGE, args=[case.crn])


def _ending(request, case, found, name, **context):
    header = case_header(case, request.user, localdate(), PAGE)
    context |= {
        "what": what_they_say(found, header.names),
        "warnings": door_warnings([found], request.user, now())[found.pk],
    }
    return _drawn(request, case, header, name, **context)


def _drawn(request, case, header, name, **context):
    back = reverse(PAGE, args=[case.crn])
    return render(
        request, f"cases/desk/{name}.html", {"case_header": header, "back": back, **context}
    )
