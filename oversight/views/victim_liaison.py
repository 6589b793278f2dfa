"""What victim liaison officers are still to hear, of one's own cases, of a team or of the provider."""

from django.shortcuts import render
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.rules.addresses import number
from cases.rules.words import counted
from oversight.queries import victim_liaison as queries
from oversight.queries.victim_liaison import NOBODY, SHOWN, Wanted
from oversight.views.choosing import ShowForm, kept_from, way_on
from staff.permissions import Action
from staff.views.lists import remember_list

PAGE = "victim-liaison-list"
SIZE = 50


@staff_view(Action.VIEW_VICTIM_LIAISON)
def victim_liaison_list(request):
    today, user, after = localdate(), request.user, request.GET.get("after", "")
    form = ShowForm(request.GET, user=user, action=Action.VIEW_VICTIM_LIAISON, shows=SHOWN)
    form.is_valid()
    wanted = Wanted(team=form.chosen(), show=form.shown())
    rows, following, shown = _listed(user, wanted, after, today)
    context = {
        **way_on(form, PAGE, after, following),
        "rows": rows,
        "nobody": wanted.show == NOBODY,
        "masked": kept_from(user, Action.VIEW_VICTIM_LIAISON, wanted.team),
        "shown": shown,
    }
    remember_list(request, "Victim liaison")
    return render(request, "oversight/victim_liaison.html", context)


def _listed(user, wanted, after, today):
    """(rows, what the next page starts after, how many there are in words)"""
    if wanted.show == NOBODY:
        found = queries.page_of_unnamed(user, wanted, after=after, size=SIZE)
        many = counted(queries.unnamed(user, wanted).count(), "person", "people")
        return queries.unnamed_rows(found.rows, user), found.next_after, many
    found = queries.page_of_owed(user, wanted, after=number(after), size=SIZE)
    many = counted(queries.owed(user, wanted).count(), "thing", "things")
    return queries.owed_rows(found.rows, user, today), found.next_after, f"{many} to tell"
