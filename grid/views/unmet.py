"""Needs that nothing planned meets: put to the senior, decided by them, and all of them beside each other."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from cases.access import case_view, staff_view
from cases.queries.header import case_header
from cases.rules.addresses import address, number
from cases.rules.words import counted
from grid.forms.waiting import DecideForm, UnmetForm
from grid.models import Referral
from grid.queries import unmet_pages as queries
from grid.queries.offers import offers_to
from grid.queries.offers_page import need_of, need_shown
from grid.queries.seekers import places_of_groups
from grid.queries.waiting_pages import kept_from, say_end, teams_of
from grid.queries.week_page import case_week
from grid.reference.groups import Decision
from grid.services import unmet as services
from grid.services.intervention_policy import intervention_policy
from grid.services.policy import grid_policy
from grid.views.waiting import chips
from staff.errors import RuleBroken
from staff.kit import Column, Line, Masked
from staff.permissions import Action, reach
from staff.views.keeping import words_of
from staff.views.lists import remember_list

SIZE = 50
TAB = "case-interventions"
COLUMNS = [
    Column("Person on probation"), Column("Waits for"), Column("Since"), Column("What is missing"),
    Column("Nearest place, and when they could come"), Column("Decided"),
]  # fmt: skip
PARTS = [Column("Day"), Column("Morning"), Column("Afternoon"), Column("Evening")]
NOT_HERE = "They are not on that waiting list any more. Look at where it stands."
NOTHING = "There is nothing to decide: nothing waits for a decision, or something fits them now."
PUT = (
    "It is put to the senior probation officer, who decides it and tells you. Until something fits it counts as a need "
    "that is not met. They keep their place in the queue."
)
DECIDED = "It is decided, and the officer has been told. It counts as a need that is not met until something fits."
PLAN_IT = "It is decided. Plan the series here: what they could come to is on the list of needs that nothing meets."


@case_view(Action.GIVE_PLACE)
@require_POST
def put_to_senior(request, case):
    pk = number(request.POST.get("referral", ""))
    referral = Referral.objects.waiting().filter(case=case, pk=pk).first() if pk else None
    if referral is None:
        messages.info(request, NOT_HERE)
        return redirect("case-offers", crn=case.crn)
    try:
        services.put_to_senior(referral=referral, by=request.user, now=now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, PUT)
    return redirect("case-offers", crn=case.crn)


@case_view(Action.DECIDE_UNMET_NEED)
def decide_unmet_need(request, case):
    need, user, today = need_of(case), request.user, localdate()
    if need is None:
        messages.info(request, NOTHING)
        return redirect("case-offers", crn=case.crn)
    words = words_of(request)
    form = words.form(DecideForm)
    if request.method == "POST" and form.is_valid():
        known = {"need": need, "by": user, "now": now()}
        if decided := form.carry_out(services.decide_need, **known):
            words.forget()
            return _then(request, case, decided)
    header = case_header(case, user, today, TAB)
    policies = grid_policy(today), intervention_policy(today)
    offered = offers_to([case.pk], policies, now())[case.pk]
    of_it = next((one for one in offered if one.referral.pk == need.referral_id), None)
    context = {
        "case_header": header,
        "need": need_shown(case, need, header.names, header.may),
        "lines": _stands(of_it),
        "missing": of_it.missing if of_it else need.missing,
        "fits": bool(of_it and of_it.offers),
        "parts": PARTS,
        "week": case_week(case, header.names, header.may, today),
        "form": form,
        "words": words,
        "back": reverse("case-offers", args=[case.crn]),
    }
    return render(request, "grid/decide_unmet_need.html", context)


def _then(request, case, decided):
    """A new series leads whoever plans them to where that is done."""
    if decided.decision == Decision.NEW_SERIES and reach(request.user.role, Action.RUN_GROUPS):
        messages.success(request, PLAN_IT)
        return redirect(address(reverse("plan-series"), code=decided.referral.code))
    messages.success(request, DECIDED)
    return redirect("case-offers", crn=case.crn)


def _stands(of_it):
    if of_it is None:
        return []
    return [
        Line("What they may expect", of_it.on_list.words),
        Line("Position on the whole list", f"{of_it.on_list.expected.position:,}"),
        Line("Until when they can be asked", say_end(of_it.on_list)),
    ]


@staff_view(Action.VIEW_WAITING)
def unmet_needs(request):
    user, today = request.user, localdate()
    sites = {one.pk: one.name for one in places_of_groups(today)}
    form = UnmetForm(request.GET, sites=sites, teams=teams_of(user))
    form.is_valid()
    codes, here = form.codes(), reverse("unmet-needs")
    found = queries.unmet_found(user, queries.Wanted(**codes), intervention_policy(today), today)
    after = request.GET.get("after", "")
    rows, next_after = queries.page_found(found, after=after, size=SIZE)
    context = {
        "form": form,
        "chips": chips(form, here),
        "clear": here,
        "columns": COLUMNS,
        "tables": [
            ("By intervention", queries.by_intervention(found, codes)),
            ("By the place nearest to them", queries.by_site(found, sites, codes)),
            ("By when they could come", queries.by_time(found, codes)),
        ],
        "rows": queries.rows_of(rows, sites),
        "masked": [Masked(*row) for row in kept_from(user)],
        "shown": counted(len(found), "need that nothing meets", "needs that nothing meets"),
        "first": address(here, **codes) if after else "",
        "next": address(here, **codes, after=next_after) if next_after else "",
        "plan": reverse("plan-series") if reach(user.role, Action.RUN_GROUPS) else "",
    }
    remember_list(request, "Needs that nothing meets")
    return render(request, "grid/unmet_needs.html", context)
