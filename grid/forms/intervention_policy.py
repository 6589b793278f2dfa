"""What a head of service fills in to set a new version of the policy on interventions: the terms of one, or a part that is of all.

Source: `grid.rules.intervention_policy`. What the catalogue holds is not here.
"""

from typing import ClassVar

from django import forms
from django.utils.timezone import localdate

from cases.forms.policy import NewVersionForm
from cases.models import Place
from cases.reference.codes import Rosh, Sex
from cases.reference.needs import NeedArea
from cases.rules.fares import pence_of, say_pence
from grid.reference.interventions import Hook
from grid.rules.intervention_policy import (
    GROUPS,
    LEAST_MINUTES,
    MOST_A_WEEK,
    MOST_ANSWER_DAYS,
    MOST_LEADERS,
    MOST_MINUTES,
    MOST_PENCE,
    MOST_PEOPLE,
    MOST_SESSIONS,
    WAITING,
)
from grid.rules.policy_since import completed
from grid.rules.policy_values import MOST_WORDS
from staff.errors import RuleBroken
from staff.forms import Checkboxes, LongTextField, Radios, YesNoField

ANYBODY = "anybody"
SEXES = {ANYBODY: None, Sex.MALE.value: Sex.MALE.value, Sex.FEMALE.value: Sex.FEMALE.value}
ONLY, NOT, EITHER = "only", "not", "either"
AFTER = {ONLY: True, NOT: False, EITHER: None}
DOSE = ("sessions", "minutes", "a_week")
AS_THEY_STAND = (
    "offered", "hooks", "needs", "from_percent", "to_percent", "harm_up_to", "days_counted", "sites", "skill", "least",
    "most", "leaders", "led_by_women", "women_only", "rolling", "must_finish", "notes",
)  # fmt: skip

ON_WAITING = {  # label, and why it is asked
    "most_minutes": (
        "Minutes each way that anybody is sent, at most",
        "What is further off is offered to nobody.",
    ),
    "notice_days": (
        "Days of notice before a first session, at least",
        "From today, so that they can be told in time.",
    ),
    "soon_weeks": (
        "Weeks that count as soon",
        "What begins within these is offered first. Who would wait longer is offered something else meanwhile.",
    ),
    "pressing_weeks": (
        "Weeks within which a start is pressing",
        "Whoever must begin within these to finish in time goes first of those whom no court ordered to come.",
    ),
}
ON_GROUPS = {
    "most_late_minutes": (
        "Minutes after the start up to which somebody may come in",
        "Whoever comes later than that has not come to the session.",
    ),
    "keep_place_days": (
        "Days for which a place is kept",
        "While somebody is asked whether they take it. Then it goes to the next.",
    ),
    "recent_weeks": (
        "Weeks from the start of a sentence in which it is looked at by itself",
        "Under an older sentence an intervention is proposed only where somebody asks.",
    ),
}


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
        "From the day an intervention is proposed. The last of them is the deadline that the officer sees.",
    )

    @staticmethod
    def as_written(body):
        return {"answer_working_days": body["answer_working_days"]}

    def applied_to(self, body):
        return body | {"answer_working_days": self.cleaned_data["answer_working_days"]}


class NumbersForm(NewVersionForm):
    """A part of the policy that is nothing but numbers. `asked`: the label and the help of each."""

    part: ClassVar[str]
    bounds: ClassVar[dict[str, tuple[int, int]]]
    asked: ClassVar[dict[str, tuple[str, str]]]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (label, hint) in self.asked.items():
            self.ask(name, _number(label, *self.bounds[name], hint))

    @classmethod
    def as_written(cls, body):
        return completed(body)[cls.part]

    def applied_to(self, body):
        return body | {self.part: {name: self.cleaned_data[name] for name in self.asked}}


class WaitingForm(NumbersForm):
    part, bounds, asked = "waiting", WAITING, ON_WAITING


class GroupsForm(NumbersForm):
    part, bounds, asked = "groups", GROUPS, ON_GROUPS


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
    least = _number(
        "People with whom a series begins, at least",
        1,
        MOST_PEOPLE,
        "One to one: 1, and 1 at most.",
    )
    most = _number("People in a series, at most", 1, MOST_PEOPLE)
    leaders = _number("People who lead it", 1, MOST_LEADERS, "At each session.")
    led_by_women = YesNoField(label="Is it led only by women?")
    women_only = YesNoField(
        label="Is a series of it for women alone?",
        help_text="No man is given a place in it then, whoever else it would suit.",
    )
    entries = forms.CharField(
        label="Sessions with which somebody may begin",
        help_text="Numbers with commas between them, such as 1, 5, 9. Only 1 where nobody joins once it has begun.",
        max_length=400,
    )
    rolling = YesNoField(
        label="Is what somebody missed made up for in the next series?",
        help_text="For whoever began later. If not, it is made up for one to one, before the series ends.",
    )
    must_finish = YesNoField(
        label="Must it end before their order or licence does?",
        help_text="If so, a place in a series that ends later is refused. If not, it is only said.",
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
        terms = completed(body)["terms"][code]
        pounds, pence = divmod(terms["price_pence"], 100)
        return {name: terms[name] for name in AS_THEY_STAND} | {
            "sex": terms["sex"] or ANYBODY,
            "partner_violence": _after_as_written(terms["partner_violence"]),
            "violence": _after_as_written(terms["violence"]),
            **{name: terms["dose"][name] for name in DOSE},
            "price": f"{pounds}.{pence:02}",
            "entries": ", ".join(map(str, terms["entries"])),
        }

    def clean_entries(self):
        said = self.cleaned_data["entries"].replace(",", " ").split()
        if not all(number.isascii() and number.isdigit() for number in said):
            raise forms.ValidationError("Enter numbers with commas between them, such as 1, 5, 9.")
        return sorted({int(number) for number in said})

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
            "entries": said["entries"],
        }
        return body | {"terms": body["terms"] | {self.code: terms}}


def _after_as_written(asked):
    return next(written for written, meant in AFTER.items() if meant is asked)


def _places(named):
    """Those in use, and those that the policy names already, whatever has become of them since."""
    in_use = Place.objects.in_use(localdate()).values_list("name", flat=True)
    return [(name, name) for name in sorted({*in_use, *named})]
