"""What staff fill in about contact that nobody had arranged, and to find something in the notes.

Source: features rows 60, 61 and 69.
"""

from datetime import datetime

from django import forms
from django.utils.timezone import get_current_timezone

from cases.forms.meetings import NOTES_HELP, NotesForm
from cases.reference.contacts import offered_to
from cases.rules.outcomes import MOST_NOTES
from cases.rules.words import listed
from cases.services.contact_log import LONGEST_SEARCH
from staff.forms import FlexibleDateField, FlexibleTimeField, GovukForm, LongTextField, Radios

AS_BEFORE, SHOWN, KEPT = "before", "no", "yes"


class ContactForm(NotesForm):
    kind = forms.ChoiceField(label="What was it?", widget=Radios(small=True))
    on = FlexibleDateField(label="Which day?", past=True)
    time = FlexibleTimeField(label="What time?")
    notes = LongTextField(label="Notes", help_text=NOTES_HELP, rows=8, max_length=MOST_NOTES)
    sensitive = forms.ChoiceField(
        label="May these notes be shown to the person?",
        help_text="Notes are part of their record, which they may ask to see.",
        widget=Radios(small=True),
    )

    def __init__(self, *args, role, remembered, **kwargs):
        """`remembered`: {type: whether this member of staff kept it from the person last time}."""
        super().__init__(*args, **kwargs)
        self.remembered = remembered
        types = offered_to(role)
        hints = {one.code: one.hint for one in types if one.hint}
        self.fields["kind"].widget = Radios(small=True, hints=hints)
        self.offer("kind", [(one.code, one.title) for one in types])
        self._offer_sensitive([one.title for one in types if remembered.get(one.code)])

    def _offer_sensitive(self, kept):
        as_before = [(AS_BEFORE, "The same as you chose last time")] if self.remembered else []
        hint = f"Kept from them: {listed(kept)}. Others are shown." if kept else "All are shown."
        self.fields["sensitive"].widget = Radios(small=True, hints={AS_BEFORE: hint})
        self.offer(
            "sensitive", [*as_before, (SHOWN, "Yes"), (KEPT, "No, keep them from the person")]
        )
        self.fields["sensitive"].initial = AS_BEFORE if self.remembered else SHOWN

    def given(self):
        said = self.cleaned_data
        at = datetime.combine(said["on"], said["time"], get_current_timezone())
        return {
            "type_code": said["kind"],
            "at": at,
            "notes": said["notes"],
            "sensitive": said["sensitive"] == KEPT
            or (said["sensitive"] == AS_BEFORE and self.remembered.get(said["kind"], False)),
        }


class NoteSearchForm(GovukForm):
    text = forms.CharField(label="Find in the notes", max_length=LONGEST_SEARCH)
