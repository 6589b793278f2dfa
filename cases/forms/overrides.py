"""What is asked of whoever would go ahead although a gate is shut, of their approver, and of who reads it after.

Source: product rules, override. The six questions are one form, because together they are the thinking.
"""

from django import forms

from cases.rules.overrides import SIX, check_says
from staff.errors import RuleBroken
from staff.forms import Checkboxes, FlexibleDateField, GovukForm, LongTextField, Radios

LONGEST = 2000  # letters of a box
NOTE = 500
APPROVE, REFUSE = "approve", "refuse"


class SaysSomething(GovukForm):
    """A form whose boxes refuse, each by itself, what is typed to get past them."""

    boxes: dict[str, str] = {}  # {field: what the rules call it}

    def clean(self):
        for name, said in self.boxes.items():
            if name in self.cleaned_data:
                try:
                    check_says(**{said: self.cleaned_data[name]})
                except RuleBroken as refusal:
                    self.add_error(name, str(refusal))
        return self.cleaned_data


class AskOverrideForm(SaysSomething):
    boxes = {name: name for name in SIX}

    keys = forms.MultipleChoiceField(
        label="What would you go ahead without?",
        help_text="Only what you choose is passed over. The rest is still to do.",
        widget=Checkboxes,
        error_messages={"required": "Choose at least one thing that stands in the way"},
    )
    unknown = LongTextField(
        label="What is unknown?",
        help_text="The fact that is missing, and about whom. Not what you expect it to be.",
        rows=3,
        max_length=LONGEST,
    )
    read_and_asked = LongTextField(
        label="What have you read, and whom have you asked?",
        help_text="With the days. So that whoever decides does not ask the same again.",
        rows=4,
        max_length=LONGEST,
    )
    why_safer = LongTextField(
        label="Why is going ahead safer than waiting?",
        help_text="Who would be worse off if this waited, and how. A deadline of ours is not a reason.",
        rows=4,
        max_length=LONGEST,
    )
    who_is_protected = LongTextField(
        label="Who is protected meanwhile, and how?",
        help_text="Who does what, and when, until the answer comes.",
        rows=4,
        max_length=LONGEST,
    )
    who_was_told = LongTextField(
        label="Who has been told?",
        help_text="People and services, and when. If nobody could be, say whom you tried.",
        rows=3,
        max_length=LONGEST,
    )
    what_closes_it = LongTextField(
        label="What closes it?",
        help_text="What comes, and from whom: a reply, a visit, a meeting.",
        rows=2,
        max_length=LONGEST,
    )
    expires_on = FlexibleDateField(label="By when?", future=True)

    def __init__(self, *args, open_gates, last, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("keys", open_gates)
        self.fields[
            "expires_on"
        ].help_text = f"At the latest {last}. If nothing has come by then, it comes back to whoever approved it."


class DecideOverrideForm(SaysSomething):
    boxes = {"note": "decision_note"}

    decision = forms.ChoiceField(
        label="Is going ahead safer than waiting?",
        choices=[(APPROVE, "Yes, approve it until its day"), (REFUSE, "No, refuse it")],
        widget=Radios(
            hints={
                APPROVE: "It comes back to you when its time is up.",
                REFUSE: "Whoever asked sees your reason, and what was missing is still to do.",
            }
        ),
    )
    note = LongTextField(
        label="Why do you decide as you do?",
        help_text="One sentence. Kept with your name, and read by the head of service in one of so many.",
        rows=3,
        max_length=NOTE,
    )

    def given(self):
        approve = self.cleaned_data["decision"] == APPROVE
        return {"approve": approve, "note": self.cleaned_data["note"]}


class CloseOverrideForm(SaysSomething):
    boxes = {"how": "closed_how"}

    how = LongTextField(
        label="How was it closed?",
        help_text="What came, or what was decided instead. It closes by itself when what was missing is there.",
        rows=3,
        max_length=NOTE,
    )


class ReadOverrideForm(SaysSomething):
    boxes = {"note": "read_note"}

    note = LongTextField(
        label="What did you find?",
        help_text="Was waiting worse, and was somebody protected? Whoever approved it sees this.",
        rows=3,
        max_length=NOTE,
    )
