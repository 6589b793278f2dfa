"""What is asked of a meeting at the gate. Source: `ttg.rules.gate`."""

from datetime import datetime

from django import forms
from django.utils.timezone import get_current_timezone

from staff.forms import FlexibleDateField, FlexibleTimeField, GovukForm, Radios
from ttg.reference.hand_over import MetState

MAY_BE = {
    MetState.MET: "They were met: at the gate after all, or found since",
    MetState.NOT_MET: "They were not met",
    MetState.PLANNED: "Nobody knows yet: it was said too soon, or of somebody else",
}


class PlanMeetingForm(GovukForm):
    meets = forms.ChoiceField(
        label="Who meets them?",
        help_text="They see the name, the time, the place and any safety instruction, and nothing else of the case.",
    )
    on = FlexibleDateField(label="On which day?", future=True)
    time = FlexibleTimeField(
        label="At what time?", help_text="Most people leave in the morning. For example 9am."
    )
    where = forms.CharField(
        label="Where do they wait?",
        help_text="So that the two find each other. For example: inside the visitors’ centre.",
        max_length=300,
    )

    def __init__(self, *args, staff=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.staff = {str(one.pk): one for one in staff}
        names = [(key, f"{one.name}, {one.get_role_display()}") for key, one in self.staff.items()]
        self.offer("meets", [("", "Choose"), *names])

    def given(self):
        """The day and the time as one moment, and who it is."""
        said = self.cleaned_data
        at = datetime.combine(said["on"], said["time"], get_current_timezone())
        return {"meets": self.staff[said["meets"]], "at": at, "where": said["where"]}


class SayForm(GovukForm):
    met = forms.ChoiceField(
        label="Did you meet them?",
        choices=[("met", "Yes, we met"), ("not_met", "No, they did not come out, or we missed each other")],
        widget=Radios,
    )  # fmt: skip
    words = forms.CharField(
        label="What should the officer know?",
        help_text="If you did not meet: what happened, and where they were last known to be. The officer hears at once.",
        max_length=500,
        required=False,
    )


class PutRightForm(GovukForm):
    to = forms.ChoiceField(label="What is so?", widget=Radios)
    because = forms.CharField(
        label="What happened, and how do you know?",
        help_text="What was said before is kept. Everybody who was told of it hears again, at once.",
        max_length=500,
    )

    def __init__(self, *args, state, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("to", [(code, words) for code, words in MAY_BE.items() if code != state])


class CallOffForm(GovukForm):
    because = forms.CharField(
        label="Why is it called off?",
        help_text="Whoever was to go hears of it at once.",
        max_length=500,
    )
