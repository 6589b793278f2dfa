"""Whose diary, and from which day. State in the address as codes: a key of staff or a code of a team, and a date.

"team" is the reader's own.
"""

from django import forms

from staff.forms import FlexibleDateField, GovukForm

OWN_TEAM, TEAM, STAFF = "team", "team-", "staff-"


class DiaryForm(GovukForm):
    whose = forms.ChoiceField(label="Whose diary?", required=False)
    day = FlexibleDateField(label="From which day?", help_text="", required=False)

    def __init__(self, data, *, staff, teams, user, today):
        self.staff = {f"{STAFF}{one.pk}": one for one in staff}
        own_team = user.team_id
        self.teams = {OWN_TEAM if one.pk == own_team else f"{TEAM}{one.code}": one for one in teams}
        data = data.copy()
        self.own = f"{STAFF}{user.pk}"
        first = next((one for one in (self.own, OWN_TEAM) if self._is_known(one)), "")
        data["whose"] = data.get("whose") or first or next(iter([*self.teams, *self.staff]), "")
        data["day"] = data.get("day") or today.isoformat()
        super().__init__(data)
        self.offer("whose", self._choices())

    def _is_known(self, code):
        return code in self.staff or code in self.teams

    def _choices(self):
        def said(key, one):
            return "My own" if key == self.own else one.name

        people = [(key, said(key, one)) for key, one in self.staff.items()]
        return [*people, *((key, f"Team: {one.name}") for key, one in self.teams.items())]

    def chosen(self):
        """(the member of staff, the team): one of them, or neither where the code is not on offer."""
        whose = self.cleaned_data.get("whose", "")
        return self.staff.get(whose), self.teams.get(whose)
