"""Whose diary, and from which day. State in the address as codes: a key of staff or a code of a team, and a date."""

from django import forms

from staff.forms import FlexibleDateField, GovukForm

TEAM, STAFF = "team-", "staff-"


class DiaryForm(GovukForm):
    whose = forms.ChoiceField(label="Whose diary?", required=False)
    day = FlexibleDateField(label="From which day?", required=False)

    def __init__(self, data, *, staff, teams, user, today):
        self.staff = {f"{STAFF}{one.pk}": one for one in staff}
        self.teams = {f"{TEAM}{one.code}": one for one in teams}
        data = data.copy()
        self.own = f"{STAFF}{user.pk}"
        own_team = f"{TEAM}{user.team.code}" if user.team else ""
        known = self.own if self.own in self.staff else own_team if own_team in self.teams else ""
        data["whose"] = data.get("whose") or known or next(iter([*self.teams, *self.staff]), "")
        data["day"] = data.get("day") or today.isoformat()
        super().__init__(data)
        self.offer("whose", self._choices())

    def _choices(self):
        def said(key, one):
            return "My own" if key == self.own else one.name

        people = [(key, said(key, one)) for key, one in self.staff.items()]
        return [*people, *((key, f"Team: {one.name}") for key, one in self.teams.items())]

    def chosen(self):
        """(the member of staff, the team): one of them, or neither where the code is not on offer."""
        whose = self.cleaned_data.get("whose", "")
        return self.staff.get(whose), self.teams.get(whose)
