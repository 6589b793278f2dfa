"""What staff fill in when somebody will be away: whose days, which, and who covers.

Source: product rules: alerts of an absent owner go to named cover, or the senior probation officer.
"""

from django import forms

from staff.forms import FlexibleDateField, GovukForm

NOBODY = [("", "Nobody: the senior probation officer hears")]


class AbsenceForm(GovukForm):
    user = forms.ChoiceField(label="Who is away?")
    from_on = FlexibleDateField(label="First day away")
    to_on = FlexibleDateField(label="Last day away", future=True)
    cover = forms.ChoiceField(
        label="Who covers?",
        help_text="They are told what the officer would be told, and can open and work on the same cases on those days. Not somebody who is away themselves.",
        required=False,
    )

    def __init__(self, *args, users, covers, **kwargs):
        """`users` may be away; `covers` may cover."""
        super().__init__(*args, **kwargs)
        self.users = {one.username: one for one in users}
        self.covers = {one.username: one for one in covers}
        self.offer("user", [(code, one.name) for code, one in self.users.items()])
        self.offer("cover", NOBODY + [(code, _words(one)) for code, one in self.covers.items()])

    def given(self):
        """As the service takes it."""
        return {
            "user": self.users[self.cleaned_data["user"]],
            "from_on": self.cleaned_data["from_on"],
            "to_on": self.cleaned_data["to_on"],
            "cover": self.covers.get(self.cleaned_data["cover"]),
        }


def _words(user):
    where = f", {user.team.name}" if user.team else ""
    return f"{user.name}, {user.get_role_display().lower()}{where}"
