"""The diary: whom somebody sees, or a team, on a day or through a week."""

from datetime import timedelta

from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime, now

from cases.access import staff_view
from cases.forms.diary import DiaryForm
from cases.queries.diary import WEEK, diary_of, teams_to_choose, who_to_choose
from cases.rules.addresses import address
from staff.kit import Link
from staff.permissions import Action, reach

DAY = "day"


@staff_view(Action.VIEW_DIARY)
def diary(request):
    """One's own today, unless ?whose=, ?day= and ?view=week say otherwise."""
    at, user = now(), request.user
    today = localtime(at).date()
    form = DiaryForm(
        request.GET, staff=who_to_choose(user), teams=teams_to_choose(user), user=user, today=today
    )
    form.is_valid()
    staff, team = form.chosen()
    first = form.cleaned_data.get("day") or today
    whole = request.GET.get("view") == "week"
    first = first - timedelta(days=first.weekday()) if whole else first
    whose = form.cleaned_data.get("whose", "")

    def to(day, view):
        codes = {"whose": whose, "day": day.isoformat(), "view": view if view != DAY else ""}
        return address(reverse("diary"), **codes)

    step, view = (WEEK, "week") if whole else (1, DAY)
    found = None
    if staff or team:
        found = diary_of(
            user,
            staff=staff,
            team=team,
            first=first,
            days=step,
            now=at,
            hrefs=lambda day: to(day, DAY),
        )
    context = {
        "form": form,
        "found": found,
        "of_a_team": team is not None,
        "lead": _lead(form, staff, team, user),
        "views": [
            Link("Day", to(first, DAY), current=not whole),
            Link("Week", to(first, "week"), current=whole),
        ],
        "moves": [
            Link(f"Previous {view}", to(first - timedelta(days=step), view)),
            Link("Today", to(today, view)),
            Link(f"Next {view}", to(first + timedelta(days=step), view)),
        ],
        "view": view,
        "places": reverse("places"),
        "may_search": bool(reach(user.role, Action.SEARCH_CASES)),
    }
    return render(request, "cases/diary.html", context)


def _lead(form, staff, team, user):
    if staff and staff.pk == user.pk:
        return "Whom you see, and what is to be done about it first."
    if staff or team:
        return f"The diary of {staff.name if staff else team.name}."
    return ""
