"""What staff fill in about an order that keeps somebody away: its terms, and the areas it bans.

Source: unpaid work reference 5 and 10 (U2); product rules, sharing.
"""

from django import forms

from cases.queries.postcodes import point_of
from cases.reference.restrictions import OrderKind, Shape, Terms
from cases.rules.geometry import (
    MOST_BUFFER,
    WIDEST,
    check_buffer,
    check_circle,
    check_outline,
)
from cases.rules.outlines import understand_corners, understand_point, written_corners
from cases.rules.restrictions import Area
from cases.services.restrictions import AS_IT_STOOD
from staff.errors import RuleBroken
from staff.forms import FlexibleDateField, GovukForm, GovukFormSet, LongTextField, Radios

LONGEST = 1000  # letters of what they must not do
OUTLINE = 12_000  # letters of an outline
NOBODY, NONE = "nobody", "none"
KEEP, ANEW = "keep", "anew"
MOST_AREAS = 20


class AreaForm(GovukForm):
    label = forms.CharField(
        label="What does the order call it?",
        help_text="For example: the area outlined on the map. Supervisors never see this.",
        max_length=200,
    )
    shape = forms.ChoiceField(
        label="How do you give it?",
        choices=Shape.choices(),
        widget=Radios(
            small=True,
            reveals={Shape.CIRCLE: ["centre", "radius"], Shape.POLYGON: ["corners"]},
        ),
    )
    centre = forms.CharField(
        label="Where is its centre?",
        help_text="An easting and a northing of six figures each, for example 451234 206789; or a postcode. "
        "A postcode is the middle of several houses, so give a radius that takes them all in.",
        max_length=60,
    )
    radius = forms.IntegerField(
        label="How many metres around it does the order ban?", min_value=1, max_value=WIDEST
    )
    corners = LongTextField(
        label="Its corners",
        error_messages={"required": "Write the corners of the area, one a line"},
        help_text="In order, one a line, the easting first: 451234 206789. The word hole on a line of its own "
        "begins a part inside that the order leaves out.",
        rows=6,
        max_length=OUTLINE,
    )
    buffer = forms.IntegerField(
        label="How many metres around it do we keep clear as well?",
        help_text="0 if nothing but the area itself. Five metres are added by themselves, because maps differ.",
        min_value=0,
        max_value=MOST_BUFFER,
        initial=0,
    )

    def clean(self):
        said = self.cleaned_data
        for name, make in self._outlines().items():
            if said.get("shape") and said.get(name) and name not in self.errors:
                try:
                    self.outline = make(said[name])
                except RuleBroken as refusal:
                    self.add_error(name, str(refusal))

    def _outlines(self):
        if self.cleaned_data.get("shape") == Shape.CIRCLE:
            return {"centre": self._circle}
        return {"corners": lambda text: check_outline(understand_corners(text))}

    def _circle(self, text):
        point = understand_point(text)
        if isinstance(point, str):
            point = point_of(point)
            if point is None:
                raise RuleBroken(
                    "We do not know where that postcode lies. Give its easting and northing instead."
                )
        return check_circle(point, self.cleaned_data.get("radius") or 1)

    def area(self):
        """As the service takes it."""
        said = self.cleaned_data
        buffer = check_buffer(said["buffer"])
        return Area(said["label"].strip(), str(said["shape"]), self.outline, buffer)

    def postcode(self):
        """By which its centre was found; blank where it was given in metres."""
        if self.cleaned_data["shape"] != Shape.CIRCLE:
            return ""
        point = understand_point(self.cleaned_data["centre"])
        return point if isinstance(point, str) else ""


class AreaSet(GovukFormSet):
    item = "area"

    def areas(self):
        """Those given, without the spare ones left empty and those to be removed."""
        return [one.area() for one in self._given()]

    def postcodes(self):
        """By which each of them was found, in the same order."""
        return [one.postcode() for one in self._given()]

    def _given(self):
        return [
            one for one in self.forms if one.cleaned_data and not one.cleaned_data.get("DELETE")
        ]


AREAS = forms.formset_factory(
    AreaForm, formset=AreaSet, extra=1, can_delete=True, max_num=MOST_AREAS, absolute_max=MOST_AREAS
)


