"""Naming somebody who could be hurt, and saying when they no longer could be.

Source: product rules, sharing (named victims are not shared with the person).
"""

from django import forms

from cases.reference.checks import SubjectKind
from cases.reference.harm import HarmGroup
from staff.forms import FlexibleDateField, GovukForm, LongTextField, Radios

NEW = "new"
KINDS = [
    (kind.value, kind.title) for kind in (SubjectKind.PARTNER, SubjectKind.CHILD, SubjectKind.OTHER)
]
GROUPS = [(one.value, one.title) for one in HarmGroup]


class VictimForm(GovukForm):
    """`around`: [(key, name, hint)] of those around the case as this reader may see them."""

    who = forms.ChoiceField(
        label="Who could be hurt?",
        widget=Radios(
            reveals={NEW: ["name", "kind", "relationship", "born_on"]}, divider_before=NEW
        ),
    )
    name = forms.CharField(
        label="Their name",
        max_length=200,
        help_text="It is shown only to those who hold the case, and never to the person.",
    )
    kind = forms.ChoiceField(label="Who are they?", choices=KINDS, widget=Radios(small=True))
    relationship = forms.CharField(
        label="What are they to the person?",
        max_length=100,
        required=False,
        help_text="For example sister, neighbour, the child's mother.",
    )
    born_on = FlexibleDateField(
        label="When were they born?",
        past=True,
        required=False,
        help_text="An agency finds them sooner by it. Leave it blank if it is not known.",
    )
    group = forms.ChoiceField(
        label="Which group are they of?", choices=GROUPS, widget=Radios(small=True)
    )
    how = LongTextField(
        label="How could they be hurt, and when?",
        help_text="What the plan must stop. Two or three sentences.",
        rows=4,
        max_length=500,
    )

    def __init__(self, *args, around, **kwargs):
        super().__init__(*args, **kwargs)
        people = [(str(key), name) for key, name, _ in around]
        self.offer("who", [*people, (NEW, "Somebody who is not recorded yet")])
        self.fields["who"].widget.hints = {str(key): hint for key, _, hint in around if hint}
        if not around:
            self.fields["who"].initial = NEW

    def given(self):
        """As the service takes it; `person` is the key of somebody around the case, or None."""
        given = dict(self.cleaned_data)
        who = given.pop("who")
        return given | {"person": None if who == NEW else int(who)}


class EndVictimForm(GovukForm):
    because = LongTextField(
        label="Why are they no longer at risk from the person?",
        help_text="It stays on the record with your name, because a plan may have rested on them.",
        rows=3,
        max_length=500,
    )
