"""Forms about a project: what it is, for whom, when it runs, a look at its site, and its end.

Source: unpaid work reference 3. A hint says why it is asked where that is not plain.
"""

from calendar import day_name

from django import forms
from django.core.exceptions import ValidationError

from cases.rules.words import counted
from staff.forms import (
    Checkboxes,
    FlexibleDateField,
    FlexibleTimeField,
    GovukForm,
    LongTextField,
    Radios,
    YesNoField,
)
from staff.models import Team
from unpaidwork.forms.project_fields import LinesField, PartForm, PointField
from unpaidwork.models import Beneficiary
from unpaidwork.reference.sites import Every, ProjectKind, SiteSignal, Takes, Tool

NEW_HAZARDS = 3  # rows for hazards that are not there yet
FEWEST_HAZARDS = 4
LONGEST_HAZARD = 300
MOST_PEOPLE = 200
GATE = "Of the gate or door where people work, for example SU 7160 7350, or 471600, 173500. The middle of a postcode may be streets away, so it is not taken from one. Restrictions are measured from here."


class BeneficiaryForm(PartForm):
    name = forms.CharField(label="Who are they?", max_length=200)
    contact = forms.CharField(label="Whom do we speak to?", max_length=200, required=False)
    telephone = forms.CharField(label="Telephone", max_length=40, required=False)
    email = forms.EmailField(label="E-mail", required=False)
    address = forms.CharField(label="Address", max_length=400, required=False)
    may_be_told = LongTextField(
        label="What may they be told of those who work there?",
        help_text="As the agreement says. Left blank, they are told nothing.",
        rows=3,
        max_length=1000,
        required=False,
    )
    agreed_on = FlexibleDateField(label="When was it agreed?", past=True, required=False)
    agreement_until = FlexibleDateField(
        label="Until when is it agreed?",
        help_text="Nobody is allocated here after that day. Blank: no end.",
        required=False,
    )
    insured_until = FlexibleDateField(
        label="Until when are they insured?",
        help_text="Nobody works here after that day.",
        required=False,
    )


class ProjectForm(PartForm):
    code = forms.CharField(
        label="Code",
        help_text="As in nDelius.",
        max_length=20,
        error_messages={"required": "Enter the code of the project, as in nDelius"},
    )
    name = forms.CharField(
        label="What is it called?",
        help_text="It stands in letters and messages to the person, so nothing that tells what it is.",
        max_length=200,
    )
    kind = forms.ChoiceField(
        label="What kind is it?", choices=ProjectKind.choices(), widget=Radios(small=True)
    )
    beneficiary = forms.ModelChoiceField(
        Beneficiary.objects.order_by("name"), label="For whom is it done?", empty_label="Choose one"
    )
    team = forms.ModelChoiceField(
        Team.objects.order_by("name"),
        label="Whose is it?",
        required=False,
        empty_label="No one team",
    )
    address = forms.CharField(label="Address", max_length=400, required=False)
    postcode = forms.CharField(label="Postcode", max_length=8, required=False)
    point = PointField(label="Grid reference of the site", help_text=GATE, max_length=40)
    from_on = FlexibleDateField(
        label="Its first day", error_messages={"required": "Enter the first day of the project"}
    )
    to_on = FlexibleDateField(label="Its last day, where it is known", required=False)
    takes = forms.ChoiceField(
        label="Whom does it take?", choices=Takes.choices(), widget=Radios(small=True)
    )
    most = forms.IntegerField(
        label="How many people does it hold at once?", min_value=1, max_value=MOST_PEOPLE
    )
    ratio = forms.IntegerField(
        label="How many people to a supervisor, at most?", min_value=1, max_value=MOST_PEOPLE
    )
    signal = forms.ChoiceField(
        label="Does a telephone work there?",
        help_text="A device for working alone fails where there is no signal.",
        choices=SiteSignal.choices(),
        widget=Radios(small=True),
    )
    fallback = forms.CharField(
        label="How is whoever is there reached otherwise?",
        help_text="For example a landline, with its number. Without another way the site needs two staff each day.",
        max_length=300,
        required=False,
    )
    step_free = YesNoField(label="Can it be reached without steps?", required=False)
    toilets = YesNoField(label="Are there toilets?", required=False)
    hi_vis = YesNoField(label="Are high-visibility vests worn?")
    what_is_done = LongTextField(label="What is done there?", rows=3, max_length=1000)
    tasks = LinesField(
        label="Tasks",
        help_text="One on each line, in a few words. The register offers them, so that what each person did is kept.",
        rows=5,
        max_length=100,
    )
    benefit = LongTextField(
        label="What is it good for?",
        help_text="Said to courts in the benefit sheet: name nobody.",
        rows=3,
        max_length=1000,
        required=False,
    )
    accredits = forms.CharField(
        label="What can be gained here?",
        help_text="A certificate or a unit, where there is one.",
        max_length=200,
        required=False,
    )


