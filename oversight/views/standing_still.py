"""Who cannot be seen as usual, of a team or of the provider; and of whom the record suggests it."""

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.models import Case
from cases.reference.pauses import PauseKind
from cases.rules.addresses import address, number
from cases.rules.words import counted
from oversight.queries import standing_still as queries
from oversight.queries.movements import movement_tabs
from oversight.queries.standing_still import RECORDED, SHOWN, SUGGESTED
from oversight.views.team import PROVIDER, TeamForm
from staff.kit import Link, Masked
from staff.permissions import Action, Reach, reach
from staff.views.lists import remember_list

PAGE = "standing-still-list"
SIZE = 50
MASKED_AT_ONCE = 100


class FilterForm(TeamForm):
    show = forms.ChoiceField(label="Show", required=False, choices=[*SHOWN.items()])
    kind = forms.ChoiceField(
        label="Why", required=False, choices=[("", "Any"), *PauseKind.choices()]
    )

    def __init__(self, data, *, user):
        super().__init__(data, user=user)
        if reach(user.role, Action.VIEW_MOVEMENTS) < Reach.PROVIDER:
            del self.fields["team"]

    def wanted(self):
        said = self.cleaned_data
        return queries.Wanted(
            team=self.chosen(), kind=said.get("kind", ""), show=said.get("show") or RECORDED
        )


@staff_view(Action.VIEW_MOVEMENTS)
def standing_still_list(request):
    today, user = localdate(), request.user
    form = FilterForm(request.GET, user=user)
    form.is_valid()
    wanted, here = form.wanted(), reverse(PAGE)
    codes = codes_of(wanted)
    rows, following, shown = _listed(user, wanted, request.GET.get("after", ""), today)
    suggested = wanted.show == SUGGESTED
    more = 0 if suggested else queries.suggested(user, wanted.team).count()
    context = {
        "tabs": movement_tabs(PAGE),
        "form": form,
        "chips": _chips(wanted, codes, here),
        "clear": address(here, team=codes["team"]),
        "rows": rows,
        "suggested": suggested,
        "more": counted(more, "more", "more") if more else "",
        "suggestions": address(here, team=codes["team"], show=SUGGESTED),
        "masked": [Masked(*row) for row in _reached(user, wanted).masked_to(user)[:MASKED_AT_ONCE]],
        "shown": shown,
        "first": address(here, **codes) if request.GET.get("after") else "",
        "next": address(here, **codes, after=following) if following else "",
        "csv": address(reverse("standing-still-csv"), **codes)
        if reach(user.role, Action.EXPORT_CASES) and not suggested
        else "",
    }
    remember_list(request, "Standing still")
    return render(request, "oversight/movements/standing_still.html", context)


def _listed(user, wanted, after, today):
    """(rows, what the next page starts after, how many there are in words)"""
    if wanted.show == SUGGESTED:
        found = queries.page_of_suggestions(user, wanted, after=after, size=SIZE)
        many = counted(queries.suggested(user, wanted.team).count(), "person", "people")
        return queries.suggestion_rows(found.rows, user), found.next_after, many
    found = queries.page_of_pauses(user, wanted, after=number(after), size=SIZE)
    many = counted(queries.matching(user, wanted).count(), "entry", "entries")
    return queries.pause_rows(found.rows, user, today), found.next_after, many


def codes_of(wanted):
    codes = {"team": wanted.team.code if wanted.team else PROVIDER, "kind": wanted.kind}
    return codes | ({} if wanted.show == RECORDED else {"show": wanted.show})


def _chips(wanted, codes, here):
    chips = []
    for name, said in (("kind", wanted.kind and PauseKind(wanted.kind).title), ("show", SHOWN[wanted.show])):  # fmt: skip
        if codes.get(name):
            rest = {other: code for other, code in codes.items() if other != name}
            chips.append(Link(said, address(here, **rest)))
    return chips


def _reached(user, wanted):
    reached = Case.objects.within_reach(user, Action.VIEW_MOVEMENTS).supervised()
    return reached.filter(team=wanted.team) if wanted.team else reached
