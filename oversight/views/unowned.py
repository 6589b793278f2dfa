"""Cases that no officer holds, of a team or of the provider."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.models import Case
from cases.rules.addresses import address
from cases.rules.words import counted
from oversight.queries import unowned as queries
from oversight.queries.movements import movement_tabs
from oversight.reference.sharing import Which
from oversight.views.team import PROVIDER, TeamForm
from staff.kit import Masked
from staff.permissions import Action, Reach, reach
from staff.views.lists import remember_list

SIZE = 50
MASKED_AT_ONCE = 100


class FilterForm(TeamForm):
    def __init__(self, data, *, user):
        super().__init__(data, user=user)
        if reach(user.role, Action.VIEW_MOVEMENTS) < Reach.PROVIDER:
            del self.fields["team"]


@staff_view(Action.VIEW_MOVEMENTS)
def unowned(request):
    user, today, here = request.user, localdate(), reverse("unowned")
    form = FilterForm(request.GET, user=user)
    form.is_valid()
    team, after = form.chosen(), request.GET.get("after", "")
    codes = {"team": team.code if team else PROVIDER}
    found = queries.page_of_unowned(user, team, after=after, size=SIZE)
    context = {
        "tabs": movement_tabs("unowned"),
        "form": form,
        "clear": here,
        "rows": queries.unowned_rows(found.rows, user, today),
        "masked": [Masked(*row) for row in _reached(user, team).masked_to(user)[:MASKED_AT_ONCE]],
        "shown": counted(queries.unowned_of(user, team).count(), "case"),
        "share": _share(team) if reach(user.role, Action.SHARE_OUT_CASES) else "",
        "first": address(here, **codes) if after else "",
        "next": address(here, **codes, after=found.next_after) if found.next_after else "",
    }
    remember_list(request, "Cases nobody holds")
    return render(request, "oversight/movements/unowned.html", context)


def _share(team):
    """Where these cases are shared out many at once, already chosen there."""
    return address(reverse("ask-for-sharing"), team=team.code if team else "", which=Which.UNOWNED)


def _reached(user, team):
    reached = Case.objects.within_reach(user, Action.VIEW_MOVEMENTS).ours().filter(queries.NOBODY)
    return reached.filter(team=team) if team else reached
