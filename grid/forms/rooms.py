"""What is filled in about a room: its place, how many it holds, from when it is closed for good, and days it is shut."""

from django import forms

from grid.rules.rooms import LEAST_HOLDS, MOST_HOLDS
from staff.forms import FlexibleDateField, GovukForm

CHOOSE = ("", "Choose")
LONGEST_WHY = 200


class RoomForm(GovukForm):
    name = forms.CharField(
        label="What is it called?",
        help_text="As it is written on the door, so that people find it.",
        max_length=100,
    )
    holds = forms.IntegerField(
        label="How many people does it hold?",
        help_text="Those who lead among them. No group with more people is planned in it.",
        min_value=LEAST_HOLDS,
        max_value=MOST_HOLDS,
    )


class AddRoomForm(RoomForm):
    place = forms.ChoiceField(
        label="Where is it?",
        help_text="When it can be used follows from the hours of its place.",
    )
    field_order = ("place", "name", "holds")

    def __init__(self, *args, places, **kwargs):
        """`places`: those in use."""
        super().__init__(*args, **kwargs)
        self.places = {str(one.pk): one for one in places}
        self.offer("place", [CHOOSE, *((key, one.name) for key, one in self.places.items())])

    def given(self):
        return self.cleaned_data | {"place": self.places[self.cleaned_data["place"]]}


class ChangeRoomForm(RoomForm):
    closed_on = FlexibleDateField(
        label="From which day is it closed for good?",
        help_text="Leave it empty while it is in use. Sessions on that day or after it are moved or called off first.",
        required=False,
    )


class ShutRoomForm(GovukForm):
    from_on = FlexibleDateField(label="First day on which it is shut")
    to_on = FlexibleDateField(label="Last day on which it is shut", future=True)
    why = forms.CharField(
        label="Why?",
        help_text="Whoever plans a group reads it beside the days that are passed over. For example: the floor is laid.",
        max_length=LONGEST_WHY,
    )
