"""Pages of supervision: the officers of a team, one officer, and a session as it is read."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.rules.words import counted
from cases.services.policy import supervision_policy
from oversight.forms.officers import WorkloadTeamForm
from oversight.queries import supervision as queries
from oversight.queries.agenda import agenda_for, looks_back_to
from oversight.queries.development import development_of
from oversight.queries.leavers import works_here
from oversight.reference.supervision import ONCE_SIGNED, SupervisionState
from oversight.rules.agenda import MOST_CASES
from staff.audit import record
from staff.kit import Line, Link, on, tag
from staff.models import Team
from staff.permissions import Action, Role
from staff.rules.dates import say_date

INTRODUCED = (
    "Found on the record, strengths first. It says what to talk about, and nothing of how good anybody is. Under each number "
    f"stand the cases it comes from, {MOST_CASES} at most."
)


@staff_view(Action.VIEW_SUPERVISION)
def supervisions(request):
    """The officers whose supervision the reader answers for. An officer is led to their own."""
    user, today = request.user, localdate()
    if user.role == Role.OFFICER:
        return redirect("officer-supervision", officer=user.pk)
    policy = supervision_policy(today)
    held = queries.officers_within(user, Action.VIEW_SUPERVISION).order_by().values("team")
    teams = Team.objects.filter(pk__in=held).order_by("name")
    form = WorkloadTeamForm(request.GET, teams=teams, own=user.team_id)
    form.is_valid()
    team = form.chosen()
    rows = queries.officer_rows(user, team, today, policy) if team else []
    context = {
        "form": form,
        "lead": f"{team.name}: {counted(len(rows), 'officer')}, in the order of their names. One every "
        f"{counted(policy.weeks_between, 'week')}, by local policy."
        if team
        else "",
        "rows": rows,
        "policy": reverse("policy", args=["supervision"]),
    }
    return render(request, "oversight/supervision/team.html", context)


@staff_view(Action.VIEW_SUPERVISION)
def officer_supervision(request, officer):
    """One officer: when they were supervised, what they agreed to do, and the agenda as the record stands."""
    user, today = request.user, localdate()
    one = get_object_or_404(queries.officers_within(user, Action.VIEW_SUPERVISION), pk=officer)
    policy = supervision_policy(today)
    running = one.supervisions.unfinished().first()
    links = []
    if queries.may_hold(user, one) and (running or works_here(one, today)):
        links = [_next(one, running)]
    context = {
        "heading": "Your supervision" if user == one else f"Supervision of {one.name}",
        "lead": queries.interval_of(one, today, policy).words,
        "links": links,
        "agenda": queries.agenda_shown(agenda_for(one, user, today, policy), user),
        "since": say_date(looks_back_to(one, today, policy)),
        "introduced": INTRODUCED,
        "agreed": queries.agreed_of(one.supervisions.all(), user, today, unsettled=True),
        "sessions": queries.sessions_of(one),
        "development": development_of(one, user, today),
        "back": "" if user == one else reverse("supervisions"),
    }
    return render(request, "oversight/supervision/officer.html", context)


@staff_view(Action.VIEW_SUPERVISION)
def supervision(request, supervision):
    """One session: its agenda as it stood when it began, or as the record stands while it is planned."""
    user, today = request.user, localdate()
    one = get_object_or_404(queries.sessions_within(user, Action.VIEW_SUPERVISION), pk=supervision)
    record(by=user, action="opened_supervision", supervision=one.pk, officer=one.officer_id)
    planned = one.state == SupervisionState.PLANNED
    if planned:
        agenda = agenda_for(one.officer, user, today, supervision_policy(today))
        shown = queries.agenda_shown(agenda, user)
    else:
        shown = queries.kept_agenda(one, user)
    context = {
        "heading": "Your supervision"
        if user == one.officer
        else f"Supervision of {one.officer.name}",
        "tag": tag(queries.MARKS[SupervisionState(one.state)]),
        "words": f"{queries.stands_of(one)}.",
        "lines": list(_lines(one)),
        "links": list(_links(one, queries.may_hold(user, one.officer), user)),
        "may_begin": planned and queries.may_hold(user, one.officer),
        "begin": reverse("begin-supervision", args=[one.pk]),
        "agenda": None if one.state == SupervisionState.CALLED_OFF else shown,
        "stood": "As the record stands now. It is kept as it is when the supervision begins."
        if planned
        else f"As the record stood on {on(one.held_on)}, when it was held."
        if one.held_on
        else "",
        "introduced": INTRODUCED,
        "agreed": queries.agreed_of([one], user, today),
        "discussed": one.discussed if one.state in ONCE_SIGNED else "",
        "back": reverse("officer-supervision", args=[one.officer_id]),
    }
    return render(request, "oversight/supervision/session.html", context)


def _next(officer, running):
    """To plan one, or on to the one that is planned or being held."""
    if running is None:
        return Link("Plan a supervision", reverse("plan-supervision", args=[officer.pk]))
    to_come = running.state == SupervisionState.PLANNED
    words = "Open the one that is planned" if to_come else "Go on with the one that began"
    return Link(words, reverse("supervision", args=[running.pk]))


def _lines(one):
    yield Line("Officer", one.officer.name)
    yield Line("Held by" if one.held_on else "Planned by", one.senior.name)
    yield Line("Planned for", on(one.planned_on))
    if one.held_on:
        yield Line("Held on", on(one.held_on))
    if one.signed_at:
        yield Line("Signed", f"{on(localdate(one.signed_at))}, {one.senior.name}")
    if one.read_at:
        yield Line("Read", f"{on(localdate(one.read_at))}, {one.officer.name}")
    if one.answer:
        yield Line("What the officer answers", one.answer)
    if one.called_off_on:
        yield Line("Called off", f"{on(one.called_off_on)}, {one.called_off_by.name}")
        yield Line("Why", one.called_off_because)


def _links(one, holds, user):
    if holds and one.state == SupervisionState.PLANNED:
        yield Link("Move it to another day", reverse("move-supervision", args=[one.pk]))
        yield Link("Call it off", reverse("call-off-supervision", args=[one.pk]))
    if holds and one.state == SupervisionState.HELD:
        yield Link("Agree an action", reverse("agree-action", args=[one.pk]))
        yield Link("Write it up and sign", reverse("sign-supervision", args=[one.pk]))
        yield Link("Call it off", reverse("call-off-supervision", args=[one.pk]))
    if one.state == SupervisionState.SIGNED and user == one.officer:
        yield Link("Say that you have read it", reverse("read-supervision", args=[one.pk]))
