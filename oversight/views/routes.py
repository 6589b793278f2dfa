"""Routes taken away with nothing booked in their place, as the team board counts them."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.models import Case
from cases.rules.addresses import address, number
from cases.rules.words import counted
from oversight.queries import routes as queries
from oversight.views.team import PROVIDER, TeamForm
from staff.kit import Masked
from staff.permissions import Action
from staff.views.lists import remember_list

SIZE = 50
MASKED_AT_ONCE = 100


@staff_view(Action.VIEW_TEAM)
def routes_taken_away(request):
    today, user = localdate(), request.user
    form = TeamForm(request.GET, user=user)
    form.is_valid()
    team, here = form.chosen(), reverse("routes-taken-away")
    code = team.code if team else PROVIDER
    after = number(request.GET.get("after", ""))
    found = queries.page_of_routes(user, team, after=after, size=SIZE)
    reached = Case.objects.within_reach(user, Action.VIEW_TEAM).supervised()
    reached = reached.filter(team=team) if team else reached
    context = {
        "form": form,
        "rows": queries.route_rows(found.rows, user, today),
        "masked": [Masked(*row) for row in reached.masked_to(user)[:MASKED_AT_ONCE]],
        "shown": counted(queries.matching(user, team).count(), "route"),
        "first": address(here, team=code) if after else "",
        "next": address(here, team=code, after=found.next_after) if found.next_after else "",
    }
    remember_list(request, "Routes taken away")
    return render(request, "oversight/routes.html", context)
