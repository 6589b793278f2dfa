"""A quarter's timetable: asked for, looked through series by series, changed, published or given up."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from cases.access import staff_view
from cases.rules.addresses import number
from grid.forms.timetables import AskForTimetableForm
from grid.models import Timetable, TimetableSeries
from grid.queries import quarter_page as queries
from grid.reference.groups import TimetableState
from grid.services import timetables as services
from staff.audit import record
from staff.errors import RuleBroken
from staff.kit import Link
from staff.permissions import Action, reach

LEAD = "Which series are run from a day on, where, when and by whom, so that as many as can be of those who wait finish in time."


@staff_view(Action.VIEW_DEMAND)
def quarters(request):
    rows = queries.rows_of_timetables(Timetable.objects.all())
    context = {
        "lead": LEAD,
        "rows": rows,
        "actions": [Link("Ask for a timetable", reverse("ask-for-quarter"))]
        if _plans(request.user)
        else [],
    }
    return render(request, "grid/groups/quarters.html", context)


@staff_view(Action.PLAN_QUARTER)
def ask_for_quarter(request):
    sent = request.method == "POST"
    form = AskForTimetableForm(request.POST if sent else None, today=localdate())
    if sent and form.is_valid():
        made = form.carry_out(services.ask_for_timetable, by=request.user, now=now())
        if made:
            messages.success(
                request, "It is asked for, and is worked out within two minutes or so."
            )
            return redirect("quarter", quarter=made.pk)
    return render(
        request, "grid/groups/ask_quarter.html", {"form": form, "back": reverse("quarters")}
    )


@staff_view(Action.VIEW_DEMAND)
def quarter(request, quarter):
    one = _found(quarter)
    record(by=request.user, action="opened_timetable", timetable=one.pk)
    state = TimetableState(one.state)
    rows = queries.series_of(one, request.user)
    context = {
        "one": one,
        "heading": f"Timetable, {queries.say_quarter(one)}",
        "lead": queries.HINTS[state],
        "tag": queries.TAGS[state],
        "figures": queries.figures_of(one),
        "gap": queries.say_gap(one),
        "kept": queries.say_kept(rows),
        "series": rows,
        "without": queries.without_of(one),
        "working": state in (TimetableState.WORKING, TimetableState.PUBLISHING),
        "may_change": state == TimetableState.PROPOSED and _plans(request.user),
        "may_drop": state in (TimetableState.WORKING, TimetableState.PROPOSED)
        and _plans(request.user),
        "back": reverse("quarters"),
    }
    return render(request, "grid/groups/quarter.html", context)


@staff_view(Action.PLAN_QUARTER)
@require_POST
def take_out_of_quarter(request, proposed_series):
    return _changed(request, proposed_series, services.take_out_series, "It is taken out. Its people keep their place in the queue.")  # fmt: skip


@staff_view(Action.PLAN_QUARTER)
@require_POST
def put_back_in_quarter(request, proposed_series):
    return _changed(request, proposed_series, services.put_back_series, "It is put back.")


@staff_view(Action.PLAN_QUARTER)
def publish_quarter(request, quarter):
    one = _found(quarter)
    rows = queries.series_of(one, request.user)
    context = {
        "heading": "Publish the timetable",
        "lead": queries.say_quarter(one),
        "words": [
            f"{queries.say_kept(rows)} are in it.",
            "Each series is planned with its room and leaders, and a place is kept for each person while their officer asks them. "
            "What cannot be done any more is named, and stops nothing else.",
        ],
        "button": "Publish it",
        "version": one.version,
    }
    return _decided(request, one, services.publish_timetable, "It is being published, series by series.", context)  # fmt: skip


@staff_view(Action.PLAN_QUARTER)
def drop_quarter(request, quarter):
    one = _found(quarter)
    context = {
        "heading": "Give the timetable up",
        "lead": queries.say_quarter(one),
        "words": ["Nothing of it is planned. Everybody keeps their place in the queue."],
        "button": "Give it up",
        "version": one.version,
    }
    return _decided(request, one, services.drop_timetable, "It is given up.", context)


def _found(pk):
    return get_object_or_404(Timetable.objects.select_related("asked_by"), pk=pk)


def _plans(user):
    return bool(reach(user.role, Action.PLAN_QUARTER))


def _version(request):
    """As it was read; nought where somebody sent none, which is no version."""
    return number(request.POST.get("version", "")) or 0


def _changed(request, pk, service, done):
    proposed = TimetableSeries.objects.select_related("timetable").filter(pk=pk).first()
    if proposed is None:
        raise Http404
    try:
        service(proposed=proposed, version=_version(request), by=request.user)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(f"{reverse('quarter', args=[proposed.timetable_id])}#series-{pk}")


def _decided(request, one, service, done, context):
    context |= {"back": reverse("quarter", args=[one.pk]), "refused": ""}
    if request.method == "POST":
        try:
            service(timetable=one, version=_version(request), by=request.user, now=now())
        except RuleBroken as refusal:
            context["refused"] = str(refusal)
        else:
            messages.success(request, done)
            return redirect("quarter", quarter=one.pk)
    return render(request, "grid/groups/decide_quarter.html", context)
