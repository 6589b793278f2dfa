"""Pages on which officers are compared for one case, and on which it is given to one of them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.queries.header import case_header
from cases.queries.holder_page import who_holds
from cases.queries.holding import active_holder
from cases.rules.addresses import address
from cases.rules.gaps import gates, warnings
from cases.rules.words import counted
from oversight.forms.giving import GiveCaseForm, OfficersOfForm
from oversight.queries import giving as queries
from oversight.queries import giving_page as pages
from oversight.queries.holding import choices_of
from oversight.queries.officers import officers_to_record
from oversight.services.giving import give_case as give_it
from staff.permissions import Action
from staff.views.keeping import words_of


@case_view(Action.NAME_OFFICER)
def name_officer(request, case):
    """The officers of a team side by side, for one case."""
    today, user = localdate(), request.user
    header = case_header(case, user, today)
    own = case.team_id or user.team_id
    form = OfficersOfForm(request.GET, teams=queries.teams_to_compare(own), own=own)
    form.is_valid()
    found = queries.comparison_of(case, queries.officers_of(form.chosen()), today)
    if found is None:
        messages.info(request, queries.why_not(case))
        return redirect("case-holder", crn=case.crn)
    held, why_not = active_holder(case), queries.why_not(case)
    waiting = case.transfers.waiting().exists()
    choices, sexes = choices_of(case, today)
    choose = pages.choosing(
        case,
        held=bool(held) or waiting,
        offers=bool(held) and not waiting and Action.HAND_OVER in header.may,
    )
    rows = _rows(found.may, found, user, choose=choose, sexes=sexes)
    context = {
        "case_header": header,
        "lead": who_holds(case, today),
        "why_not": why_not,
        "form": form,
        "lines": list(pages.case_lines(found, [header.names.text(one) for one in choices])),
        "rows": rows,
        "shown": f"{counted(len(rows), 'officer')} who may have it, in the order of their names",
        "left_out": pages.left_out_of(found),
        "of": len(found.rows),
        "not_known": pages.not_known(found),
        "back": reverse("case-holder", args=[case.crn]),
    }
    return render(request, "oversight/holding/compare.html", context)


@case_view(Action.NAME_OFFICER)
def give_case(request, case, officer):
    """One officer and the case, with what is warned of, and why it is theirs."""
    today, user = localdate(), request.user
    one = get_object_or_404(queries.all_officers(), pk=officer)
    found = queries.comparison_of(case, queries.beside(one), today)
    row = found.of(one.pk) if found else None
    if row is None:
        raise Http404
    header, words = case_header(case, user, today), words_of(request)
    form = words.form(GiveCaseForm, warned=warnings(row.found))
    if request.method == "POST" and form.is_valid():
        given = form.carry_out(give_it, case=case, officer=one, by=user, now=now())
        if given:
            words.forget()
            messages.success(
                request,
                f"{one.name} holds {case.crn} from now on and has been told. The first appointment is theirs to arrange.",
            )
            return redirect("case-holder", crn=case.crn)
    choices, sexes = choices_of(case, today)
    (shown,) = _rows([row], found, user, choose=lambda row: None, sexes=sexes)
    shut = queries.why_not(case)
    team = one.team.code if one.team else ""
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "heading": f"Give the case to {one.name}",
        "lead": who_holds(case, today),
        "refusals": [shut] if shut else [each.sentence for each in gates(row.found)],
        "row": shown,
        "lines": list(pages.case_lines(found, [header.names.text(one) for one in choices])),
        "back": address(reverse("name-officer", args=[case.crn]), team=team),
    }
    return render(request, "oversight/holding/give.html", context)


def _rows(rows, found, user, *, choose, sexes):
    reasons = set(officers_to_record(user).order_by().values_list("pk", flat=True))
    return pages.officer_rows(rows, found, reasons=reasons, choose=choose, sexes=sexes)
