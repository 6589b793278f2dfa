"""Changing a place that somebody has: suspended, resumed, ended, reopened, its days and way changed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.queries.header import case_header
from staff.errors import RuleBroken
from staff.kit import Link
from staff.permissions import Action
from unpaidwork.forms.allocating import OWN_WAY, BecauseForm, BegunPlaceForm, PlaceForm, ReopenForm
from unpaidwork.models import WorkAllocation
from unpaidwork.queries.allocating import Ask, board_of, placing_of
from unpaidwork.queries.place_page import checked, choices_of
from unpaidwork.reference.risk import AllocationState
from unpaidwork.rules.day_keys import key_of, say_day
from unpaidwork.rules.placing import as_begun
from unpaidwork.services import allocations as services
from unpaidwork.services.sessions import generate_sessions
from unpaidwork.views.allocating import TAB, live_place

STOPS = {
    "suspend": (
        "Suspend",
        "What is to come is called off, and other work is to be found within two working days.",
        services.suspend,
        "Suspended. What was to come is called off.",
    ),
    "end": (
        "End",
        "What is to come is called off. Where hours are left, other work is to be found within two working days.",
        services.end_allocation,
        "Ended. What was to come is called off.",
    ),
}


@case_view(Action.ALLOCATE_WORK)
def suspend_place(request, case, allocation):
    return _stop(request, case, allocation, "suspend")


@case_view(Action.ALLOCATE_WORK)
def end_place(request, case, allocation):
    return _stop(request, case, allocation, "end")


def _stop(request, case, key, act):
    found = live_place(case, key)
    heading, lead, service, said = STOPS[act]
    form = BecauseForm(request.POST if request.method == "POST" else None)
    sent = request.method == "POST" and form.is_valid()
    if sent and form.carry_out(service, allocation=found, by=request.user, now=now()):
        messages.success(request, said)
        return redirect("work-places", crn=case.crn)
    return _act(request, case, found, form, heading=heading, lead=lead)


@case_view(Action.ALLOCATE_WORK)
def resume_place(request, case, allocation):
    """By the same check as when it was given."""
    found = live_place(case, allocation)
    return _again(request, case, found, services.resume, "Resume", form=None)


@case_view(Action.ALLOCATE_WORK)
def reopen_place(request, case, allocation):
    rows = WorkAllocation.objects.select_related("project", "work__requirement__sentence")
    found = get_object_or_404(rows, pk=allocation, case=case, state=AllocationState.ENDED)
    form = ReopenForm(
        request.POST if request.method == "POST" else None, initial={"from_on": localdate()}
    )
    return _again(request, case, found, services.reopen, "Reopen", form=form)


def _again(request, case, found, service, heading, *, form):
    """What is found for it now; given again where nothing stands in the way and what is warned of was read."""
    today = localdate()
    header = case_header(case, request.user, today, TAB)
    found.case = found.work.case = case
    refused = ""
    if request.method == "POST" and (form is None or form.is_valid()):
        days = form.cleaned_data if form else {}
        seen = request.POST.getlist("seen")
        try:
            done = service(allocation=found, by=request.user, now=now(), seen=seen, **days)
        except RuleBroken as refusal:
            refused = str(refusal)
        else:
            generate_sessions(case_ids=[case.pk], by=request.user, now=now())
            return redirect("work-placed", crn=case.crn, allocation=done.pk)
    looked = checked(
        board_of([found.work], [found.project_id], today),
        Ask(found.work, _from_today(found, today), found.pk),
        header,
        user=request.user,
        today=today,
    )
    return _act(
        request,
        case,
        found,
        form,
        heading=heading,
        lead="Asked again as things stand today, by the same rules as when it was given.",
        looked=looked,
        refused=refused,
    )


def _from_today(found, today):
    found.from_on = max(found.from_on, today)
    if found.state == AllocationState.ENDED and found.to_on and found.to_on < today:
        found.to_on = None
    return placing_of(found)


@case_view(Action.ALLOCATE_WORK)
def change_place(request, case, allocation):
    """Its day, hours, dates, way, or what was agreed."""
    today, found = localdate(), live_place(case, allocation)
    found.case = found.work.case = case
    header = case_header(case, request.user, today, TAB)
    board = board_of([found.work], [found.project_id], today)
    days, stops = choices_of(board.sites[found.project_id], today)
    key = key_of(found)
    if key not in dict(days):
        days = [(key, f"{say_day(found)}, as it is now"), *days]
    kind = BegunPlaceForm if found.from_on < today else PlaceForm
    form = kind(
        request.POST if request.method == "POST" else None,
        days=days,
        stops=stops,
        woman=board.workers[case.pk].woman,
        initial=_as_it_is(found, key, header.names),
    )
    looked = None
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        placing = form.placing(found.project_id)
        if "confirm" in request.POST and _changed(request, form, found, placing):
            messages.success(request, "Changed. What no longer fits is called off.")
            return redirect("work-places", crn=case.crn)
        asked = placing_of_today(placing, found, today)
        ask = Ask(found.work, asked, found.pk)
        looked = checked(board, ask, header, user=request.user, today=today)
    context = {
        "case_header": header,
        "project": header.names.text(found.project.name),
        "what": header.names.text(found.project.what_is_done),
        "form": form,
        "fields": [form[name] for name in form.fields],
        "looked": looked,
        "changing": True,
        "back": reverse("work-places", args=[case.crn]),
    }
    return render(request, "unpaidwork/allocating/choose.html", context)


def placing_of_today(placing, found, today):
    """What began in the past is looked at from today."""
    return as_begun(placing, placing_of(found), today)


def _as_it_is(found, key, names):
    return {
        "day": key,
        "from_on": found.from_on,
        "to_on": found.to_on,
        "stop": str(found.stop_id) if found.stop_id else OWN_WAY,
        "travel_help": names.text(found.travel_help),
        "travel_because": names.text(found.travel_because),
        "agreed_alone": names.text(found.agreed_alone),
    }


def _changed(request, form, found, placing):
    changes = {
        name: getattr(placing, name)
        for name in (
            "weekday", "every", "from_on", "to_on", "from_at", "to_at", "stop", "travel_help", "travel_because",
            "agreed_alone",
        )
    }  # fmt: skip
    try:
        done = services.change_allocation(
            allocation=found,
            by=request.user,
            now=now(),
            seen=request.POST.getlist("seen"),
            **changes,
        )
    except RuleBroken as refusal:
        form.add_error(None, str(refusal))
        return None
    generate_sessions(case_ids=[done.case_id], by=request.user, now=now())
    return done


def _act(request, case, found, form, *, heading, lead, looked=None, refused=""):
    header = case_header(case, request.user, localdate(), TAB)
    context = {
        "case_header": header,
        "heading": heading,
        "lead": lead,
        "place": f"{header.names.text(found.project.name)}, {say_day(found)}",
        "because": header.names.text(found.state_because),
        "form": form,
        "fields": [form[name] for name in form.fields] if form else [],
        "looked": looked,
        "refused": refused,
        "instead": _instead(case, found),
        "back": reverse("work-places", args=[case.crn]),
    }
    return render(request, "unpaidwork/allocating/act.html", context)


def _instead(case, found):
    """What can be done with a place that is not to be given again."""
    if found.state == AllocationState.ENDED:
        query = {"work": str(found.work_id)}
        return [Link("Find other work", reverse("allocate-work", args=[case.crn], query=query))]
    pages = (
        ("Move them to other work, which ends this place", "move-place"),
        ("Change its day, hours or way there", "change-work-place"),
        ("End it, and other work is to be found within two working days", "end-place"),
    )
    return [Link(words, reverse(page, args=[case.crn, found.pk])) for words, page in pages]
