"""What is agreed of the next contact while a breach or a recall runs. Source: report 2.3; product rules (contact never silently falls)."""

from django import forms

from staff.forms import GovukForm, LongTextField, Radios

CANNOT = "cannot"
LONGEST_CANNOT, LONGEST = 300, 4000


class WinBackForm(GovukForm):
    """`coming`: (key, words) of the appointments that may be chosen."""

    next = forms.ChoiceField(
        label="When are they next seen?",
        help_text="Save what you have written and book one first, where none is right.",
        widget=Radios(divider_before=CANNOT, reveals={CANNOT: ["cannot_be_seen"]}),
    )
    cannot_be_seen = LongTextField(
        label="Why can they not be seen, and what is done instead?",
        help_text="At large, in prison, in hospital: whom you ask, how often, and how you reach them.",
        rows=3,
        max_length=LONGEST_CANNOT,
    )
    what_kept_them = LongTextField(
        label="What kept them away, in their words?",
        help_text="Ask them. Leave it blank where they could not be asked.",
        rows=3,
        max_length=LONGEST,
        required=False,
    )
    what_we_do = LongTextField(
        label="What do we do to win them back?",
        help_text="What changes: the time, the place, who sees them, who rings, what they get out of it.",
        rows=4,
        max_length=LONGEST,
    )

    def __init__(self, *args, coming, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("next", [*coming, (CANNOT, "They cannot be seen")])

    def given(self):
        said = self.cleaned_data
        seen = said["next"] != CANNOT
        return {
            "next_contact": int(said["next"]) if seen else None,
            "cannot_be_seen": "" if seen else said["cannot_be_seen"],
            "what_kept_them": said["what_kept_them"],
            "what_we_do": said["what_we_do"],
        }
