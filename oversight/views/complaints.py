"""Complaints across cases, the oldest first, and what this year's taught."""

from django.shortcuts import render
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.rules.addresses import number
from cases.rules.words import counted
from oversight.queries import complaints as queries
from oversight.queries.complaints import SHOWN, Wanted
from oversight.views.choosing import ShowForm, kept_from, way_on
from staff.permissions import Action
from staff.views.lists import remember_list

PAGE = "complaints"
SIZE = 50


@staff_view(Action.VIEW_COMPLAINTS)
def complaints(request):
    today, user, after = localdate(), request.user, request.GET.get("after", "")
    form = ShowForm(request.GET, user=user, action=Action.VIEW_COMPLAINTS, shows=SHOWN)
    form.is_valid()
    wanted = Wanted(team=form.chosen(), show=form.shown())
    found = queries.page_of_complaints(user, wanted, after=number(after), size=SIZE)
    context = {
        **way_on(form, PAGE, after, found.next_after),
        "rows": queries.complaint_rows(found.rows, user, today),
        "masked": kept_from(user, Action.VIEW_COMPLAINTS, wanted.team),
        "shown": counted(queries.matching(user, wanted).count(), "complaint"),
        "learnt": queries.learnt_this_year(user, today),
    }
    remember_list(request, "Complaints")
    return render(request, "oversight/complaints.html", context)
