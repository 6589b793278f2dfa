"""Series of groups: the list, one of them, and planning one. A plan is looked at before it is confirmed."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import staff_view
from cases.queries.booking import places_to_choose
from cases.rules.addresses import address, number
from cases.rules.words import listed
from grid.forms.series import PlanSeriesForm, SeriesFilterForm
from grid.models import Room, Series
from grid.queries import series_list, series_page
from grid.queries.apart import OF_THE_SERIES, apart_in
from grid.queries.leaders import who_leads
from grid.queries.policy import interventions_on
from grid.queries.rooms import title_of
from grid.queries.series import find_series
from grid.queries.series_look import Asked, look
from grid.queries.series_over import page_of_series_over, series_over
from grid.reference.groups import SeriesState
from grid.services import series as services
from staff.kit import Column, Link, on
from staff.navigation import LEADERS, OWN_GROUPS, ROOMS, not_beside
from staff.permissions import Action, reach
from staff.rules.dates import say_time
from staff.views.keeping import words_of

NEXT, ENDED = "Next session", "How it ended"
LEAD = "What runs, or is to run, in the order of the next session."
LEAD_OVER = "What is over, every register of it sent, or was called off, the newest first."
WOULD = "Series that are to come, or of which a register is not sent, would be listed here. Take a filter away to see more."
WOULD_OVER = "Series that are over, or that were called off, would be listed here. Take a filter away to see more."


@staff_view(Action.VIEW_GROUPS)
def groups(request):
    at, here = now(), reverse("groups")
    over = request.GET.get("over") == "yes"
    known = series_over(at) if over else Series.objects.to_come(at)
    form = SeriesFilterForm(
        request.GET,
        codes=series_list.codes_with_series(known),
        places=series_list.places_with_series(known),
    )
    form.is_valid()
    wanted = form.wanted()
    codes = {name: code for name, code in vars(wanted).items() if code}
    after = number(request.GET.get("after", ""))
    found = (page_of_series_over if over else series_list.page_of_series)(wanted, at, after=after)
    ends = ENDED if over else NEXT
    context = {
        "lead": LEAD_OVER if over else LEAD,
        "would": WOULD_OVER if over else WOULD,
        "ends": ends,
        "form": form,
        "chips": _chips(form, codes, here),
        "clear": here,
        "columns": [
            Column(text) for text in ("Series", "Where", "When", ends, "Places", "Leaders")
        ],
        "rows": found.rows,
        "shown": f"{found.count} series",
        "first": address(here, **codes) if after else "",
        "next": address(here, **codes, after=found.next_after) if found.next_after else "",
        "actions": [Link("Plan a series", reverse("plan-series"))] if may_run(request.user) else [],
        "also": not_beside(request.user, _also(request.user)),
    }
    return render(request, "grid/groups/list.html", context)


@staff_view(Action.VIEW_GROUPS)
def series(request, series):
    at, found, user = now(), found_series(series), request.user
    runs = may_run(user) and found.state == SeriesState.OPEN
    rows = series_page.sessions_of(found, at)
    to_come = any(one.to_come for one in rows)
    context = {
        "heading": title_of(found.code),
        "lead": f"{found.place.name}, {when_of(found)}",
        "series": found,
        "called_off": found.state == SeriesState.CALLED_OFF,
        "lines": series_page.lines_of(found, at),
        "sessions": rows,
        "members": series_page.members_seen(found, user, at),
        "apart": OF_THE_SERIES
        if reach(user.role, Action.VIEW_WAITING) and apart_in([found.pk], at)
        else "",
        "covers": series_page.covers_of(found, at) if runs else [],
        "runs": runs and to_come,
        "keeps": series_page.registers_open_to(found, user),
        "back": reverse("groups"),
    }
    return render(request, "grid/groups/series.html", context)


@staff_view(Action.RUN_GROUPS)
def plan_series(request):
    """One page: what is filled in is looked at first, with everything that stands in its way, then confirmed.

    With ?code= of what is to be planned, as the decision on a need that nothing meets has it.
    """
    words, today = words_of(request), localdate()
    codes = [one for one, terms in interventions_on(today).terms.items() if terms.offered]
    code = request.GET.get("code", "")
    rooms = Room.objects.in_use(today).filter(place__in=places_to_choose(today))
    form = words.form(
        PlanSeriesForm,
        codes=codes,
        rooms=rooms.select_related("place").order_by("place__name", "name", "pk"),
        places=places_to_choose(today),
        initial={"code": code} if code in codes else {},
        leaders=who_leads().order_by("last_name", "first_name", "pk"),
    )
    looked = None
    if request.method == "POST" and form.is_valid():
        if "confirm" in request.POST:
            made = form.carry_out(services.plan_series, by=request.user, now=now())
            if made:
                words.forget()
                messages.success(request, "Planned. Places in it can be given from now on.")
                return redirect("series", series=made.pk)
        else:
            looked = look(_asked(form.given()), now())
    context = {
        "form": form,
        "words": words,
        "looked": looked,
        "dates": _dates(looked),
        "back": reverse("groups"),
    }
    return render(request, "grid/groups/plan.html", context)


def found_series(pk):
    found = find_series(pk)
    if found is None:
        raise Http404
    return found


def may_run(user):
    return bool(reach(user.role, Action.RUN_GROUPS))


def when_of(found):
    return listed([f"{day}" for day in series_page.weekly_of(found)])


def _asked(given):
    return Asked(**{name: given[name] for name in Asked.__dataclass_fields__})


def _dates(looked):
    """[(number, day, hours, who leads)] of a plan that is looked at."""
    if looked is None or looked.planned is None:
        return []
    return [
        (
            one.session.number,
            f"{one.session.on:%A} {on(one.session.on)}",
            f"{say_time(one.session.from_at)} to {say_time(one.session.to_at)}",
            listed([each.name for each in one.leaders]) or "Nobody who can",
        )
        for one in looked.led
    ]


def _chips(form, codes, here):
    """What narrows the list, each with the address that widens it again."""
    return [
        Link(
            f"{form.fields[name].label}: {dict(form.fields[name].choices)[code]}",
            address(here, **{other: kept for other, kept in codes.items() if other != name}),
        )
        for name, code in codes.items()
    ]


def _also(user):
    """What belongs to the list, as far as this reader may open it."""
    pages = [ROOMS, LEADERS]
    return [OWN_GROUPS, *pages] if reach(user.role, Action.KEEP_GROUP_REGISTER) else pages
