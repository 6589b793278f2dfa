"""The backlog: imported cases without checks on record, taken up worst harm first, so many a week."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.models import Case
from cases.queries.enquiries import taken_up_this_week
from cases.rules.addresses import address
from cases.rules.words import counted
from cases.services.intake import take_up_backlog
from cases.services.policy import check_policy
from oversight.queries.backlog import backlog_row, page_of_backlog, waiting_in
from staff.errors import RuleBroken
from staff.forms import GovukForm
from staff.kit import Masked
from staff.models import Team
from staff.permissions import Action, Reach, reach
from staff.views.lists import remember_list

SIZE = 50
MASKED_AT_ONCE = 100


class TeamForm(GovukForm):
    """Whose backlog. A senior has their own team's; a head chooses."""

    team = forms.ChoiceField(label="Team", required=False)

    def __init__(self, data, *, user):
        held = Case.objects.open_to(user, Action.TAKE_UP_BACKLOG).filter(imported=True)
        self.teams = {
            team.code: team
            for team in Team.objects.filter(pk__in=held.values("team")).order_by("name")
        }
        if user.team:
            self.teams |= {user.team.code: user.team}
        own = user.team.code if user.team else next(iter(self.teams), "")
        data = data.copy()
        data["team"] = data.get("team") or own
        super().__init__(data)
        self.offer("team", [(code, team.name) for code, team in self.teams.items()])

    def chosen(self):
        """The team asked for; None where there is none, or the code is not on offer."""
        return self.teams.get(self.cleaned_data.get("team", ""))


class TakeUpForm(GovukForm):
    """Which of the people on the page are taken up."""

    crns = forms.MultipleChoiceField(
        label="People to take up",
        error_messages={"required": "Choose at least one person to take up"},
    )

    def __init__(self, *args, crns, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("crns", [(crn, crn) for crn in crns])


@staff_view(Action.TAKE_UP_BACKLOG)
def backlog(request):
    today, user = localdate(), request.user
    chooser = TeamForm(request.GET, user=user)
    chooser.is_valid()
    team = chooser.chosen()
    here = address(reverse("backlog"), team=team.code if team else "")
    form = None
    if request.method == "POST" and team:
        open_to_them = waiting_in(user, team).values_list("crn", flat=True)
        form = TakeUpForm(request.POST, crns=open_to_them)
        if form.is_valid() and (taken := _taken_up(form, team, user, today)):
            messages.success(request, said(taken, len(form.cleaned_data["crns"]), today))
            return redirect(here)
    after = request.GET.get("after", "")
    found = page_of_backlog(user, team, after=after, size=SIZE)
    reached = Case.objects.within_reach(user, Action.TAKE_UP_BACKLOG).filter(
        team=team, imported=True
    )
    context = {
        "chooser": chooser if reach(user.role, Action.TAKE_UP_BACKLOG) == Reach.PROVIDER else None,
        "form": form,
        "heading": f"Backlog of checks: {team.name}" if team else "Backlog of checks",
        "room": room(team, today),
        "rows": [backlog_row(case) for case in found.rows],
        "chosen": request.POST.getlist("crns"),
        "masked": [Masked(*row) for row in reached.masked_to(user)[:MASKED_AT_ONCE]],
        "here": here,
        "shown": counted(waiting_in(user, team).count(), "person", "people"),
        "first": here if after else "",
        "next": address(reverse("backlog"), team=team.code, after=found.next_after)
        if found.next_after
        else "",
    }
    remember_list(request, "Backlog of checks")
    return render(request, "oversight/backlog.html", context)


def room(team, today):
    """How much of this week's measure is left, in a sentence."""
    measure = check_policy(today).backlog_a_week
    taken = taken_up_this_week(team, today) if team else 0
    left = max(0, measure - taken)
    return (
        f"{measure} a week for each team. {taken:,} taken up since Monday; {left:,} may be today."
    )


def said(taken, asked, today):
    """What happens next, and who does it."""
    people = counted(len(taken), "person is", "people are")
    days = counted(check_policy(today).send_days, "working day")
    left = asked - len(taken)
    rest = f" The measure of this week leaves {left:,} of those chosen for later." if left else ""
    return (
        f"{people} taken up. Their enquiries are opened now; the admin hub or their officers send them "
        f"within {days}, and from now on a late one raises a flag.{rest}"
    )


def _taken_up(form, team, user, today):
    """Those taken up; where the service refuses, nobody, and the form says why."""
    try:
        return take_up_backlog(team=team, by=user, today=today, crns=form.cleaned_data["crns"])
    except RuleBroken as refusal:
        form.add_error(None, str(refusal))
        return None
