"""Whoever leads groups: the list, and recording training, its end, hours and days away."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from cases.access import staff_view
from cases.models import Absence
from cases.rules.cover import MAY_COVER
from cases.rules.words import counted
from cases.services.cover import cancel_absence
from grid.forms.leaders import (
    LeaderHoursForm,
    LeaderLeaveForm,
    LeaderTrainingForm,
    NewLeaderForm,
    TrainingEndForm,
    begun_with,
)
from grid.models import LeaderTraining
from grid.queries.leader_pages import (
    WEEKS,
    about,
    leader_rows,
    may_name,
    may_record,
    staff_to_train,
)
from grid.queries.leaders import leads_after, skills_on, who_leads
from grid.services import leaders as services
from staff.errors import RuleBroken
from staff.kit import Link, on
from staff.permissions import Action, reach
from staff.views.keeping import words_of


@staff_view(Action.VIEW_GROUPS)
def leaders(request):
    reader = request.user
    rows = leader_rows(reader, now())
    context = {
        "rows": rows,
        "to_cover": [session for one in rows for session in one.to_cover],
        "shown": counted(len(rows), "person", "people"),
        "weeks": WEEKS,
        "names": may_name(reader),
        "may_state": bool(reach(reader.role, Action.KEEP_GROUP_REGISTER)),
        "actions": [Link("Add somebody else", reverse("add-leader"))] if may_record(reader) else [],
    }
    return render(request, "grid/groups/leaders.html", context)


@staff_view(Action.RECORD_LEADER)
def add_leader(request):
    words = words_of(request)
    users = [(one, about(one)) for one in staff_to_train(request.user)]
    form = words.form(NewLeaderForm, users=users, skills=skills_on(localdate()))
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(services.record_training, by=request.user, now=now())
        if made:
            return _done(request, words, _trained(made))
    lead = "Anybody with an open account may be trained to lead groups. They can then be named for a series, or as cover."
    return _form_page(request, form, words, "Add somebody who leads groups", lead, "Add them")


@staff_view(Action.RECORD_LEADER)
def record_training(request, leader):
    words, found = words_of(request), _found(leader)
    form = words.form(LeaderTrainingForm, skills=skills_on(localdate()))
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(services.record_training, user=found, by=request.user, now=now())
        if made:
            return _done(request, words, _trained(made))
    lead = f"For {found.name}, who reads it too."
    return _form_page(request, form, words, "Record training to lead groups", lead, "Record it")


@staff_view(Action.RECORD_LEADER)
def end_training(request, leader_training):
    rows = LeaderTraining.objects.select_related("user").exclude(user=request.user)
    words, found = words_of(request), get_object_or_404(rows, pk=leader_training)
    form = words.form(TrainingEndForm, initial={"until": found.until})
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(services.end_training, training=found, by=request.user, now=now())
        if done:
            return _done(request, words, _ended(done))
    lead = f"{found.skill}: {found.user.name}, from {on(found.from_on)}. Where they did it again, record the new training instead."
    return _form_page(request, form, words, "Say when a training runs out", lead, "Keep it")


@staff_view(Action.RECORD_LEADER)
def set_hours(request, leader):
    words, found = words_of(request), _found(leader)
    form = words.form(LeaderHoursForm, initial=begun_with(found.hours_to_lead.all()))
    sent = request.method == "POST" and form.is_valid()
    if sent and form.carry_out(services.set_hours, user=found, by=request.user):
        return _done(request, words, f"The hours of {found.name} are kept.")
    lead = f"When {found.name} works and could lead a group. The timetable of a quarter is proposed within these hours."
    return _form_page(request, form, words, "Set hours to lead groups", lead, "Keep the hours")


@staff_view(Action.RECORD_LEADER)
def record_leave(request, leader):
    words, found = words_of(request), _found(leader)
    form = words.form(LeaderLeaveForm)
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(services.record_leave, user=found, by=request.user, now=now())
        if done:
            return _done(request, words, _away(*done))
    lead = f"For {found.name}. Nobody is named to lead a session on these days; what they are named for already needs cover."
    return _form_page(request, form, words, "Record days away", lead, "Record them")


@staff_view(Action.RECORD_LEADER)
@require_POST
def cancel_leave(request, absence):
    of_leaders = Absence.objects.filter(user__in=who_leads()).exclude(user__role__in=MAY_COVER)
    found = get_object_or_404(of_leaders.select_related("user"), pk=absence)
    try:
        cancel_absence(absence=found, by=request.user, today=localdate())
    except RuleBroken as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(
            request, f"{found.user.name} is not away. They can be named on those days."
        )
    return redirect("leaders")


def _found(pk):
    found = who_leads().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _trained(training):
    last = f" until {on(training.until)}" if training.until else ""
    return f"{training.user.name} may lead {training.skill} from {on(training.from_on)}{last}."


def _ended(training):
    if training.until is None:
        return f"Kept: {training.skill} does not run out for {training.user.name}."
    left = leads_after(training.user_id, training.until, training.skill)
    said = f"{training.user.name} may lead {training.skill} until {on(training.until)}."
    return f"{said} {_to_cover(left, 'after it')}"


def _away(absence, left):
    said = f"{absence.user.name} is away from {on(absence.from_on)} to {on(absence.to_on)}."
    return f"{said} {_to_cover(left, 'on those days')}"


def _to_cover(left, when):
    if not left:
        return f"They are named for no session {when}."
    return f"They are named for {counted(left, 'session')} {when}: name cover on the page of each series."


def _done(request, words, said):
    words.forget()
    messages.success(request, said)
    return redirect("leaders")


def _form_page(request, form, words, heading, lead, button):
    context = {
        "form": form,
        "words": words,
        "heading": heading,
        "lead": lead,
        "button": button,
        "back": reverse("leaders"),
        "back_to": "Leaders",
    }
    return render(request, "grid/groups/record.html", context)
