"""A place where people are seen: where it is, and its hours, a line for each day of the week."""

from django import forms

from cases.queries.places import hours_of
from cases.rules.hours import DAYS, say_hours, understand_hours
from staff.errors import RuleBroken
from staff.forms import FlexibleDateField, GovukForm, YesNoField
from staff.models import Team


class PlaceForm(GovukForm):
    name = forms.CharField(label="What is it called?", max_length=200)
    address = forms.CharField(label="Address", max_length=400, required=False)
    postcode = forms.CharField(label="Postcode", max_length=20, required=False)
    telephone = forms.CharField(label="Telephone", max_length=40, required=False)
    how_to_find = forms.CharField(
        label="How is it found?",
        help_text="Said in letters and messages, so nothing that tells what the office is.",
        max_length=300,
        required=False,
    )
    step_free = YesNoField(label="Can it be reached without steps?", required=False)
    team = forms.ModelChoiceField(
        Team.objects.order_by("name"),
        label="Whose office is it?",
        help_text="The team whose people are seen here unless somebody says otherwise.",
        required=False,
        empty_label="No one team",
    )
    closed_on = FlexibleDateField(
        label="From which day is it closed for good?",
        help_text="Leave blank while it is in use. Nothing is booked here from that day on.",
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for weekday, day in enumerate(DAYS):
            for women in (False, True):
                self.ask(f"hours_{weekday}_{int(women)}", _hours_of_a_day(day, women))

    def week(self):
        """[(the hours of a day, those of them kept for women)], as the page draws them."""
        return [(self[f"hours_{day}_0"], self[f"hours_{day}_1"]) for day in range(len(DAYS))]

    def facts(self):
        """Every other field."""
        return [one for one in self if not one.name.startswith("hours_")]

    def clean(self):
        self.hours = []
        for name in self.fields:
            if name.startswith("hours_") and name in self.cleaned_data:
                weekday, women = (int(part) for part in name.removeprefix("hours_").split("_"))
                try:
                    stretches = understand_hours(self.cleaned_data[name])
                except RuleBroken as refusal:
                    self.add_error(name, str(refusal))
                else:
                    self.hours += [(weekday, start, end, bool(women)) for start, end in stretches]
        return self.cleaned_data

    def given(self):
        said = {
            name: value
            for name, value in self.cleaned_data.items()
            if not name.startswith("hours_")
        }
        return said | {"hours": self.hours}


def begun_with(place):
    """What the form holds of a place that is there already."""
    held = {name: getattr(place, name) for name in PlaceForm.base_fields if name != "team"}
    hours = {
        f"hours_{weekday}_{int(women)}": say_hours(stretches)
        for (weekday, women), stretches in hours_of(place).items()
    }
    return held | {"team": place.team_id} | hours


def _hours_of_a_day(day, women):
    label = f"{day}, kept for women alone" if women else day
    hint = (
        ""
        if women
        else "For example 9am to 5pm, or 9am to midday, 2pm to 6pm. Blank: nobody is seen."
    )
    return forms.CharField(label=label, help_text=hint, max_length=200, required=False)
