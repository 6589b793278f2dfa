"""Reviews of a team or of the provider: what waits to be read first, what is owed, what is written."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.models import Case
from cases.rules.addresses import address, number
from cases.rules.words import counted
from oversight.queries import reviews as queries
from oversight.views.team import PROVIDER, TeamForm
from staff.kit import Link, Masked
from staff.permissions import Action, Reach, reach
from staff.views.lists import remember_list

SIZE = 50
MASKED_AT_ONCE = 100


@staff_view(Action.VIEW_REVIEW)
def reviews(request):
    """?show= which part of the list; without it, what waits to be read."""
    today, user = localdate(), request.user
    form = TeamForm(request.GET, user=user)
    if reach(user.role, Action.VIEW_REVIEW) < Reach.PROVIDER:
        del form.fields["team"]
    form.is_valid()
    team, here = form.chosen(), reverse("reviews")
    code = team.code if team else PROVIDER
    show = request.GET.get("show", queries.READING)
    show = show if show in queries.SHOWN else queries.READING
    after = number(request.GET.get("after", ""))
    counts = queries.counts_of(user, team)
    context = {
        "form": form,
        "show": show,
        "shown_as": queries.SHOWN[show],
        "counts": [
            Link(text, address(here, team=code, show=one), current=one == show, count=counts[one])
            for one, text in queries.SHOWN.items()
        ],
        **_rows(user, team, show, after, today),
        "masked": _masked(user, team),
    }
    codes = {"team": code, "show": show}
    after = context.pop("next_after")
    noun = "review"
    context |= {
        "shown": counted(counts[show], noun),
        "first": address(here, **codes) if request.GET.get("after") else "",
        "next": address(here, **codes, after=after) if after else "",
    }
    remember_list(request, "Reviews")
    return render(request, "oversight/reviews.html", context)


def _rows(user, team, show, after, today):
    """What is owed is due rows; the rest are reviews."""
    if show == queries.OWED:
        found = queries.page_of_owed(user, team, after=after, size=SIZE)
        rows = {"due": queries.owed_rows(found.rows, user, today), "rows": []}
    else:
        found = queries.page_of_reviews(user, team, show, after=after, size=SIZE)
        rows = {"due": [], "rows": queries.review_rows(found.rows, user)}
    return rows | {"next_after": found.next_after}


def _masked(user, team):
    reached = Case.objects.within_reach(user, Action.VIEW_REVIEW).supervised()
    reached = reached.filter(team=team) if team else reached
    return [Masked(*row) for row in reached.masked_to(user)[:MASKED_AT_ONCE]]
