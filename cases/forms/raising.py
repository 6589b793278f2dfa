"""Raising at once: one choice and one sentence. Nothing else is asked, so that nothing delays it.

Source: product rules, raise now.
"""

from django import forms

from cases.reference.codes import ContactLevel, Part, Register, Rosh
from cases.reference.information import RaiseKind
from cases.rules.raising import LONGEST, contact_above, is_on_already, levels_above
from staff.forms import GovukForm, LongTextField, Radios

PARTS = (Part.SOURCE, Part.AT_RISK, Part.PARENT)
VALUES = {RaiseKind.RISK: "level", RaiseKind.FLAG: "register", RaiseKind.CONTACT: "contact_level"}


class RaiseForm(GovukForm):
    kind = forms.ChoiceField(
        label="What do you raise?",
        widget=Radios(
            reveals={
                RaiseKind.RISK: ["level"],
                RaiseKind.FLAG: ["register", "part"],
                RaiseKind.CONTACT: ["contact_level"],
            }
        ),
    )
    level = forms.ChoiceField(
        label="To which level of risk of serious harm?", widget=Radios(small=True)
    )
    register = forms.ChoiceField(label="Which flag?")
    part = forms.ChoiceField(
        label="What part does the person play in it?",
        choices=[(one.value, one.title) for one in PARTS],
        widget=Radios(small=True),
    )
    contact_level = forms.ChoiceField(label="How often are they seen?", widget=Radios(small=True))
    because = LongTextField(
        label="Why, in a sentence?",
        help_text="What you know, from whom. It stands until a signed assessment takes its place.",
        rows=3,
        max_length=LONGEST,
    )

    def __init__(self, *args, in_force, **kwargs):
        super().__init__(*args, **kwargs)
        levels, contacts = levels_above(in_force.level), contact_above(in_force.contact_level)
        registers = [one for one in Register if self._may_be_raised(one, in_force)]
        self.offer("level", _choices(levels))
        self.offer("register", [("", "Choose a flag"), *_choices(registers)])
        self.offer("contact_level", _choices(contacts))
        offered = {RaiseKind.RISK: levels, RaiseKind.FLAG: registers, RaiseKind.CONTACT: contacts}
        self.offer("kind", _choices([kind for kind in RaiseKind if offered[kind]]))

    @staticmethod
    def _may_be_raised(register, in_force):
        return not all(is_on_already(register, part, in_force.registers) for part in PARTS)

    def given(self):
        """As the service takes it."""
        kind = RaiseKind(self.cleaned_data["kind"])
        codes = {RaiseKind.RISK: Rosh, RaiseKind.FLAG: Register, RaiseKind.CONTACT: ContactLevel}
        given = {
            "kind": kind,
            "value": codes[kind](self.cleaned_data[VALUES[kind]]),
            "because": self.cleaned_data["because"],
        }
        if kind == RaiseKind.FLAG:
            given["part"] = Part(self.cleaned_data["part"])
        return given


def _choices(codes):
    return [(one.value, one.title) for one in codes]
