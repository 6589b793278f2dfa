"""Pages on which hours, training and induction of an officer are recorded, put right, ended or taken away."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from oversight.forms.officers import (
    ContractForm,
    HoursOffForm,
    OfficerInductionForm,
    TrainingForm,
)
from oversight.models import ContractHours, HoursOff, OfficerInduction, TrainingDone
from oversight.queries.officers import officers_to_record, supporters_of
from oversight.services import officers as services
from staff.access import staff_view
from staff.errors import RuleBroken
from staff.permissions import Action
from staff.views.keeping import words_of


@dataclass(frozen=True)
class Known:
    """One sort of thing that is recorded of an officer. `what`: as the heading says it."""

    what: str
    model: Any
    form: Any
    record: Callable
    change: Callable
    columns: tuple[str, ...]


KNOWN = {
    "contract": Known("hours by contract", ContractHours, ContractForm, services.record_contract_hours, services.change_contract_hours, ("hours", "from_on", "to_on")),
    "off": Known("hours taken off", HoursOff, HoursOffForm, services.record_hours_off, services.change_hours_off, ("code", "hours", "from_on", "to_on", "why")),
    "training": Known("training", TrainingDone, TrainingForm, services.record_training, services.change_training, ("kind", "done_on", "expires_on")),
    "induction": Known("induction", OfficerInduction, OfficerInductionForm, services.record_officer_induction, services.change_officer_induction, ("from_on", "to_on")),
}  # fmt: skip


@staff_view(Action.RECORD_OFFICER)
def record_known(request, officer, known):
    sort, one = _sort(known), get_object_or_404(officers_to_record(request.user), pk=officer)
    words = words_of(request)
    form = words.form(sort.form, **_asked(known, one))
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(sort.record, user=one, by=request.user, now=now())
        if made:
            return _done(request, words, one, "It is recorded.")
    return _page(request, form, words, one, f"Record {sort.what}")


@staff_view(Action.RECORD_OFFICER)
def change_known(request, known, known_row):
    """Put right, or end: the last day is one of its answers."""
    sort, row = _sort(known), _row(request.user, known, known_row)
    words = words_of(request)
    initial = {column: getattr(row, column) for column in sort.columns}
    if known == "induction":
        initial["supporter"] = row.supporter.username if row.supporter else ""
    form = words.form(sort.form, initial=initial, **_asked(known, row.user))
    if request.method == "POST" and form.is_valid():
        changed = form.carry_out(sort.change, row=row, by=request.user, now=now())
        if changed:
            return _done(request, words, row.user, "It is put right.")
    take_away = reverse("take-away-known", args=[known, row.pk])
    return _page(request, form, words, row.user, f"Put right or end: {sort.what}", take_away)


@staff_view(Action.RECORD_OFFICER)
@require_POST
def take_away_known(request, known, known_row):
    row = _row(request.user, known, known_row)
    try:
        services.take_away(row=row, by=request.user, now=now())
    except RuleBroken as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, "It is taken away, as something that was recorded by mistake.")
    return redirect("officer-workload", officer=row.user_id)


def _sort(known):
    if known not in KNOWN:
        raise Http404
    return KNOWN[known]


def _row(user, known, pk):
    rows = _sort(known).model.objects.filter(user__in=officers_to_record(user).order_by())
    return get_object_or_404(rows.select_related("user"), pk=pk)


def _asked(known, one):
    """What the form of an induction offers: colleagues of the team who could support them."""
    if known != "induction":
        return {}
    return {"supporters": supporters_of(one)}


def _done(request, words, one, said):
    words.forget()
    messages.success(request, f"{said} The workload of {one.name} is counted by it from now on.")
    return redirect("officer-workload", officer=one.pk)


def _page(request, form, words, one, heading, take_away=""):
    context = {
        "heading": heading,
        "lead": f"For {one.name}, who reads it too.",
        "form": form,
        "words": words,
        "take_away": take_away,
        "back": reverse("officer-workload", args=[one.pk]),
        "back_text": f"Workload of {one.name}",
    }
    return render(request, "oversight/workload/known.html", context)
