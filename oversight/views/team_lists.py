"""The lists behind figures of a team that have no page of their own: what is owed, interim plans, who waits, moves in the GRID."""

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.reference.groups import GROUPS, group_name
from cases.rules.addresses import address, number
from cases.rules.words import counted
from oversight.queries import grid_change, interim_plans, owed, waits
from oversight.rules.grid_change import Change
from oversight.views.choosing import kept_from
from oversight.views.team import PROVIDER, TeamForm
from staff.kit import Column, Link, on
from staff.permissions import Action
from staff.views.lists import remember_list

SIZE = 50
ANY = [("", "Any")]
GROUP_CHOICES = ANY + [(group, group_name(group)) for group in GROUPS]


class ListForm(TeamForm):
    """`FILTERS`: what besides the team narrows the list."""

    FILTERS: tuple[str, ...] = ("show",)

    def codes(self):
        """{name: code} of each filter in force; the team is always one."""
        team = self.chosen()
        codes = {name: self.cleaned_data.get(name, "") for name in self.FILTERS}
        return {"team": team.code if team else PROVIDER} | {k: c for k, c in codes.items() if c}

    def asked(self):
        """The same as the queries take it."""
        return {name: self.cleaned_data.get(name, "") for name in self.FILTERS} | {"team": self.chosen()}  # fmt: skip


class OwedForm(ListForm):
    FILTERS = ("harm", "about", "show")
    harm = forms.ChoiceField(
        label="If it is missed",
        required=False,
        choices=ANY + [(one.value, words) for one, words in owed.HARMS.items()],
    )
    about = forms.ChoiceField(label="About", required=False, choices=ANY + [*owed.ABOUT.items()])
    show = forms.ChoiceField(label="Show", required=False, choices=[*owed.SHOWN.items()])


class PlansForm(ListForm):
    show = forms.ChoiceField(label="Show", required=False, choices=[*interim_plans.SHOWN.items()])


class WaitsForm(ListForm):
    FILTERS = ("of",)
    of = forms.ChoiceField(label="For what", required=False, choices=[*waits.FOR.items()])

    def asked(self):
        return super().asked() | {"of": self.cleaned_data.get("of") or waits.SERVICE}


class ChangeForm(ListForm):
    FILTERS = ("show", "came", "left")
    show = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[("", "Everybody"), (grid_change.MOVES, "Whoever moved"), *Change.choices()],
    )
    came = forms.ChoiceField(label="Came to", required=False, choices=GROUP_CHOICES)
    left = forms.ChoiceField(label="Left", required=False, choices=GROUP_CHOICES)


@staff_view(Action.VIEW_TEAM)
def team_owed(request):
    today, user, form = localdate(), request.user, _form(OwedForm, request)
    wanted, after = owed.Wanted(**form.asked()), number(request.GET.get("after", ""))
    found = owed.page_of_owed(user, wanted, today, after=after, size=SIZE)
    context = {
        "heading": "What is owed",
        "lead": "What is owed on the cases of the team, what has been due longest first.",
        "rows": owed.owed_rows(found.rows, user, today),
        "empty": "What is owed would be here.",
        "shown": counted(owed.matching(user, wanted, today).count(), "thing"),
        **_around(request, form, "team-owed", after, found.next_after),
    }
    remember_list(request, "What is owed")
    return render(request, "oversight/team_list.html", context)


@staff_view(Action.VIEW_TEAM)
def team_interim_plans(request):
    today, user, form = localdate(), request.user, _form(PlansForm, request)
    wanted, after = interim_plans.Wanted(**form.asked()), number(request.GET.get("after", ""))
    found = interim_plans.page_of_plans(user, wanted, today, after=after, size=SIZE)
    context = {
        "heading": "Interim plans that end",
        "lead": "An interim plan protects people until agencies answer. Whichever ends first stands first: renew it, or end it "
        "when the answers have come.",
        "rows": interim_plans.plan_rows(found.rows, user, today),
        "empty": "Interim plans would be here.",
        "shown": counted(interim_plans.matching(user, wanted, today).count(), "interim plan"),
        **_around(request, form, "team-interim-plans", after, found.next_after),
    }
    remember_list(request, "Interim plans that end")
    return render(request, "oversight/team_list.html", context)


@staff_view(Action.VIEW_TEAM)
def team_waits(request):
    today, user, form = localdate(), request.user, _form(WaitsForm, request)
    wanted, after = waits.Wanted(**form.asked()), number(request.GET.get("after", ""))
    found = waits.page_of_waits(user, wanted, today, after=after, size=SIZE)
    context = {
        "heading": "Who waits",
        "lead": f"{waits.FOR[wanted.of]}. Whoever has waited longest stands first.",
        "rows": waits.wait_rows(found.rows, wanted, user, today),
        "empty": "Whoever waits would be here.",
        "shown": counted(waits.matching(user, wanted, today).count(), waits.COUNTED[wanted.of]),
        **_around(request, form, "team-waits", after, found.next_after),
    }
    remember_list(request, "Who waits")
    return render(request, "oversight/team_list.html", context)


@staff_view(Action.VIEW_TEAM)
def team_grid_change(request):
    today, user, form = localdate(), request.user, _form(ChangeForm, request)
    wanted, after = grid_change.Wanted(**form.asked()), request.GET.get("after", "")
    moves = grid_change.moves_of(user, wanted.team, today)
    keys = grid_change.matching(moves, wanted)
    found = grid_change.page_of_moves(keys, after=after, size=SIZE)
    since = on(today - grid_change.BACK)
    context = {
        "lead": f"Where each person on the board stood at the end of {since}, and where they stand now. Whoever came from another "
        "team since is here with their own history; whoever has left the team is not.",
        "columns": [Column(one) for one in ("Person on probation", "Officer", f"On {since}", "Now", "Change")],
        "rows": grid_change.move_rows(found.rows, moves, user),
        "shown": counted(len(keys), "person", "people"),
        **_around(request, form, "team-grid-change", after, found.next_after),
    }  # fmt: skip
    remember_list(request, "Moves in the GRID")
    return render(request, "oversight/team_grid_change.html", context)


def _form(kind, request):
    form = kind(request.GET, user=request.user)
    form.is_valid()
    return form


def _around(request, form, page, after, following):
    """The filters, the cases that are kept from the reader, and the way on."""
    codes, here = form.codes(), reverse(page)
    return {
        "form": form,
        "back": address(reverse("team-figures"), team=codes["team"]),
        "chips": _chips(form, codes, here),
        "clear": address(here, team=codes["team"]),
        "masked": kept_from(request.user, Action.VIEW_TEAM, form.chosen(), supervised=True),
        "first": address(here, **codes) if after else "",
        "next": address(here, **codes, after=following) if following else "",
    }


def _chips(form, codes, here):
    """One removable chip for each filter besides the team."""
    found = []
    for name in codes.keys() - {"team"}:
        rest = {other: code for other, code in codes.items() if other != name}
        words = dict(form.fields[name].choices)[codes[name]]
        found.append(Link(f"{form.fields[name].label}: {words}", address(here, **rest)))
    return sorted(found, key=lambda chip: chip.text)
