"""What staff say when somebody has died, when others have been told, and when it was a mistake.

Source: local policy on deaths under supervision (`cases.reference.deaths`).
"""

from django import forms

from staff.forms import FlexibleDateField, GovukForm, LongTextField, Radios, YesNoField

TOLD, NOBODY = "told", "nobody"
LONGEST_TOLD_BY = 200
LONGEST_FAMILY = 2000
NOT_KNOWN = "not-known"


class DeathForm(GovukForm):
    told_by = forms.CharField(
        label="Who told us, and how?",
        help_text="For example: her sister, by telephone. Give whatever lets a colleague ring them back.",
        max_length=LONGEST_TOLD_BY,
    )
    died_on = FlexibleDateField(
        label="On which day did they die?",
        help_text="Leave it blank if nobody is sure. Nothing waits for it.",
        past=True,
        required=False,
    )
    in_custody = forms.ChoiceField(
        label="Were they in custody?",
        help_text="If they were, the prison speaks with the family first.",
        choices=[("yes", "Yes"), ("no", "No"), (NOT_KNOWN, "Not known yet")],
        widget=Radios(divider_before=NOT_KNOWN),
    )
    family = LongTextField(
        label="Who was close to them, and how do they wish to be spoken to?",
        help_text="Who it is, how to reach them, the language, the faith, what they asked of us. Leave it blank "
        "until somebody has told us.",
        rows=4,
        max_length=LONGEST_FAMILY,
        required=False,
    )

    def given(self):
        said = self.cleaned_data
        return {**said, "in_custody": {"yes": True, "no": False}.get(said["in_custody"])}


class RecordDeathForm(DeathForm):
    sure = YesNoField(
        label="Does this come from the family, the police, a hospital, a prison or a coroner?",
        help_text="If somebody only heard it, find out first: everything stops the moment it is recorded.",
    )

    def clean_sure(self):
        if not self.cleaned_data["sure"]:
            raise forms.ValidationError(
                "Ring the family, the police or the hospital first. Record it as soon as one of them has said so."
            )
        return True

    def given(self):
        said = super().given()
        del said["sure"]
        return said


class HeardForm(GovukForm):
    heard = forms.ChoiceField(
        label="Have they been told?",
        choices=[(TOLD, "Yes"), (NOBODY, "There is nobody to tell")],
        widget=Radios(reveals={TOLD: ["on"]}),
    )
    on = FlexibleDateField(label="When?", past=True)
    words = LongTextField(
        label="Whom did you speak to, and what was agreed?",
        help_text="Or how we know that there is nobody to tell.",
        rows=4,
        max_length=1000,
    )

    def given(self):
        said = self.cleaned_data
        return {"on": said["on"] if said["heard"] == TOLD else None, "words": said["words"]}


class UndoDeathForm(GovukForm):
    because = LongTextField(
        label="How do we know that they are alive?",
        help_text="Who told us, and how it came to be recorded. It is kept for good.",
        rows=4,
        max_length=500,
    )
