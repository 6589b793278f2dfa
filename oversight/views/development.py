"""The page of training, induction and development of a team: what counts until when, and what is to be arranged."""

from django.shortcuts import render
from django.utils.timezone import localdate

from cases.rules.words import counted
from oversight.forms.officers import TrainingListForm
from oversight.queries.development import development_rows, shown
from oversight.queries.leavers import holding_or_here
from oversight.queries.officers import officers_to_read
from oversight.queries.workload_pages import teams_to_read
from oversight.rules.development import WEEKS
from staff.access import staff_view
from staff.permissions import Action
from staff.views.lists import remember_list


@staff_view(Action.VIEW_WORKLOAD)
def team_training(request):
    """An officer sees their own row alone."""
    today, user = localdate(), request.user
    form = TrainingListForm(request.GET, teams=teams_to_read(user), own=user.team_id)
    form.is_valid()
    team = form.chosen()
    officers = holding_or_here(officers_to_read(user), today)
    rows = development_rows(officers.filter(team=team), user, today)
    remember_list(request, "Training")
    owed = sum(bool(one.to_arrange) for one in rows)
    context = {
        "form": form,
        "lead": _lead(team, len(rows), owed) if team else "",
        "rows": shown(rows, form.cleaned_data.get("show", "")),
        "weeks": WEEKS,
    }
    return render(request, "oversight/workload/training.html", context)


def _lead(team, officers, owed):
    if officers == 1:
        return f"{team.name}. {'Something' if owed else 'Nothing'} is to be arranged."
    return (
        f"{team.name}: {counted(officers, 'officer')}, in the order of their names. Something is to be arranged for "
        f"{owed:,} of them."
    )
