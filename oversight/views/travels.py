"""Travel abroad, of a team or of the provider: what is to be decided, and who is away."""

from django.shortcuts import render
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.rules.addresses import number
from cases.rules.words import counted
from oversight.queries import travels as queries
from oversight.queries.travels import AWAY, SHOWN, Wanted
from oversight.views.choosing import ShowForm, kept_from, way_on
from staff.permissions import Action
from staff.views.lists import remember_list

PAGE = "travels"
SIZE = 50


@staff_view(Action.DECIDE_TRAVEL)
def travels(request):
    today, user, after = localdate(), request.user, request.GET.get("after", "")
    form = ShowForm(request.GET, user=user, action=Action.DECIDE_TRAVEL, shows=SHOWN)
    form.is_valid()
    wanted = Wanted(team=form.chosen(), show=form.shown())
    found = queries.page_of_travels(user, wanted, today, after=number(after), size=SIZE)
    context = {
        **way_on(form, PAGE, after, found.next_after),
        "rows": queries.travel_rows(found.rows, user, today),
        "away": wanted.show == AWAY,
        "masked": kept_from(user, Action.DECIDE_TRAVEL, wanted.team, supervised=True),
        "shown": counted(queries.matching(user, wanted, today).count(), "journey"),
    }
    remember_list(request, "Travel abroad")
    return render(request, "oversight/travels.html", context)
