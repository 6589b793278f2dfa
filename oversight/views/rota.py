"""The rota of a team: who has the duty on each day of four weeks, putting somebody on, taking them off, sharing it out."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from cases.access import staff_view
from cases.forms.duty import TurnForm
from cases.models import DutyTurn
from cases.queries.duty import officers_of, rota_of, teams_to_see, teams_to_set
from cases.rules.addresses import address
from cases.rules.rota import days_of_rota
from cases.rules.words import counted
from cases.services import duty as services
from cases.services.policy import clocks
from staff.errors import RuleBroken
from staff.forms import GovukForm
from staff.models import User
from staff.permissions import Action
from staff.rules.dates import say_date

PAGE = "duty-rota"


class RotaForm(GovukForm):
    """Whose rota: the reader's own team first, of those they may see."""

    team = forms.ChoiceField(label="Team", required=False)

    def __init__(self, data, *, user):
        self.teams = {one.code: one for one in teams_to_see(user)}
        own = (
            user.team.code
            if user.team and user.team.code in self.teams
            else next(iter(self.teams), "")
        )
        data = data.copy()
        data["team"] = data.get("team") if data.get("team") in self.teams else own
        super().__init__(data)
        self.offer("team", [(code, team.name) for code, team in self.teams.items()])

    def chosen(self):
        return self.teams.get(self.cleaned_data.get("team", ""))


@staff_view(Action.VIEW_DUTY)
def rota(request):
    """With ?on= of the day that is to be filled."""
    user, today = request.user, localdate()
    form = RotaForm(request.GET, user=user)
    form.is_valid()
    team = form.chosen()
    context = {"form": form, "team": team, "back": reverse("duty-today")}
    if team:
        days = days_of_rota(today, clocks(today).extra_bank_holidays)
        may_set = teams_to_set(user).filter(pk=team.pk).exists()
        shown = rota_of(team, days)
        context |= {
            "days": shown,
            "lead": f"{team.name}, {say_date(days[0])} to {say_date(days[-1])}.",
            "may_set": may_set,
            "open": sum(not one.turns for one in shown),
            "turn": _turn_form(None, team, days, on=request.GET.get("on", "")) if may_set else None,
        }
    return render(request, "oversight/desk/rota.html", context)


@staff_view(Action.SET_ROTA)
@require_POST
def put_on(request):
    found, today = _team(request, request.POST.get("team", "")), localdate()
    days = days_of_rota(today, clocks(today).extra_bank_holidays)
    form = _turn_form(request.POST, found, days)
    if form.is_valid():
        member = get_object_or_404(User, pk=form.cleaned_data["user"])
        turn = form.carry_out(
            services.put_on_duty, team=found, user=member, by=request.user, now=now()
        )
        if turn:
            messages.success(request, f"{member.name} has the duty on {say_date(turn.on)}.")
            return redirect(_here(found))
    for problem in form.errors.values():
        messages.error(request, " ".join(problem))
    return redirect(_here(found))


@staff_view(Action.SET_ROTA)
@require_POST
def take_off(request, turn):
    found = get_object_or_404(DutyTurn.objects.select_related("team", "user"), pk=turn)
    _team(request, found.team.code)
    try:
        services.take_off_duty(turn=found, by=request.user, now=now())
    except RuleBroken as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(
            request, f"{found.user.name} does not have the duty on {say_date(found.on)}."
        )
    return redirect(_here(found.team))


@staff_view(Action.SET_ROTA)
@require_POST
def share_out(request):
    found = _team(request, request.POST.get("team", ""))
    try:
        made = services.share_out_duty(team=found, by=request.user, now=now())
    except RuleBroken as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _shared(len(made)))
    return redirect(_here(found))


def _shared(count):
    if not count:
        return "Nothing was to be shared out: somebody has each day, or nobody is there on those that are open."
    return (
        f"{counted(count, 'day')} shared out among those who are there. Change what does not suit."
    )


def _team(request, code):
    found = next((one for one in teams_to_set(request.user) if one.code == code), None)
    if found is None:
        raise Http404
    return found


def _turn_form(data, team, days, on=""):
    officers = officers_of(team, days[0], days[-1])
    first = on if on in {day.isoformat() for day in days} else days[0].isoformat()
    return TurnForm(data, days=days, officers=officers, initial={"on": first})


def _here(team):
    return address(reverse(PAGE), team=team.code)
