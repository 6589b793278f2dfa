"""What a senior fills in who takes a route away, and who books what takes its place.

Source: product rules, gates ("Remove a route").
"""

from datetime import datetime

from django import forms
from django.utils.timezone import get_current_timezone

from cases.queries.sentences import requirement_name
from cases.reference.plans import Route
from cases.rules.words import shortened
from staff.forms import FlexibleDateField, FlexibleTimeField, GovukForm, LongTextField, Radios

NO_REQUIREMENT = "none"
LONGEST = 100  # letters of a requirement's name


class TakeRouteAwayForm(GovukForm):
    requirement = forms.ChoiceField(
        label="Which requirement does it deliver?",
        widget=Radios(divider_before=NO_REQUIREMENT),
    )
    removed = forms.CharField(
        label="Which route is taken away?",
        help_text="For example one-to-one work.",
        max_length=300,
    )
    because = LongTextField(
        label="Why?",
        help_text="The officer tells the person, so say it as it can be told.",
        rows=4,
        max_length=500,
    )
    route = forms.ChoiceField(
        label="What takes its place?",
        help_text="A route is not taken away until another is named. Ask whether they can get to it: work, "
        "caring, travel, health.",
        choices=[(one.value, one.title) for one in Route if one != Route.NONE],
        widget=Radios,
    )
    replacement = LongTextField(
        label="Say which, when and where",
        error_messages={"required": "Say which, when and where"},
        help_text="For example Stepping Stones to Change, Tuesday evenings, Reading.",
        rows=3,
        max_length=500,
    )
    owner = forms.ChoiceField(
        label="Who sees to it that it begins?",
        help_text="Somebody who holds the case or works on it. They are told at once.",
    )
    by_on = FlexibleDateField(
        label="By when is it booked?",
        help_text="It stays on your list until then, and late from then on until a booking exists.",
        future=True,
    )

    def __init__(self, *args, requirements, staff, **kwargs):
        super().__init__(*args, **kwargs)
        self.requirements = {str(one.pk): one for one in requirements}
        self.staff = {str(one.pk): one for one in staff}
        named = [
            (key, shortened(requirement_name(one), LONGEST))
            for key, one in self.requirements.items()
        ]
        self.offer("requirement", [*named, (NO_REQUIREMENT, "None of them: other work")])
        self.offer("owner", [("", "Choose"), *((key, one.name) for key, one in self.staff.items())])

    def given(self):
        said = dict(self.cleaned_data)
        said["requirement"] = self.requirements.get(said["requirement"])
        said["owner"] = self.staff[said["owner"]]
        return said


class BookReplacementForm(GovukForm):
    booked_on = FlexibleDateField(
        label="On which day does it begin?",
        help_text="The day of the first session or appointment, for example 3 May 2018.",
        future=True,
    )
    booked_at = FlexibleTimeField(label="At what time?")
    booked_with = forms.CharField(
        label="Who sees them, and where?",
        help_text="For example Kim Lee, Reading office. Only what is booked closes this: not a referral, "
        "nor a place on a waiting list.",
        max_length=200,
    )

    def given(self):
        said = self.cleaned_data
        when = datetime.combine(said["booked_on"], said["booked_at"], get_current_timezone())
        return {"booked_for": when, "booked_with": said["booked_with"]}
