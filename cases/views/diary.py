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
from staff.permissions import Action

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
    whole = request.GET.get("view") == "week"
    first = form.cleaned_data.get("day") or today
    first = first - timedelta(days=first.weekday()) if whole else first
    step = WEEK if whole else 1
    found = None
    if staff or team:
        found = diary_of(user, staff=staff, team=team, first=first, days=step, now=at)
    context = {
        "form": form,
        "found": found,
        "of_a_team": team is not None,
        "lead": _lead(staff, team, user),
        "places": reverse("places"),
        **_ways(form.cleaned_data.get("whose", ""), first, step, today),
    }
    return render(request, "cases/diary.html", context)


def _ways(whose, first, step, today):
    """To the days before and after, and to the day or the week."""
    view = DAY if step == 1 else "week"

    def to(day, view=view):
        codes = {"whose": whose, "day": day.isoformat(), "view": view if view != DAY else ""}
        return address(reverse("diary"), **codes)

    return {
        "view": view,
        "views": [
            Link("Day", to(first, DAY), current=view == DAY),
            Link("Week", to(first, "week"), current=view != DAY),
        ],
        "moves": [
            Link(f"Previous {view}", to(first - timedelta(days=step))),
            Link("Today", to(today)),
            Link(f"Next {view}", to(first + timedelta(days=step))),
        ],
    }


def _lead(staff, team, user):
    if staff and staff.pk == user.pk:
        return "Whom you see, and what is to be done about it first."
    if staff or team:
        return f"The diary of {staff.name if staff else team.name}."
    return ""
