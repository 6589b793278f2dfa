"""What is filled in on the register of a group: a card a person, and what is put right with a reason.

Nothing is chosen beforehand: whoever leads says of each what came of it. Source: product rules, groups; features 80.
"""

from typing import Any

from django import forms

from cases.reference.appointments import OUTCOMES
from grid.reference.group_marks import CAME, EXCUSES, Mark
from grid.rules.group_register import MOST_NOTE, MOST_REASON, Said
from staff.forms import GovukForm, LongTextField, Radios

LONGEST_SESSION = 480  # minutes, as the policy has it at most
CHOOSE = "Choose what came of it"
HINTS = {
    Mark.DID_NOT_COMPLY: "Say in the note what they did.",
    Mark.SENT_HOME: "Say in the note what they did.",
    Mark.SENT_HOME_BY_US: "It counts as attended: it was our doing.",
}


class MarkForm(GovukForm):
    """What came of a session for one person. `case`: its key; `begun`: whether the session has.

    `version`: of their line as it stood when the card was drawn.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    mark = forms.ChoiceField(
        label="What came of it?", choices=Mark.choices(), widget=Radios(hints=HINTS), required=False
    )
    excuse = forms.ChoiceField(
        label="Which good reason?",
        choices=[("", "Choose"), *((code, OUTCOMES[code].title) for code in EXCUSES)],
        required=False,
    )
    late_minutes = forms.IntegerField(
        label="Minutes late, if they came late",
        min_value=0,
        max_value=LONGEST_SESSION,
        required=False,
    )
    note = LongTextField(
        label="Note for their officer",
        help_text="Name nobody but the person themselves.",
        rows=2,
        max_length=MOST_NOTE,
        required=False,
    )
    sensitive = forms.BooleanField(
        label="Keep this note from the person. Once it is ticked it stays so", required=False
    )

    def __init__(self, *args, case, begun, **kwargs):
        super().__init__(*args, **kwargs)
        self.case = case
        self.fields["mark"].widget.reveals = {Mark.EXCUSED: ["excuse"]}
        if not begun:
            self.offer("mark", [(Mark.EXCUSED.value, Mark.EXCUSED.title)])

    @property
    def is_typed(self):
        """Whether anything stands on the card."""
        names = ("mark", "excuse", "late_minutes", "note", "sensitive")
        return any(self.data.get(self.add_prefix(name), "").strip() for name in names)

    @property
    def in_words(self):
        """What stands on the card, as it was typed, where it can be sent no more."""
        mark, late, note = (
            self.data.get(self.add_prefix(name), "").strip()
            for name in ("mark", "late_minutes", "note")
        )
        said = dict(Mark.choices()).get(mark, "")
        return "; ".join(filter(None, [said, f"minutes late: {late}" if late else "", note]))

    def repeats(self, said):
        """Whether what is typed is what stands. `said`: a `Said`, or None where the register says nothing."""
        mark, note = (self.data.get(self.add_prefix(name), "").strip() for name in ("mark", "note"))
        return said is not None and (mark, note) == (said.mark, said.note)

    def knows(self, version):
        """The card is shown again with what stands by now: sent once more, it is said over that."""
        data: Any = self.data
        self.data = data = data.copy()
        data[self.add_prefix("version")] = str(version)

    def said(self, mark=""):
        """What is filled in, as the service takes it. `mark`: where none is chosen."""
        given = self.cleaned_data
        mark = Mark(given["mark"] or mark)
        return Said(
            case=self.case,
            mark=mark,
            late_minutes=(given["late_minutes"] or 0) if mark in CAME else 0,
            excuse=given["excuse"],
            note=given["note"].strip(),
        )


class CorrectForm(MarkForm):
    """What came of it after all, and why what stood is put right. `must_say`: the case has it, so a reason is given."""

    because = forms.CharField(
        label="Why is it put right?",
        help_text="What stood is kept with your reason, for whoever reads the case later.",
        max_length=MOST_REASON,
    )

    def __init__(self, *args, must_say, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mark"].required = True
        self.fields["because"].required = must_say
        if not must_say:
            self.fields["because"].label = "Why is it put right? (optional)"

    def given(self):
        given = self.cleaned_data
        return {
            "said": self.said(),
            "because": given["because"],
            "sensitive": given["sensitive"],
            "version": given["version"],
        }
