"""What is asked of a series: to find one, and to plan one. A hint says why it is asked.

Source: product rules, groups.
"""

from calendar import day_name

from django import forms

from cases.rules.words import counted
from grid.queries.series_list import Wanted
from grid.reference.interventions import INTERVENTIONS
from grid.rules.groups_open import TimeOfWeek
from grid.rules.series import Weekly
from grid.services.series import LONGEST_NOTE
from staff.forms import (
    Checkboxes,
    FlexibleDateField,
    FlexibleTimeField,
    GovukForm,
    YesNoField,
)

ANY = ("", "Any")
CHOOSE = ("", "Choose")
NO_ROOM = "none-"  # before the key of a place: one to one, there
MOST_PLACES = 200
STAND_INS = "At a session that somebody above cannot lead, the first of these who can leads it."


class SeriesFilterForm(GovukForm):
    code = forms.ChoiceField(label="Intervention", required=False)
    place = forms.ChoiceField(label="Place", required=False)
    women_only = forms.ChoiceField(
        label="For",
        choices=[("", "Anybody"), ("yes", "Women only"), ("no", "Men and women")],
        required=False,
    )
    when = forms.ChoiceField(
        label="Time of the week", choices=[ANY, *TimeOfWeek.choices()], required=False
    )
    left = forms.ChoiceField(
        label="Places", choices=[ANY, ("yes", "With a place left")], required=False
    )
    over = forms.ChoiceField(
        label="Which", choices=[("", "To come"), ("yes", "Over or called off")], required=False
    )

    def __init__(self, data, *, codes, places):
        super().__init__(data)
        if data.get("over") == "yes":  # nobody joins these
            del self.fields["when"], self.fields["left"]
        self.offer("code", [ANY, *codes])
        self.offer("place", [ANY, *places])

    def wanted(self):
        """What was asked for; a code that is not on offer is left out, and that is said on the form."""
        return Wanted(**{name: code for name, code in self.cleaned_data.items() if code})


class PlanSeriesForm(GovukForm):
    code = forms.ChoiceField(
        label="What is it?",
        help_text="How many sessions it has, how long each lasts and who may lead it are as the policy in force says.",
    )
    room = forms.ChoiceField(
        label="In which room is it held?",
        help_text="A room that is too small, shut or taken at one of its hours is refused, with the day.",
    )
    first_on = FlexibleDateField(
        label="From which day?",
        help_text="The first session is on the first of its days from then on. For example 2 October 2018.",
        future=True,
    )
    places = forms.IntegerField(
        label="How many places does it have?", min_value=1, max_value=MOST_PLACES
    )
    women_only = YesNoField(label="Is it for women only?")
    leaders = forms.MultipleChoiceField(
        label="Who leads it?",
        help_text="Whoever is away, not trained for it or taken at one of its hours is said before it is planned.",
        widget=Checkboxes(small=True),
        required=False,
    )
    stand_ins = forms.MultipleChoiceField(
        label="Who stands in?",
        help_text=STAND_INS,
        widget=Checkboxes(small=True),
        required=False,
    )
    note = forms.CharField(
        label="Is there anything that those who lead it must know?",
        help_text="Everybody who may see groups reads it: name nobody who comes.",
        max_length=LONGEST_NOTE,
        required=False,
    )

    def __init__(self, *args, codes, rooms, places, leaders, **kwargs):
        """`codes`: of what is offered; `rooms`, `places`: rows in use; `leaders`: users."""
        super().__init__(*args, **kwargs)
        self.rooms = {str(one.pk): (one.place, one) for one in rooms}
        self.rooms |= {f"{NO_ROOM}{one.pk}": (one, None) for one in places}
        self.users = {str(one.pk): one for one in leaders}
        self.offer("code", [CHOOSE, *((code, INTERVENTIONS[code].title + _one_to_one(code)) for code in codes)])  # fmt: skip
        self.offer("room", [CHOOSE, *((key, _where(*one)) for key, one in self.rooms.items())])
        names = [(key, one.name) for key, one in self.users.items()]
        self.offer("leaders", names)
        self.offer("stand_ins", names)
        for weekday, name in enumerate(day_name):
            self.ask(
                f"at_{weekday}",
                FlexibleTimeField(label=f"{name}s from", help_text="", required=False),
            )

    def hours(self):
        """The seven fields, as the page draws them."""
        return [self[f"at_{weekday}"] for weekday in range(7)]

    def clean(self):
        names = [f"at_{weekday}" for weekday in range(7)]
        if not any(self.cleaned_data.get(name) or name in self.errors for name in names):
            self.add_error("at_0", "Put in an hour beside at least one day of the week")
        return self.cleaned_data

    def given(self):
        said = self.cleaned_data
        place, room = self.rooms[said["room"]]
        chosen = dict.fromkeys([*said["leaders"], *said["stand_ins"]])
        return {
            "code": said["code"],
            "place": place,
            "room": room,
            "first_on": said["first_on"],
            "weekly": [
                Weekly(weekday, said[f"at_{weekday}"])
                for weekday in range(7)
                if said[f"at_{weekday}"]
            ],
            "places": said["places"],
            "leaders": [self.users[key] for key in chosen],
            "women_only": said["women_only"],
            "note": said["note"],
        }


def _one_to_one(code):
    return ", one to one" if INTERVENTIONS[code].one_to_one else ""


def _where(place, room):
    if room is None:
        return f"{place.name}, no room of its own: one to one"
    return f"{place.name}, {room.name}, for {counted(room.holds, 'person', 'people')}"
