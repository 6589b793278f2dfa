"""What a head of service fills in to set a new version of the policy on interventions: the terms of one, or the days to answer.

Source: `grid.rules.intervention_policy`. What the catalogue holds is not here.
"""

from django import forms
from django.utils.timezone import localdate

from cases.forms.policy import NewVersionForm
from cases.models import Place
from cases.reference.codes import Rosh, Sex
from cases.reference.needs import NeedArea
from cases.rules.fares import pence_of, say_pence
from grid.reference.interventions import Hook
from grid.rules.intervention_policy import (
    LEAST_MINUTES,
    MOST_A_WEEK,
    MOST_ANSWER_DAYS,
    MOST_MINUTES,
    MOST_PENCE,
    MOST_SESSIONS,
    MOST_WORDS,
)
from staff.errors import RuleBroken
from staff.forms import Checkboxes, LongTextField, Radios, YesNoField

ANYBODY = "anybody"
SEXES = {ANYBODY: None, Sex.MALE.value: Sex.MALE.value, Sex.FEMALE.value: Sex.FEMALE.value}
ONLY, NOT, EITHER = "only", "not", "either"
AFTER = {ONLY: True, NOT: False, EITHER: None}
DOSE = ("sessions", "minutes", "a_week")
AS_THEY_STAND = (
    "offered", "hooks", "needs", "from_percent", "to_percent", "harm_up_to", "days_counted", "sites", "skill", "notes",
)  # fmt: skip


def _after_field(label):
    choices = [(ONLY, "Only after it"), (NOT, "Not after it"), (EITHER, "Either way")]
    return forms.ChoiceField(label=label, choices=choices, widget=Radios(inline=True))


def _number(label, least, most, hint=""):
    return forms.IntegerField(label=label, help_text=hint, min_value=least, max_value=most)


class AnswerForm(NewVersionForm):
    answer_working_days = _number(
        "Working days in which an officer answers",
        1,
        MOST_ANSWER_DAYS,
        "From the day an intervention is proposed. Nothing is counted by it yet.",
    )

    @staticmethod
    def as_written(body):
        return {"answer_working_days": body["answer_working_days"]}

    def applied_to(self, body):
        return body | {"answer_working_days": self.cleaned_data["answer_working_days"]}


class TermsForm(NewVersionForm):
    """For whom one intervention is, and how it runs. `code`: which."""

    offered = YesNoField(
        label="Does it run here?", help_text="What does not run is proposed to nobody."
    )
    hooks = forms.MultipleChoiceField(
        label="By what can somebody be required, or asked, to come?",
        choices=Hook.choices(),
        widget=Checkboxes,
        required=False,
    )
    sex = forms.ChoiceField(
        label="For whom is it?",
        choices=[
            (ANYBODY, "Men and women"),
            (Sex.MALE.value, "Men"),
            (Sex.FEMALE.value, "Women"),
        ],
        widget=Radios(inline=True),
    )
    needs = forms.MultipleChoiceField(
        label="Which needs does it meet?",
        help_text="One of them is enough. None ticked: whatever the needs.",
        choices=NeedArea.choices(),
        widget=Checkboxes(small=True),
        required=False,
    )
    from_percent = _number(
        "From which likelihood of reoffending", 0, 99, "OGRS3 over two years, per cent. 0: any."
    )
    to_percent = _number("Up to which likelihood", 1, 100, "100: any.")
    harm_up_to = forms.ChoiceField(
        label="Up to which risk of serious harm", choices=Rosh.choices(), widget=Radios(inline=True)
    )
    partner_violence = _after_field("After violence to a partner?")
    violence = _after_field("After a violent offence?")
    days_counted = YesNoField(
        label="Is each session a day of a rehabilitation activity requirement?",
        help_text="Then each one attended is taken off what the court ordered.",
    )
    sessions = _number("Sessions", 1, MOST_SESSIONS)
    minutes = _number("Minutes of one session", LEAST_MINUTES, MOST_MINUTES)
    a_week = _number("Sessions in a week, at most", 1, MOST_A_WEEK)
    sites = forms.MultipleChoiceField(
        label="Where does it run?",
        help_text="None ticked: wherever there is a room.",
        widget=Checkboxes(small=True),
        required=False,
    )
    skill = forms.CharField(
        label="What must whoever leads it have been trained for?",
        help_text="As their training is recorded. Leave empty for nothing of its own.",
        max_length=100,
        required=False,
    )
    price = forms.CharField(
        label="Price of one place",
        help_text="In pounds, as the rate card has it. 0 where nobody pays.",
        max_length=12,
    )
    notes = LongTextField(
        label="Where do these figures come from?",
        help_text="Say what is published and what is our own.",
        rows=3,
        max_length=MOST_WORDS,
        required=False,
    )

    def __init__(self, *args, code, **kwargs):
        super().__init__(*args, **kwargs)
        self.code = code
        self.offer("sites", _places(self.initial.get("sites", ())))

    @staticmethod
    def as_written(body, code):
        terms = body["terms"][code]
        pounds, pence = divmod(terms["price_pence"], 100)
        return {name: terms[name] for name in AS_THEY_STAND} | {
            "sex": terms["sex"] or ANYBODY,
            "partner_violence": _after_as_written(terms["partner_violence"]),
            "violence": _after_as_written(terms["violence"]),
            **{name: terms["dose"][name] for name in DOSE},
            "price": f"{pounds}.{pence:02}",
        }

    def clean_price(self):
        try:
            pence = pence_of(self.cleaned_data["price"])
        except RuleBroken as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        if pence > MOST_PENCE:
            raise forms.ValidationError(f"Enter {say_pence(MOST_PENCE)} or less.")
        return pence

    def applied_to(self, body):
        said = self.cleaned_data
        terms = {name: said[name] for name in AS_THEY_STAND} | {
            "sex": SEXES[said["sex"]],
            "partner_violence": AFTER[said["partner_violence"]],
            "violence": AFTER[said["violence"]],
            "dose": {name: said[name] for name in DOSE},
            "price_pence": said["price"],
        }
        return body | {"terms": body["terms"] | {self.code: terms}}


def _after_as_written(asked):
    return next(written for written, meant in AFTER.items() if meant is asked)


def _places(named):
    """Those in use, and those that the policy names already, whatever has become of them since."""
    in_use = Place.objects.in_use(localdate()).values_list("name", flat=True)
    return [(name, name) for name in sorted({*in_use, *named})]
