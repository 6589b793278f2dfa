"""What is filled in about whoever leads groups: training, its last day, hours of a week, days away."""

from django import forms

from cases.rules.hours import DAYS, say_hours, understand_hours
from staff.errors import RuleBroken
from staff.forms import FlexibleDateField, GovukForm

CHOOSE = ("", "Choose")


class LeaderTrainingForm(GovukForm):
    skill = forms.ChoiceField(
        label="What are they trained to lead?",
        help_text="As the policy on interventions asks for it. Nobody is named to lead what they are not trained for.",
    )
    from_on = FlexibleDateField(label="From which day?", help_text="The day on which it was done, or will be.")  # fmt: skip
    until = FlexibleDateField(
        label="Until which day, where it runs out?",
        help_text="Leave it empty where it does not. We say so 60 days before, so that it can be done again in time.",
        required=False,
    )

    def __init__(self, *args, skills, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("skill", [CHOOSE, *((one, one) for one in skills)])


class NewLeaderForm(LeaderTrainingForm):
    user = forms.ChoiceField(
        label="Who is it?",
        help_text="Facilitators are in the list already; anybody else comes into it with their first training.",
    )
    field_order = ("user", "skill", "from_on", "until")

    def __init__(self, *args, users, **kwargs):
        """`users`: [(user, role and team in words)] of those who may be chosen."""
        super().__init__(*args, **kwargs)
        self.users = {one.username: one for one, _ in users}
        named = [(one.username, f"{one.name}, {about}") for one, about in users]
        self.offer("user", [CHOOSE, *named])

    def given(self):
        return self.cleaned_data | {"user": self.users[self.cleaned_data["user"]]}


class TrainingEndForm(GovukForm):
    until = FlexibleDateField(
        label="Which is its last day?",
        help_text="Leave it empty where it does not run out. Sessions they are named for after it need cover.",
        required=False,
    )


class LeaderHoursForm(GovukForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for weekday, day in enumerate(DAYS):
            self.ask(f"hours_{weekday}", _hours_of_a_day(day))

    def clean(self):
        self.hours = set()
        for weekday in range(len(DAYS)):
            try:
                stretches = understand_hours(self.cleaned_data.get(f"hours_{weekday}", ""))
            except RuleBroken as refusal:
                self.add_error(f"hours_{weekday}", str(refusal))
            else:
                self.hours |= {(weekday, start, end) for start, end in stretches}
        return self.cleaned_data

    def given(self):
        return {"hours": self.hours}


def begun_with(hours):
    """What the form holds of these `LeaderHours`."""
    return {
        f"hours_{weekday}": say_hours(
            [(one.from_at, one.to_at) for one in hours if one.weekday == weekday]
        )
        for weekday in range(len(DAYS))
    }


def _hours_of_a_day(day):
    return forms.CharField(
        label=day,
        help_text="For example 9am to 5pm, or 9am to midday, 5pm to 8pm. Blank: they lead nothing that day.",
        max_length=200,
        required=False,
    )


class LeaderLeaveForm(GovukForm):
    from_on = FlexibleDateField(label="First day away")
    to_on = FlexibleDateField(label="Last day away", future=True)
