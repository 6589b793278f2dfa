"""The page on which a case is offered, and the list of hand-overs.

They stand here because what a person chose about who sees them is recorded with unpaid work.
"""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view, staff_view
from cases.models import Case
from cases.queries.candidates import candidates_for
from cases.queries.header import case_header
from cases.queries.holder_page import to_whom, who_holds
from cases.reference.holding import LeftAs, TransferKind
from cases.rules.addresses import address, number
from cases.rules.words import counted
from oversight.forms.giving import HandOverForm
from oversight.queries import holding as queries
from oversight.queries.departures import leaver_rows
from oversight.queries.giving import warned_of_offer
from oversight.queries.movements import movement_tabs
from oversight.services.giving import hand_over
from staff.kit import Masked
from staff.permissions import Action, reach
from staff.views.keeping import words_of
from staff.views.lists import remember_list

SIZE = 50
MASKED_AT_ONCE = 100


@case_view(Action.HAND_OVER)
def offer(request, case):
    today, user = localdate(), request.user
    header = case_header(case, user, today)
    choices, sex_matters = queries.choices_of(case, today)
    rows = candidates_for(case, today, but=[case.officer_id] if case.officer_id else ())
    rows = queries.stating(rows) if sex_matters else rows
    words = words_of(request)
    form = _form(words, case, rows, user, today)
    if request.method == "POST" and form.is_valid():
        offered = form.carry_out(hand_over, case=case, by=user, now=now())
        if offered:
            words.forget()
            messages.success(request, _offered(offered, header.officer))
            return redirect("case-holder", crn=case.crn)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "holds": who_holds(case, today),
        "choices": [header.names.text(one) for one in choices],
        "sheet": reverse("hand-over-sheet", args=[case.crn]),
        "compare": reverse("name-officer", args=[case.crn])
        if case.is_ours and Action.NAME_OFFICER in header.may
        else "",
        "back": reverse("case-holder", args=[case.crn]),
    }
    return render(request, "oversight/holding/offer.html", context)


def _form(words, case, rows, user, today):
    """With a box for each thing that is warned of, once a colleague is chosen: also where the rest is not answered yet."""
    asked = {"kinds": _kinds(case), "rows": rows}
    form = words.form(HandOverForm, **asked)
    form.is_valid()
    said = getattr(form, "cleaned_data", {})
    officer = form.users.get(said.get("to_officer", ""))
    if said.get("kind") != TransferKind.OFFICER or officer is None:
        return form
    return words.form(HandOverForm, **asked, warned=warned_of_offer(case, officer, user, today))


def _kinds(case):
    """Where this case can go: out of here or among us, or in."""
    if case.is_ours:
        return [TransferKind.OFFICER, TransferKind.NPS, TransferKind.PROVIDER]
    if case.left_as == LeftAs.ELSEWHERE:
        return [TransferKind.FROM_PROVIDER]
    return [TransferKind.FROM_NPS]


def _offered(offered, holder):
    """What happens next, and who does it."""
    if offered.to_officer:
        return (
            f"Offered to {to_whom(offered)}, who has been told. Until they accept, nothing has moved. The senior chases the "
            "answer after two working days."
        )
    return (
        f"Offered to {to_whom(offered)}. Until somebody there accepts by name it is held by {holder}; the hub, the officer "
        "or a senior records what they answer."
    )


@staff_view(Action.VIEW_MOVEMENTS)
def hand_overs(request):
    today, user = localdate(), request.user
    here, after = reverse("hand-overs"), number(request.GET.get("after", ""))
    found = queries.page_of_waiting(user, after=after, size=SIZE)
    waiting = queries.transfers_for(user).waiting().count()
    refused = queries.refused_lately(user, today)
    rows = queries.transfer_rows([*found.rows, *refused], user, today)
    within = Case.objects.within_reach(user, Action.VIEW_MOVEMENTS).supervised()
    context = {
        "tabs": movement_tabs("hand-overs"),
        "rows": rows[: len(found.rows)],
        "refused": rows[len(found.rows) :],
        "shown": counted(waiting, "hand-over"),
        "first": here if after else "",
        "next": address(here, after=found.next_after) if found.next_after else "",
        "leavers": leaver_rows(user, today),
        "may_plan": bool(reach(user.role, Action.PLAN_DEPARTURE)),
        "may_share": bool(reach(user.role, Action.SHARE_OUT_CASES)),
        "masked": [Masked(*row) for row in within.masked_to(user)[:MASKED_AT_ONCE]],
        "csv": reverse("hand-overs-csv") if reach(user.role, Action.EXPORT_CASES) else "",
    }
    remember_list(request, "Hand-overs")
    return render(request, "oversight/holding/hand_overs.html", context)
