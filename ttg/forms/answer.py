"""What a service says of a referral by its link, without signing in. Source: `ttg.services.links`."""

from django import forms

from staff.forms import FlexibleDateField, FlexibleTimeField, GovukForm, Radios
from ttg.forms.referrals import at
from ttg.reference.referrals import ReferralState

SAYS = [
    (ReferralState.ACCEPTED.value, "We will see them"),
    (ReferralState.WAITING.value, "They are on our waiting list"),
    (ReferralState.REJECTED.value, "We cannot take them on"),
]
WHOLE = "Give the day, the time and the place, or leave all three blank"


class ServiceAnswerForm(GovukForm):
    received_by = forms.CharField(
        label="Your name",
        help_text="So that we know whom to ask for.",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    answer = forms.ChoiceField(
        label="What is your answer?",
        choices=SAYS,
        widget=Radios(
            reveals={
                ReferralState.ACCEPTED: ["first_on", "first_time", "first_where"],
                ReferralState.REJECTED: ["because"],
            }
        ),
    )
    first_on = FlexibleDateField(
        label="Day of the first appointment",
        help_text="Leave it blank if none is made yet. For example 3 May 2018 or 3/5/2018",
        required=False,
        future=True,
    )
    first_time = FlexibleTimeField(label="Time", required=False)
    first_where = forms.CharField(label="Where?", max_length=300, required=False)
    because = forms.CharField(
        label="Why not?",
        help_text="So that we can ask somebody else soon.",
        max_length=500,
    )

    def clean(self):
        super().clean()
        said = self.cleaned_data
        first = [said.get(name) for name in ("first_on", "first_time", "first_where")]
        broken = {"first_on", "first_time", "first_where"} & set(self.errors)
        if said.get("answer") == ReferralState.ACCEPTED and any(first) and not (all(first) or broken):  # fmt: skip
            self.add_error("first_on", WHOLE)
        return said

    def given(self):
        said = self.cleaned_data
        first_at = at(said["first_on"], said["first_time"])
        booked = said["answer"] == ReferralState.ACCEPTED and first_at
        return {
            "received_by": said["received_by"],
            "answer": ReferralState.BOOKED if booked else ReferralState(said["answer"]),
            "first_at": first_at,
            "first_where": said["first_where"] or "",
            "because": said["because"] or "",
        }
