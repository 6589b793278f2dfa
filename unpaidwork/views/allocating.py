"""Finding work for somebody: what stands in the way, projects in order, choosing a place, and inductions."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from cases.access import case_view
from cases.queries.header import case_header
from cases.rules.addresses import number
from staff.errors import RuleBroken
from staff.kit import Link, on
from staff.permissions import Action
from unpaidwork.forms.allocating import OWN_WAY, PlaceForm
from unpaidwork.models import Project, WorkAllocation
from unpaidwork.queries.allocating import Ask, board_of
from unpaidwork.queries.allocating_page import finding
from unpaidwork.queries.person_maps import COLUMNS, map_of_site
from unpaidwork.queries.place_page import (
    checked,
    choices_of,
    inductions_booked,
    places_shown,
)
from unpaidwork.queries.progress import FIRST_DAY
from unpaidwork.queries.work_rows import say_held
from unpaidwork.queries.works import name_of, open_works
from unpaidwork.reference.risk import AllocationState
from unpaidwork.rules.day_keys import say_day
from unpaidwork.services import allocations as services
from unpaidwork.services.sessions import book_induction, generate_sessions

TAB = "case-unpaid-work"
NOTHING = "There is no unpaid work to be done on this case: none is ordered, or it is suspended, worked or ended."


@case_view(Action.ALLOCATE_WORK)
def allocate_work(request, case):
    """With ?work= of which requirement, where there are several."""
    return _find(request, case, None)


@case_view(Action.ALLOCATE_WORK)
def move_place(request, case, allocation):
    """Other work in the place of this."""
    return _find(request, case, live_place(case, allocation))


def _find(request, case, moving):
    today = localdate()
    header = case_header(case, request.user, today, TAB)
    works = open_works(case)
    work = moving.work if moving else chosen_work(request, works)
    context = {
        "case_header": header,
        "work": work,
        "nothing": NOTHING,
        "moving": moving and f"{moving.project.name}, {say_day(moving)}",
        "others": [
            Link(name_of(one), f"{request.path}?work={one.pk}") for one in works if one != work
        ]
        if not moving
        else [],
        "back": reverse("work-places", args=[case.crn]),
    }
    if work:
        work.case = case
        context["name"] = header.names.text(name_of(work))
        context |= finding(work, header, today, user=request.user, moving=moving)
    return render(request, "unpaidwork/allocating/find.html", context)


@case_view(Action.ALLOCATE_WORK)
def choose_work(request, case, project):
    """Which day and way; then what is found for that place; then it is given."""
    today, site_row = localdate(), get_object_or_404(Project, pk=project)
    works = open_works(case)
    moving = number(request.GET.get("move", ""))
    moving = live_place(case, moving) if moving else None
    work = moving.work if moving else chosen_work(request, works)
    if work is None:
        messages.info(request, NOTHING)
        return redirect("allocate-work", crn=case.crn)
    work.case = case
    board = board_of([work], [site_row.pk], today)
    site, worker = board.sites[site_row.pk], board.workers[case.pk]
    form = _place_form(request, site, worker, moving)
    header = case_header(case, request.user, today, TAB)
    looked = None
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        placing = form.placing(site_row.pk)
        ask = Ask(work, placing, moving and moving.pk)
        if "confirm" in request.POST and (made := _give(request, form, ask, moving)):
            return redirect("work-placed", crn=case.crn, allocation=made.pk)
        looked = checked(board, ask, header, user=request.user, today=today)
    context = {
        "case_header": header,
        "project": header.names.text(site_row.name),
        "what": header.names.text(site_row.what_is_done),
        "form": form,
        "fields": [form[name] for name in form.fields],
        "looked": looked,
        "map": map_of_site(site, board, work, header.names, today),
        "map_columns": COLUMNS,
        "moving": moving and f"{moving.project.name}, {say_day(moving)}",
        "back": _list(case, work, moving),
    }
    return render(request, "unpaidwork/allocating/choose.html", context)


def _place_form(request, site, worker, moving):
    days, stops = choices_of(site, localdate())
    return PlaceForm(
        request.POST if request.method == "POST" else None,
        days=days,
        stops=stops,
        woman=worker.woman,
        moves=moving is not None,
        initial={
            "day": days[0][0] if len(days) == 1 else None,
            "stop": OWN_WAY,
            "from_on": localdate(),
        },
    )


def _give(request, form, ask, moving):
    """The allocation that was made; None where it was refused, and why is on the form."""
    known = {"placing": ask.placing, "by": request.user, "now": now()}
    seen = request.POST.getlist("seen")
    try:
        if moving:
            because = form.cleaned_data["because"]
            made = services.reassign(allocation=moving, because=because, seen=seen, **known)
        else:
            made = services.allocate(work=ask.work, seen=seen, **known)
    except RuleBroken as refusal:
        form.add_error(None, str(refusal))
        return None
    generate_sessions(case_ids=[made.case_id], by=request.user, now=now())
    return made


def _list(case, work, moving):
    if moving:
        return reverse("move-place", args=[case.crn, moving.pk])
    return reverse("allocate-work", args=[case.crn], query={"work": str(work.pk)})


@case_view(Action.VIEW_UNPAID_WORK)
def work_placed(request, case, allocation):
    """What was given, and what happens next."""
    today = localdate()
    made = get_object_or_404(
        WorkAllocation.objects.select_related("work__requirement", "project").annotate(
            first_on=FIRST_DAY
        ),
        pk=allocation,
        case=case,
    )
    header = case_header(case, request.user, today, TAB)
    coming = made.attendance_set.filter(
        session__on__gte=today, appointment__called_off_at=None
    ).order_by("session__on")
    first = coming.values_list("session__on", flat=True).first()
    context = {
        "case_header": header,
        "project": header.names.text(made.project.name),
        "when": f"{say_day(made)}. {say_held(made)}.",
        "next": _next(made, first, case),
        "places": reverse("work-places", args=[case.crn]),
    }
    return render(request, "unpaidwork/allocating/placed.html", context)


def _next(made, first, case):
    if first:
        yield f"Their days of the next weeks are booked, the first on {on(first)}. More are added each night."
    else:
        yield "Their days are booked in the night."
    yield "Tell them where and when, in a way they can read, and what to bring: say so on each appointment."
    yield "Whoever supervises sees what they must know on the sheet of the day, once a coordinator publishes it."
    yield "If an order, a record or the site changes, this is tested again at once, and stopped where it must be."


@case_view(Action.VIEW_UNPAID_WORK)
def work_places(request, case):
    """Every place they have or had."""
    today = localdate()
    header = case_header(case, request.user, today, TAB)
    may = Action.ALLOCATE_WORK in header.may
    find = [Link("Find work", reverse("allocate-work", args=[case.crn]))] if may else []
    context = {
        "case_header": header,
        "inductions": inductions_booked(case, header, today),
        "rows": places_shown(case, header, today),
        "actions": find,
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "unpaidwork/allocating/places.html", context)


@case_view(Action.ALLOCATE_WORK)
@require_POST
def induct(request, case):
    """Book them on the induction of a day."""
    works = open_works(case)
    work = next((one for one in works if str(one.pk) == request.POST.get("work")), None)
    day, _, project = request.POST.get("day", "").partition(" ")
    row = Project.objects.filter(pk=number(project) or 0).first()
    on_day = _day(day)
    if work is None or row is None or on_day is None:
        messages.error(request, "Choose a day.")
        return redirect("allocate-work", crn=case.crn)
    try:
        made = book_induction(work=work, project=row, on=on_day, by=request.user, now=now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect("allocate-work", crn=case.crn)
    messages.success(request, f"Booked on the induction of {on(made.session.on)}.")
    return redirect("work-places", crn=case.crn)


def _day(text):
    try:
        return parse_date(text)
    except ValueError:
        return None


def chosen_work(request, works):
    """By ?work=, or the only one, or the first."""
    named = next((one for one in works if str(one.pk) == request.GET.get("work")), None)
    return named or next(iter(works), None)


def live_place(case, key):
    """A place that stands, by its key. 404 for any other."""
    rows = WorkAllocation.objects.exclude(state=AllocationState.ENDED)
    rows = rows.select_related("project", "work__requirement__sentence", "work__case")
    return get_object_or_404(rows, pk=key, case=case)
