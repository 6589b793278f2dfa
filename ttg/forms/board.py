"""What may be asked of the board of releases and of its measures. Every answer is a code in the address."""

from django import forms

from staff.forms import GovukForm
from staff.permissions import Role
from ttg.queries import board as queries
from ttg.queries import measures
from ttg.reference.measures import MEASURES, Period
from ttg.rules.days_left import Band

EVERY = ("", "Any")
EVERY_TEAM = "all"


class BoardForm(GovukForm):
    show = forms.ChoiceField(label="Who", choices=list(queries.SHOW.items()), required=False)
    band = forms.ChoiceField(label="Leaves", choices=[EVERY, *Band.choices()], required=False)
    prison = forms.ChoiceField(label="Prison", required=False)
    officer = forms.ChoiceField(label="Officer", required=False)
    team = forms.ChoiceField(label="Team", required=False)
    not_ready = forms.BooleanField(label="Only those not ready", required=False)
    drugs = forms.BooleanField(label="Drug need unanswered", required=False)
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


class MeasuresForm(GovukForm):
    """Over which days and of whose cases."""

    period = forms.ChoiceField(label="Days", choices=Period.choices(), required=False)
    team = forms.ChoiceField(label="Team that holds the case", required=False)

    def __init__(self, data, *, user):
        self.teams = measures.teams_of(user)
        data = data.copy()
        data["period"] = data.get("period") or Period.YEAR
        data["team"] = data.get("team") or EVERY_TEAM
        super().__init__(data)
        names = [(code, one.name) for code, one in self.teams.items()]
        self.offer("team", [(EVERY_TEAM, "Every team"), *names])

    def chosen(self):
        """The team asked for; None: all of them."""
        return self.teams.get(self.cleaned_data.get("team", EVERY_TEAM))

    def days(self):
        return int(self.cleaned_data.get("period") or Period.YEAR)

    def asked(self):
        """{name: code} of what is asked for."""
        team = self.chosen()
        return {"period": str(self.days()), "team": team.code if team else EVERY_TEAM}


class MeasureListForm(MeasuresForm):
    """Which of the measures is listed, and which of its numbers."""

    code = forms.ChoiceField(label="Measure", choices=[(one.code, one.title) for one in MEASURES.values()], required=False)  # fmt: skip
    which = forms.ChoiceField(label="Which", choices=[("", "All that are counted"), *measures.WHICH.items()], required=False)  # fmt: skip

    def measure(self):
        return MEASURES[self.cleaned_data.get("code") or next(iter(MEASURES))]

    def asked(self):
        which = self.cleaned_data.get("which", "")
        return super().asked() | {"code": self.measure().code} | ({"which": which} if which else {})
