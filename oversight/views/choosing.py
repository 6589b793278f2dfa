"""Lists across cases of which a reader chooses the team and what is shown: the form, the way on, and the cases kept from them."""

from django import forms
from django.urls import reverse

from cases.models import Case
from cases.rules.addresses import address
from oversight.views.team import PROVIDER, TeamForm
from staff.kit import Link, Masked
from staff.permissions import Reach, reach

MASKED_AT_ONCE = 100


class ShowForm(TeamForm):
    """`shows`: {code: words}, the first unless another is asked for. Whoever reaches one team is not asked which."""

    show = forms.ChoiceField(label="Show", required=False)

    def __init__(self, data, *, user, action, shows):
        super().__init__(data, user=user)
        self.shows, self.first = shows, next(iter(shows))
        self.offer("show", [*shows.items()])
        if reach(user.role, action) < Reach.PROVIDER:
            del self.fields["team"]

    def shown(self):
        return self.cleaned_data.get("show") or self.first


def way_on(form, page, after, following):
    """What the filter and the foot of the list lead to. `after`: what this page starts after; `following`: what the next does."""
    team, show, here = form.chosen(), form.shown(), reverse(page)
    of_team = {"team": team.code if team else PROVIDER}
    clear = address(here, **of_team)
    codes = of_team if show == form.first else of_team | {"show": show}
    return {
        "form": form,
        "chips": [] if show == form.first else [Link(form.shows[show], clear)],
        "clear": clear,
        "first": address(here, **codes) if after else "",
        "next": address(here, **codes, after=following) if following else "",
    }


def kept_from(user, action, team, *, supervised=False):
    """Masked rows of the cases within reach that are kept from this reader, those of one team where it is given."""
    reached = Case.objects.within_reach(user, action)
    reached = reached.supervised() if supervised else reached
    reached = reached.filter(team=team) if team else reached
    return [Masked(*row) for row in reached.masked_to(user)[:MASKED_AT_ONCE]]
