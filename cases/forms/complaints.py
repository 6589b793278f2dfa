"""What staff say as they take a complaint, say who answers it, and answer it.

Source: local policy on complaints (`cases.rules.complaints`).
"""

from django import forms

from cases.reference.worst_days import ComplaintFrom, Upheld
from staff.forms import FlexibleDateField, GovukForm, LongTextField, Radios, YesNoField
from staff.permissions import TITLES, Role

LONGEST_WORDS = 8000
LONGEST_ANSWER = 8000
LONGEST_WANTS = 2000
NOBODY = "nobody"


def named(people):
    """(key, "A. Khan, responsible officer") of members of staff."""
    return [(str(one.pk), f"{one.name}, {TITLES[Role(one.role)].lower()}") for one in people]


class ComplaintForm(GovukForm):
    made_by = forms.ChoiceField(
        label="Who makes it?",
        choices=ComplaintFrom.choices(),
        widget=Radios(),
    )
    who = forms.CharField(
        label="Their name, and how they are reached",
        help_text="The answer goes there. Ask whether it is safe to write. Leave it blank where the person on "
        "probation makes it.",
        max_length=200,
        required=False,
    )
    words = LongTextField(
        label="What do they complain of, in their own words?",
        help_text="Write what they say, also where you see it otherwise. Whoever it is about does not read it here.",
        rows=8,
        max_length=LONGEST_WORDS,
    )
    wants = LongTextField(
        label="What would put it right for them?",
        help_text="Ask them. Leave it blank where they do not want to say.",
        rows=3,
        max_length=LONGEST_WANTS,
        required=False,
    )
    about = forms.ChoiceField(
        label="Which member of staff is it about?",
        help_text="They are told nothing of it here and cannot answer it. Where it is about a senior probation "
        "officer, it goes to the head of service.",
    )
    received_on = FlexibleDateField(label="When did it come?", past=True)

    def __init__(self, *args, staff, **kwargs):
        super().__init__(*args, **kwargs)
        self.staff = {str(one.pk): one for one in staff}
        choices = [("", "Choose one"), (NOBODY, "Nobody in particular"), *named(staff)]
        self.offer("about", choices)

    def given(self):
        said = self.cleaned_data
        return {**said, "about": self.staff.get(said["about"])}


class TakeUpForm(GovukForm):
    handler = forms.ChoiceField(
        label="Who answers it?",
        help_text="They are told. It cannot be whoever it is about.",
    )
    about = forms.ChoiceField(
        label="Which member of staff is it about?",
        help_text="Put it right where it turns out to be about somebody else.",
    )
    acknowledged = YesNoField(
        label="Has it been acknowledged?",
        help_text="Whoever made it has been told that we have it, who answers, and by when.",
        widget=Radios(reveals={"yes": ["acknowledged_on"]}),
    )
    acknowledged_on = FlexibleDateField(label="On which day?", past=True)

    def __init__(self, *args, handlers, staff, **kwargs):
        super().__init__(*args, **kwargs)
        self.handlers = {str(one.pk): one for one in handlers}
        self.staff = {str(one.pk): one for one in staff}
        self.offer("handler", [("", "Choose one"), *named(handlers)])
        self.offer("about", [(NOBODY, "Nobody in particular"), *named(staff)])

    def given(self):
        said = self.cleaned_data
        return {
            "handler": self.handlers[said["handler"]],
            "about": self.staff.get(said["about"]),
            "acknowledged_on": said.get("acknowledged_on") if said["acknowledged"] else None,
        }


class AnswerForm(GovukForm):
    outcome = forms.ChoiceField(
        label="What did it come to?",
        choices=[pair for pair in Upheld.choices() if pair[0]],
        widget=Radios(),
    )
    answer = LongTextField(
        label="What do you answer them?",
        help_text="This is the letter: plain words, what you looked at, what you found, what happens now, and where "
        "they can turn if they are not content. Nothing of anybody else.",
        rows=10,
        max_length=LONGEST_ANSWER,
    )
    learnt = LongTextField(
        label="What did we learn from it?",
        help_text="Not in the letter. What is done otherwise from now on, without anybody’s name. It may be blank only "
        "where it is not upheld or was withdrawn.",
        rows=4,
        max_length=LONGEST_ANSWER,
        required=False,
    )
