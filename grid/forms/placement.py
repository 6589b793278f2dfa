"""What staff fill in about the GRID: a judgement, a decision on one, a version of the policy.

Source: product rules, GRID, judgement; the three questions of HMIP Thames Valley CRC 2018, Annex 3.
"""

from django import forms

from cases.reference.codes import ContactLevel
from cases.reference.groups import GROUPS, group_name
from grid.rules.policy import AT_LEAST_WEEKLY
from staff.forms import FlexibleDateField, GovukForm, LongTextField, Radios, YesNoField

LONGEST_ANSWER = 2000
LONGEST_NOTE = 500
COMPLEX, NOT_COMPLEX = "complex", "not_complex"


class JudgementForm(GovukForm):
    complex = forms.ChoiceField(
        label="Is this case complex?",
        choices=[(COMPLEX, "Complex"), (NOT_COMPLEX, "Not complex")],
        widget=Radios(
            hints={
                COMPLEX: "Holds at once: more contact and more interventions",
                NOT_COMPLEX: "Where you judged it complex before, a senior probation officer decides",
            }
        ),
    )
    linked_to_harm = LongTextField(
        label="Is it linked to risk of serious harm, and how?",
        help_text="A difficulty that is not linked to harm does not make a case complex.",
        rows=3,
        max_length=LONGEST_ANSWER,
    )
    being_managed = LongTextField(
        label="Is it being managed, and by whom?",
        help_text="Somebody in treatment that works may need no more from us.",
        rows=3,
        max_length=LONGEST_ANSWER,
    )
    effect_of_contact = LongTextField(
        label="What would more contact do to this person?",
        help_text="More appointments can do harm: shifts lost, treatment missed, another failure to attend.",
        rows=3,
        max_length=LONGEST_ANSWER,
    )

    def answers(self):
        return self.cleaned_data | {"complex": self.cleaned_data["complex"] == COMPLEX}


class DecisionForm(GovukForm):
    approve = YesNoField(label="Should the placement be lowered?")
    note = LongTextField(
        label="What the officer should know",
        help_text="Say why, if you leave it as it is.",
        required=False,
        rows=3,
        max_length=LONGEST_NOTE,
    )


class NewVersionForm(GovukForm):
    """What every new version of the policy says of itself, and which version it is made from."""

    changing = forms.IntegerField(widget=forms.HiddenInput)
    from_on = FlexibleDateField(label="When is it in force from?", future=True)
    reason = LongTextField(
        label="Why does the policy change?",
        help_text="Shown with the version for as long as it is kept.",
        rows=3,
        max_length=LONGEST_NOTE,
    )


def level_field(label, levels=ContactLevel):
    return forms.ChoiceField(label=label, choices=[(each.value, each.title) for each in levels])


OUTSIDE = ("holding_level", "escalation_level", "judgement_months")  # of any one group


class ContactLevelsForm(NewVersionForm):
    """The contact level of each group, in a field of the group's code, and what holds outside them."""

    holding_level = level_field("While somebody cannot be placed", AT_LEAST_WEEKLY)
    escalation_level = level_field("During risk escalation, at least", AT_LEAST_WEEKLY)
    judgement_months = forms.IntegerField(
        label="Months for which a judgement holds", min_value=1, max_value=24
    )
    field_order = [*GROUPS, *OUTSIDE, "from_on", "reason"]

    def applied_to(self, body):
        """The body of the policy with these answers in it."""
        given = self.cleaned_data
        groups = {
            code: group | {"contact_level": given[code]} for code, group in body["groups"].items()
        }
        return body | {name: given[name] for name in OUTSIDE} | {"groups": groups}


# Sixteen fields alike, declared by the list of groups
ContactLevelsForm.base_fields.update({code: level_field(group_name(code)) for code in GROUPS})


class GroupForm(NewVersionForm):
    """What is expected of one group, beside how often its people are seen."""

    contact_level = level_field("Contact level")
    home_visit = LongTextField(label="What about a home visit?", rows=2, max_length=300)
    targets = LongTextField(
        label="What are the intervention targets?", help_text="One to a line.", rows=5
    )
    first_60_days = LongTextField(
        label="First 60 days",
        help_text="One step to a line, with its day first: “14 Meaningful contact”. Leave empty for none.",
        rows=5,
        required=False,
    )
    field_order = ["contact_level", "home_visit", "targets", "first_60_days", "from_on", "reason"]

    def __init__(self, *args, code, **kwargs):
        super().__init__(*args, **kwargs)
        self.code = code

    def clean_first_60_days(self):
        steps = []
        for line in self.cleaned_data["first_60_days"].splitlines():
            day, _, do = line.strip().partition(" ")
            if not line.strip():
                continue
            if not day.isdigit() or not 1 <= int(day) <= 60 or not do.strip():
                raise forms.ValidationError(
                    f"Begin with a day from 1 to 60 and then what is to be done: “{line.strip()}”"
                )
            steps.append({"by_day": int(day), "do": do.strip()})
        return sorted(steps, key=lambda step: step["by_day"])

    def applied_to(self, body):
        given = self.cleaned_data
        group = {
            "contact_level": given["contact_level"],
            "home_visit": given["home_visit"],
            "targets": [line.strip() for line in given["targets"].splitlines() if line.strip()],
            "first_60_days": given["first_60_days"],
        }
        return body | {"groups": body["groups"] | {self.code: group}}


def as_written(group):
    """A group of the policy's body as the form shows it."""
    return group | {
        "targets": "\n".join(group["targets"]),
        "first_60_days": "\n".join(
            f"{step['by_day']} {step['do']}" for step in group["first_60_days"]
        ),
    }
