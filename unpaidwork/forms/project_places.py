"""Forms about what is around a project: who is near it, where vans stop, the ways they take.

Source: unpaid work reference 3; a refuge is told to coordinators alone.
"""

import json
from typing import Any

from django import forms

from staff.forms import FlexibleDateField, FlexibleTimeField, Radios
from staff.rules.merging import marks
from unpaidwork.forms.project_fields import LineField, PartForm, PointField
from unpaidwork.reference.sites import Near

NEW_STOPS = 3  # rows for stops that are not there yet
BY_STOPS, BY_POINTS = "stops", "points"
MOST_SEATS = 80


class NeighbourForm(PartForm):
    near = forms.ChoiceField(
        label="Who is it?",
        choices=Near.choices(),
        widget=Radios(
            small=True,
            hints={
                Near.REFUGE: "Told to coordinators alone: supervisors never see it, on no page, map or paper."
            },
        ),
    )
    what = forms.CharField(
        label="What is it called?",
        help_text="For example the school's name. Who is kept from children, or from adults at risk, is not sent here.",
        max_length=200,
        required=False,
    )
    point = PointField(
        label="Grid reference",
        help_text="For example SU 7160 7350, or 471600, 173500. Blank: on the site itself. Restrictions are measured from here too.",
        max_length=40,
        required=False,
    )
    when = forms.CharField(
        label="On which days and at what hours?",
        help_text="Blank: always.",
        max_length=200,
        required=False,
    )


class PickUpForm(PartForm):
    code = forms.CharField(
        label="Code",
        max_length=20,
        error_messages={"required": "Enter a code for the pick-up point"},
    )
    where = forms.CharField(
        label="Where is it?", help_text="As it is said to the person.", max_length=200
    )
    postcode = forms.CharField(label="Postcode", max_length=8, required=False)
    point = PointField(
        label="Grid reference",
        help_text="Of the kerb where people wait, for example SU 7160 7350, or 471600, 173500. Restrictions are measured from here.",
        max_length=40,
    )
    closed_on = FlexibleDateField(
        label="From which day is it not used any more?",
        help_text="Blank while it is in use. Whoever is down for it is tested again at once.",
        required=False,
    )


class RouteForm(PartForm):
    """`pick_ups`: [(key, words)] of those in use. `stops`: how many there are already."""

    name = forms.CharField(label="What is this way called?", max_length=100)
    seats = forms.IntegerField(
        label="How many people does the van seat?",
        help_text="Besides staff.",
        min_value=1,
        max_value=MOST_SEATS,
    )
    how = forms.ChoiceField(
        label="Which way does it go?",
        choices=[
            (BY_POINTS, "By the points I type"),
            (BY_STOPS, "Straight from stop to stop, and on to the site"),
        ],
        widget=Radios(
            small=True,
            hints={
                BY_STOPS: "A road bends where a straight line does not: what it bends into is then not tested."
            },
            reveals={BY_POINTS: ["line"]},
        ),
    )
    line = LineField(
        label="Points of the way",
        help_text="One on each line, in order, for example SU 7160 7350, or 471600, 173500. More where the road bends. The site is added as the last.",
        rows=8,
    )

    def __init__(self, *args, stands, pick_ups, initial=None, **kwargs):
        begun = dict(initial or {})
        stops = begun.pop("stops", [])
        for row, (key, at) in enumerate(stops):
            begun |= {f"stop_{row}": key, f"at_{row}": at}
        begun.setdefault("how", BY_POINTS)
        super().__init__(*args, stands=stands, initial=begun, **kwargs)
        self.rows = len(stops) + NEW_STOPS
        for row in range(self.rows):
            self.ask(f"stop_{row}", _stop(row, pick_ups))
            self.ask(
                f"at_{row}",
                FlexibleTimeField(label=f"Stop {row + 1}: at what time?", required=False),
            )

    def stops(self):
        """[(where, when)], as the page draws them."""
        return [(self[f"stop_{row}"], self[f"at_{row}"]) for row in range(self.rows)]

    def clean(self):
        self.said = []
        for row in range(self.rows):
            key, at = self.cleaned_data.get(f"stop_{row}"), self.cleaned_data.get(f"at_{row}")
            if key and at:
                self.said.append((key, at))
            elif key and f"at_{row}" not in self.errors:
                self.add_error(f"at_{row}", f"Say at what time it makes stop {row + 1}")
            elif at:
                self.add_error(f"stop_{row}", f"Choose where stop {row + 1} is, or clear its time")
        if self.cleaned_data.get("how") == BY_STOPS and not self.said:
            self.add_error("how", "Enter a stop at least, or type the points of the way")
        return self.cleaned_data

    def given(self):
        said = self.cleaned_data
        line = said["line"] if said["how"] == BY_POINTS else None
        kept = {name: said[name] for name in ("name", "seats", "seen")}
        return kept | {"line": line, "stops": self.said}

    def show_clashes(self, names, who="", when=""):
        """Stops are several boxes: what stands of them is on the page of the project."""
        boxes = [name for name in names if name != "stops"]
        shown = super().show_clashes(boxes, who, when)
        if "stops" in names:
            words = "changed the stops while you were writing: see them on the page of the project"
            self.add_error("stop_0", f"{who or 'Somebody else'} {words}")
            data: Any = self.data
            seen = json.loads(data[self.add_prefix("seen")]) | marks(self.stands, ["stops"])
            data[self.add_prefix("seen")] = json.dumps(seen)
        return shown

    def _marks(self):
        return json.dumps(marks(self.stands, self.stands))


def _stop(row, pick_ups):
    return forms.TypedChoiceField(
        label=f"Stop {row + 1}: where?",
        choices=[("", "No stop"), *pick_ups],
        coerce=int,
        empty_value=None,
        required=False,
    )
