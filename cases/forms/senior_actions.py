"""What a senior asks to be done on a case, and the words that say it was.

Source: `cases.rules.senior_actions`.
"""

from typing import ClassVar

from cases.rules.senior_actions import check_says
from staff.errors import RuleBroken
from staff.forms import FlexibleDateField, GovukForm, LongTextField

LONGEST = 1000  # letters of a box


class WordsForm(GovukForm):
    """A form whose boxes refuse, each by itself, what is typed to get past them. `boxes`: {field: rule}."""

    boxes: ClassVar[dict[str, str]] = {}

    def clean(self):
        super().clean()
        for name, said in self.boxes.items():
            if self.cleaned_data.get(name):
                try:
                    check_says(**{said: self.cleaned_data[name]})
                except RuleBroken as refusal:
                    self.add_error(name, str(refusal))
        return self.cleaned_data


class AskForActionForm(WordsForm):
    boxes: ClassVar[dict[str, str]] = {"what": "what", "why": "why"}

    what = LongTextField(
        label="What is to be done?",
        help_text="One thing, said so that somebody else could tell whether it was.",
        rows=3,
        max_length=LONGEST,
    )
    why = LongTextField(
        label="Why does it matter?",
        help_text="Whoever does it reads this, so that they know what it is for.",
        rows=3,
        max_length=LONGEST,
    )
    due_on = FlexibleDateField(
        label="By when?",
        help_text="Your own day, within six months. It is late on the day after, and then you are told.",
        future=True,
    )


class SettleActionForm(WordsForm):
    """`asks`: the label, and why it is asked."""

    boxes: ClassVar[dict[str, str]] = {"because": "settled_because"}

    because = LongTextField(label="What was done?", rows=3, max_length=LONGEST)

    def __init__(self, *args, asks, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["because"].label, self.fields["because"].help_text = asks