class DaysForm(PartForm):
    weekday = forms.TypedChoiceField(
        label="Which day of the week?",
        choices=list(enumerate(day_name)),
        coerce=int,
        widget=Radios(small=True),
    )
    every = forms.ChoiceField(
        label="How often?",
        help_text="Every second week counts from the first day below. Bank holidays are left out by themselves.",
        choices=Every.choices(),
        widget=Radios(small=True),
    )
    from_on = FlexibleDateField(
        label="Its first day", error_messages={"required": "Enter the first day on which it runs"}
    )
    to_on = FlexibleDateField(label="Its last day, where it is known", required=False)
    from_at = FlexibleTimeField(label="From what time?")
    to_at = FlexibleTimeField(label="Until what time?")


class LastDayForm(GovukForm):
    to_on = FlexibleDateField(label="Which day is the last?")


class SiteCheckForm(GovukForm):
    """`hazards`: how many pairs stand already, to be begun with; there is room for some more."""

    checked_on = FlexibleDateField(label="When was it looked at?", past=True)
    tools = forms.MultipleChoiceField(
        label="Which tools are used or within reach?",
        help_text="Some people must be kept from some of them, so name all.",
        choices=Tool.choices(),
        widget=Checkboxes(small=True),
        required=False,
    )
    first_aid = forms.CharField(label="Where is first aid, and the nearest help?", max_length=300)
    review_on = FlexibleDateField(
        label="By when is it looked at again?",
        help_text="Within a year. Nobody is allocated after that day until it is.",
        future=True,
    )

    def __init__(self, *args, hazards=0, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = max(FEWEST_HAZARDS, hazards + NEW_HAZARDS)
        for row in range(self.rows):
            self.ask(f"hazard_{row}", _hazard(f"Hazard {row + 1}: what could hurt somebody?"))
            self.ask(f"control_{row}", _hazard(f"Hazard {row + 1}: what is done about it?"))

    def pairs(self):
        """[(the hazard, its control)], as the page draws them."""
        return [(self[f"hazard_{row}"], self[f"control_{row}"]) for row in range(self.rows)]

    def clean(self):
        self.said = []
        for row in range(self.rows):
            pair = [self.cleaned_data.get(f"{name}_{row}") or "" for name in ("hazard", "control")]
            if any(pair):
                self.said.append(tuple(pair))
            for name, words in zip(("hazard", "control"), pair, strict=True):
                if any(pair) and not words:
                    self.add_error(f"{name}_{row}", _MEND[name].format(row + 1))
        if not self.said:
            raise ValidationError(f"Name {counted(1, 'hazard')} at least, if only slips and trips")
        return self.cleaned_data

    def given(self):
        kept = ("checked_on", "tools", "first_aid", "review_on")
        return {name: self.cleaned_data[name] for name in kept} | {"hazards": self.said}


_MEND = {
    "hazard": "Say what hazard {} is, or clear what is done about it",
    "control": "Say what is done about hazard {}, or clear it",
}


def _hazard(label):
    return forms.CharField(label=label, max_length=LONGEST_HAZARD, required=False)
