"""Pages on what each flag means on a work site: of one case, and of everybody of whom nothing is said yet."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view, staff_view
from cases.queries.header import case_header
from cases.rules.addresses import address
from cases.rules.words import counted
from staff.kit import Masked
from staff.permissions import Action
from staff.views.keeping import words_of
from unpaidwork.forms.instructions import EndInstructionForm, InstructionForm
from unpaidwork.queries.instruction_pages import (
    flag_rows,
    page_of_untold,
    spent_rows,
    told_by,
)
from unpaidwork.queries.instructions import flag_of, instructions_of, working
from unpaidwork.rules.instructions import suggested
from unpaidwork.services.instructions import end_instruction, write_instruction

TAB = "case-unpaid-work"
SIZE = 50
MASKED_AT_ONCE = 100


@case_view(Action.VIEW_UNPAID_WORK)
def work_instructions(request, case):
    today = localdate()
    header = case_header(case, request.user, today, TAB)
    rows = flag_rows(case, header.names, header.may, today)
    context = {
        "case_header": header,
        "rows": rows,
        "missing": [row for row in rows if row.gap],
        "spent": list(spent_rows(case, header.names, header.may, today)),
    }
    return render(request, "unpaidwork/instructions.html", context)


@case_view(Action.WRITE_WORK_RISK)
def write(request, case, flag):
    at, today = now(), localdate()
    found = flag_of(case, flag, today)
    if found is None:
        raise Http404
    header = case_header(case, request.user, today, TAB)
    stands = instructions_of([case.pk])[case.pk].get(flag)
    words = words_of(request)
    begun = _begun(found, stands, header.names, case)
    form = words.form(InstructionForm, flag=found, case=case, initial=begun)
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(write_instruction, case=case, flag=flag, by=request.user, now=at)
        if done:
            words.forget()
            messages.success(
                request, "Saved. Supervisors read it on the sheet of the next day they work."
            )
            return redirect("work-instructions", crn=case.crn)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "name": found.name,
        "told": stands and told_by(stands, header.names),
        "back": reverse("work-instructions", args=[case.crn]),
    }
    return render(request, "unpaidwork/write_instruction.html", context)


@case_view(Action.WRITE_WORK_RISK)
def end(request, case, instruction):
    at, today = now(), localdate()
    found = get_object_or_404(case.work_instructions.standing(), pk=instruction)
    header = case_header(case, request.user, today, TAB)
    form = EndInstructionForm(request.POST) if request.method == "POST" else EndInstructionForm()
    ended = {"instruction": found, "by": request.user, "now": at}
    if form.is_valid() and form.carry_out(end_instruction, **ended):
        messages.success(request, "Ended. No sheet shows it any more.")
        return redirect("work-instructions", crn=case.crn)
    context = {
        "case_header": header,
        "form": form,
        "told": told_by(found, header.names),
        "back": reverse("work-instructions", args=[case.crn]),
    }
    return render(request, "unpaidwork/end_instruction.html", context)


@staff_view(Action.VIEW_UNPAID_WORK)
def missing_instructions(request):
    """Everybody with unpaid work of whom a flag says nothing yet, the first to work first."""
    today, here = localdate(), reverse("missing-instructions")
    after = request.GET.get("after", "")
    rows, following, count = page_of_untold(request.user, today, after=after, size=SIZE)
    reached = working().within_reach(request.user, Action.VIEW_UNPAID_WORK)
    context = {
        "rows": rows,
        "masked": [Masked(*row) for row in reached.masked_to(request.user)[:MASKED_AT_ONCE]],
        "shown": counted(count, "person", "people"),
        "first": here if after else "",
        "next": address(here, after=following) if following else "",
    }
    return render(request, "unpaidwork/missing_instructions.html", context)


def _begun(flag, stands, names, case):
    """What stands, to be written over; else what it may begin with, which nothing saves by itself."""
    if stands is None:
        return {**suggested(flag), "owner": str(case.officer_id or "")}
    told = told_by(stands, names)
    return {
        "must_not": told.must_not,
        "watch_for": told.watch_for,
        "do": told.do,
        "ring": told.ring,
        "owner": str(stands.owner_id),
    }
