"""What may be asked of the board of releases. Every answer is a code in the address."""

from django import forms

from staff.forms import GovukForm
from staff.permissions import Role
from ttg.queries import board as queries
from ttg.rules.days_left import NEAR, NEAR_TITLE, Band

EVERY = ("", "Any")


class BoardForm(GovukForm):
    show = forms.ChoiceField(label="Who", choices=list(queries.SHOW.items()), required=False)
    band = forms.ChoiceField(
        label="Leaves", choices=[EVERY, (NEAR, NEAR_TITLE), *Band.choices()], required=False
    )
    prison = forms.ChoiceField(label="Prison", required=False)
    officer = forms.ChoiceField(label="Officer", required=False)
    team = forms.ChoiceField(label="Team", required=False)
    not_ready = forms.BooleanField(label="Only those not ready", required=False)
    drugs = forms.BooleanField(label="Drug need unanswered", required=False)
    first_days = forms.BooleanField(label="First days cannot be kept", required=False)
    mine = forms.BooleanField(label="Cases I hold", required=False)

    def __init__(self, data, *, user):
        data = data.copy()
        data["show"] = data.get("show") or queries.HELD
        super().__init__(data)
        for name, codes in zip(("prison", "officer", "team"), queries.choices_of(user), strict=True):  # fmt: skip
            self.offer(name, [EVERY, *codes.items()])
        if user.role not in (Role.OFFICER, Role.SPO):
            del self.fields["mine"]

    def wanted(self):
        """What was asked for; a code that is not on offer is left out, and that is said on the form."""
        return queries.Wanted(**{name: code for name, code in self.cleaned_data.items() if code})
