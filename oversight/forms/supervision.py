"""What is filled in of a supervision: its day, what was talked about, what is agreed, what the officer answers.

Source: `oversight.rules.supervised`, `cases.rules.senior_actions`.
"""

from typing import ClassVar

from django import forms

from cases.forms.senior_actions import AskForActionForm, WordsForm
from cases.models import Case
from staff.forms import FlexibleDateField, GovukForm, LongTextField
from staff.permissions import Action

LONGEST_NOTES = 4000
LONGEST = 500


class PlanForm(GovukForm):
    planned_on = FlexibleDateField(
        label="On which day?",
        help_text="The officer sees the day, and the agenda as it grows. By when one is owed the policy says, whichever day you choose.",
        future=True,
    )


class CallOffForm(WordsForm):
    boxes: ClassVar[dict[str, str]] = {"because": "called_off_because"}

    because = LongTextField(
        label="Why is it called off?",
        help_text="Kept with the supervision, so that a long gap explains itself.",
        rows=2,
        max_length=LONGEST,
    )


class AgreeForm(AskForActionForm):
    """`officer`: whose supervision it is; `by`: who holds it."""

    crn = forms.CharField(
        label="On which case, if it is on one?",
        help_text="A CRN of theirs. It then stands on the case and in the officer’s work. Leave it empty for what is on no case.",
        required=False,
        max_length=10,
    )

    def __init__(self, *args, officer, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.theirs = Case.objects.open_to(by, Action.ASK_SENIOR_ACTION).filter(officer=officer)
        self.officer = officer

    def clean_crn(self):
        crn = self.cleaned_data["crn"].strip().upper()
        if not crn:
            return None
        found = self.theirs.filter(crn=crn).first()
        if found is None:
            raise forms.ValidationError(
                f"{self.officer.name} holds no case with this CRN that you may ask about. Look at their caseload, or leave it "
                "empty."
            )
        return found

    def given(self):
        said = dict(self.cleaned_data)
        return {"case": said.pop("crn"), **said}


class SignForm(WordsForm):
    boxes: ClassVar[dict[str, str]] = {"discussed": "discussed"}

    discussed = LongTextField(
        label="What did you talk about?",
        help_text="Name nobody on probation here: what is about a case is agreed as an action on it. The officer, those who "
        "answer for them and the head of service read this; nobody else does.",
        rows=8,
        max_length=LONGEST_NOTES,
    )
    next_on = FlexibleDateField(
        label="When is the next one?",
        help_text="It is planned as you sign.",
        future=True,
    )


class ReadForm(WordsForm):
    boxes: ClassVar[dict[str, str]] = {"answer": "answer"}

    answer = LongTextField(
        label="What do you answer, if anything?",
        help_text="Kept beside what was signed, as you write it. You need not answer.",
        rows=4,
        max_length=LONGEST_NOTES,
        required=False,
    )
