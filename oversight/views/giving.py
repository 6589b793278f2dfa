"""Pages on which officers are compared for one case, and on which it is given to one of them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
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
from oversight.queries.unowned import unowned_of
from oversight.services import giving as services
from oversight.views.team import PROVIDER
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
    why_not = queries.why_not(case)
    choose = pages.choosing(case, held=bool(why_not), offers=_offers(case, header))
    context = _context(case, header, user, found, found.may, choose) | {
        "why_not": why_not,
        "form": form,
        "shown": f"{counted(len(found.may), 'officer')} who may have it, in the order of their names",
        "left_out": pages.left_out_of(found),
        "of": len(found.rows),
        "not_known": pages.not_known(found),
        "back": reverse("case-holder", args=[case.crn]),
    }
    return render(request, "oversight/holding/compare.html", context)


@case_view(Action.NAME_OFFICER)
def give_case(request, case, officer):
    """One officer and the case, with what is warned of, and why it is theirs: named, or offered what somebody holds."""
    today, user = localdate(), request.user
    one = get_object_or_404(queries.all_officers(), pk=officer)
    found = queries.comparison_of(case, queries.beside(one), today)
    row = found.of(one.pk) if found else None
    if row is None:
        raise Http404
    header, words = case_header(case, user, today), words_of(request)
    offered = _offers(case, header) and case.officer_id != one.pk
    form = words.form(GiveCaseForm, warned=warnings(row.found), offered=offered)
    if request.method == "POST" and form.is_valid():
        service = services.offer_case if offered else services.give_case
        if form.carry_out(service, case=case, officer=one, by=user, now=now()):
            words.forget()
            messages.success(request, _done(case, one, header, user, offered=offered))
            return redirect("case-holder", crn=case.crn)
    shut = "" if offered else queries.why_not(case)
    context = _context(case, header, user, found, [row], lambda row: None) | {
        "form": form,
        "words": words,
        "heading": f"{'Offer' if offered else 'Give'} the case to {one.name}",
        "button": "Offer it" if offered else "Name them",
        "refusals": [shut] if shut else [each.sentence for each in gates(row.found)],
        "back": address(
            reverse("name-officer", args=[case.crn]), team=one.team.code if one.team else ""
        ),
    }
    return render(request, "oversight/holding/give.html", context)


def _offers(case, header):
    """Whether somebody holds it, and the reader may offer it to another."""
    waiting = case.transfers.waiting().exists()
    return bool(active_holder(case)) and not waiting and Action.HAND_OVER in header.may


def _done(case, officer, header, user, *, offered):
    """What happens next, and who does it; of one that nobody held, the way back to the others."""
    if offered:
        return f"Offered to {officer.name}, who has been told. Until they accept, {header.officer} holds it."
    done = f"{officer.name} holds {case.crn} from now on and has been told. The first appointment is theirs to arrange."
    return _others(done, case.team, unowned_of(user, case.team).count())


def _others(done, team, number):
    """How many cases of this team, or of every one, nobody holds still, as the way to them."""
    whose = f" of {team.name}" if team else ""
    if not number:
        return f"{done} No other case{whose} is without an officer."
    return format_html(
        '{} <a class="govuk-notification-banner__link" href="{}">{}{} {} still without an officer</a>',
        done,
        address(reverse("unowned"), team=team.code if team else PROVIDER),
        counted(number, "case"),
        whose,
        "is" if number == 1 else "are",
    )


def _context(case, header, user, found, rows, choose):
    """What both pages show: who has it now, what the case asks, and a row for each of these officers."""
    choices, sexes = choices_of(case, found.today)
    reasons = set(officers_to_record(user).order_by().values_list("pk", flat=True))
    told = [header.names.text(one) for one in choices]
    return {
        "case_header": header,
        "lead": who_holds(case, found.today),
        "lines": list(pages.case_lines(found, told)),
        "rows": pages.officer_rows(rows, found, reasons=reasons, choose=choose, sexes=sexes),
    }
