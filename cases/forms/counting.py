"""What may be asked of measures: over which days, of whose cases, and which of them is listed. Each answer is a code."""

from django import forms

from cases.queries.counting import WHICH
from cases.reference.counting import Period
from staff.forms import GovukForm

EVERY_TEAM = "all"


class MeasuresForm(GovukForm):
    """Over which days and of whose cases."""

    period = forms.ChoiceField(label="Days", choices=Period.choices(), required=False)
    team = forms.ChoiceField(label="Team that holds the case", required=False)

    def __init__(self, data, *, teams):
        """`teams`: {code: Team} of which this reader sees the figures."""
        self.teams = teams
        data = data.copy()
        data["period"] = data.get("period") or Period.YEAR
        data["team"] = data.get("team") or EVERY_TEAM
        super().__init__(data)
        names = [(code, one.name) for code, one in teams.items()]
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

    code = forms.ChoiceField(label="Measure", required=False)
    which = forms.ChoiceField(label="Which", choices=[("", "All that are counted"), *WHICH.items()], required=False)  # fmt: skip

    def __init__(self, data, *, teams, measures):
        """`measures`: {code: Measure}; the first is listed where none is asked for."""
        super().__init__(data, teams=teams)
        self.measures = measures
        self.offer("code", [(one.code, one.title) for one in measures.values()])

    def measure(self):
        return self.measures[self.cleaned_data.get("code") or next(iter(self.measures))]

    def which_asked(self):
        return self.cleaned_data.get("which", "")

    def asked(self):
        which = {"which": self.which_asked()} if self.which_asked() else {}
        return super().asked() | {"code": self.measure().code} | which