def begun_with(areas):
    """What the boxes of these areas hold when they are to be changed."""
    return [
        {
            "label": one.label,
            "shape": one.shape,
            "buffer": one.buffer,
            **(
                {
                    "centre": " ".join(map(str, one.outline["centre"])),
                    "radius": one.outline["radius"],
                }
                if one.shape == Shape.CIRCLE
                else {"corners": written_corners(one.outline["rings"])}
            ),
        }
        for one in areas
    ]


class RestrictionForm(GovukForm):
    """`people`: [(row, name)] the reader may choose from; `of`: [(key, words)] of the record; `hidden`: what of it the
    reader may not see and leaves as it stands, "areas" or "protects".
    """

    kind = forms.ChoiceField(label="What kind of order is it?", choices=OrderKind.choices())
    of = forms.ChoiceField(
        label="Which entry of the record is it?",
        help_text="So that the record and the terms are not counted as two orders.",
        widget=Radios(small=True, divider_before=NONE),
    )
    terms = forms.ChoiceField(
        label="What is known of its terms?",
        choices=Terms.choices(),
        widget=Radios(
            hints={
                Terms.AREAS: "Give each of them further down.",
                Terms.CONTACT: "It names people and no places.",
                Terms.NOT_SEEN: "There is such an order and nobody here has read it. Work on sites waits until somebody has.",
            },
            reveals={Terms.AREAS: ["areas_how"]},
        ),
    )
    areas_how = forms.ChoiceField(
        label="Its areas",
        error_messages={"required": "Say whether its areas stay as they are recorded"},
        choices=[(KEEP, "Keep them as they are recorded"), (ANEW, "Give them all anew, below")],
        widget=Radios(small=True),
        initial=KEEP,
    )
    prohibits = LongTextField(
        label="What must they not do?",
        help_text="In plain words, as it will stand on every page of the case and before the supervisor on site: "
        "“Must not go into the area the order bans, nor contact a former partner in any way.” Without a name, an "
        "address or a postcode. Leave it blank only while the terms have not been seen.",
        rows=4,
        max_length=LONGEST,
        required=False,
    )
    protects = forms.ChoiceField(
        label="Whom does it protect?",
        help_text="Shown only to those who work on the case.",
        widget=Radios(small=True, divider_before=NOBODY),
    )
    made_by = forms.CharField(label="Which court, or who, made it?", max_length=200, required=False)
    from_on = FlexibleDateField(label="From which day does it hold?")
    to_on = FlexibleDateField(
        label="Which is its last day?",
        help_text="It holds to the end of that day. Leave it blank if it holds until a further order.",
        required=False,
        future=True,
    )
    copy_seen_on = FlexibleDateField(
        label="When did you see a copy of it?",
        help_text="The order itself, not what somebody said of it. Leave it blank if nobody has.",
        required=False,
        past=True,
    )
    source = forms.CharField(
        label="Where do we have it from?",
        help_text="For example: the order, from the court’s office. Without a name.",
        max_length=300,
    )
    because = forms.CharField(
        label="Why do you change it?",
        help_text="For example: varied by the court on 3 May; the radius was mistyped. Without a name.",
        max_length=300,
    )

    def __init__(self, *args, people, of, hidden=(), changes=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(row.pk): row for row, _ in people}
        self.hidden = hidden
        named = [(str(row.pk), name) for row, name in people]
        self.offer("protects", [*named, (NOBODY, "Nobody on the record, or not one person")])
        self.offer("of", [*of, (NONE, "None of these")])
        drop = {
            "of": not of,
            "protects": "protects" in hidden,
            "areas_how": "areas" not in hidden,
            "because": not changes,
        }
        for name in [name for name, dropped in drop.items() if dropped]:
            del self.fields[name]
        if "areas" not in hidden:
            self.fields["terms"].widget.reveals = {}

    def keeps_areas(self):
        return "areas" in self.hidden and self.cleaned_data["areas_how"] != ANEW

    def given(self):
        """As the service takes it, but for the areas."""
        given = dict(self.cleaned_data)
        given.pop("areas_how", None)
        given["of"] = (given.get("of") or "").removeprefix(NONE)
        if "protects" in self.hidden:
            return given | {"protects": AS_IT_STOOD}
        return given | {"protects": self.people.get(given["protects"])}


class EndRestrictionForm(GovukForm):
    because = LongTextField(
        label="Why does it hold no more?",
        help_text="What the court decided and when, or what was recorded by mistake. Without a name.",
        rows=3,
        max_length=300,
    )
