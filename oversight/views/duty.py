"""Today: who is on duty, who walked in and waits, who must not meet, who is expected, what was given for the way."""

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime, now

from cases.access import staff_view
from cases.models import Case
from cases.queries.duty import on_duty_today
from cases.rules.addresses import address, number
from cases.rules.calendar import is_working_day
from cases.rules.words import listed
from cases.services.policy import clocks
from oversight.queries import duty as queries
from staff.forms import GovukForm
from staff.models import Team
from staff.permissions import Action, Reach, reach
from staff.rules.dates import say_date, say_time
from staff.views.lists import remember_list

PROVIDER = "all"


class DutyForm(GovukForm):
    """Which team's day. Those who reach the provider may ask for any team, or every one."""

    team = forms.ChoiceField(label="Team", required=False)

    def __init__(self, data, *, user):
        held = Case.objects.open_to(user, Action.VIEW_DUTY).values("team")
        self.teams = {one.code: one for one in Team.objects.filter(pk__in=held).order_by("name")}
        everybody = reach(user.role, Action.VIEW_DUTY) == Reach.PROVIDER
        own = user.team.code if user.team and user.team.code in self.teams else PROVIDER
        data = data.copy()
        data["team"] = data.get("team") or (own if everybody else PROVIDER)
        super().__init__(data)
        self.every = "Every team" if everybody else "Everybody within your reach"
        choices = [(code, team.name) for code, team in self.teams.items()]
        self.offer("team", [(PROVIDER, self.every), *choices])

    def chosen(self):
        """The team asked for; None for all of them, or when the code is not on offer."""
        return self.teams.get(self.cleaned_data.get("team", PROVIDER))


def _works(local):
    """Whether it is a working day: on others nobody need have the duty."""
    return is_working_day(local.date(), clocks(local.date()).extra_bank_holidays)


@staff_view(Action.VIEW_DUTY)
def today_page(request):
    at, user = now(), request.user
    form = DutyForm(request.GET, user=user)
    form.is_valid()
    team = form.chosen()
    here, code = reverse("duty-today"), team.code if team else PROVIDER
    after = number(request.GET.get("after", ""))
    rows, next_after = queries.page_of_expected(user, team, after=after, now=at)
    local, waiting = localtime(at), queries.waiting_on_duty(user, team, at)
    on_duty = on_duty_today([team] if team else form.teams.values(), local.date())
    context = {
        "form": form,
        "lead": f"{team.name if team else form.every}, {say_date(local.date())}. As it stood at {say_time(local.time())}.",
        "again": address(here, team=code),
        "on_duty": [one for one in on_duty if one.who],
        "nobody": listed([one.team for one in on_duty if not one.who]) if _works(local) else "",
        "rota": address(reverse("duty-rota"), team=code if team else ""),
        "waiting": waiting,
        "waits": {one.crn for one in waiting},
        "rows": rows,
        "masked": queries.kept_on_duty(user, team),
        "not_to_meet": queries.not_to_meet(user, team, at),
        "fares": queries.fares_on_duty(user, team, at),
        "fares_of_today": address(reverse("fares-given"), team=code),
        "may_record": bool(reach(user.role, Action.RECORD_INFORMATION)),
        "may_search": bool(reach(user.role, Action.SEE_WALK_IN)),
        "first": address(here, team=code) if after else "",
        "next": address(here, team=code, after=next_after) if next_after else "",
    }
    remember_list(request, "Today")
    return render(request, "oversight/duty_today.html", context)
