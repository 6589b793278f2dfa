"""What a senior fills in when somebody who holds cases leaves: when, and who is to have each case.

Source: product rules, GRID (the sender owns it until a named officer accepts).
"""

from django import forms

from cases.forms.holding import LONGEST_NOTE
from staff.forms import FlexibleDateField, GovukForm, LongTextField

LONGEST_ALONE = 1000
NOBODY = ("", "Nobody yet")


class BeginDepartureForm(GovukForm):
    user = forms.ChoiceField(label="Who is leaving?")
    last_on = FlexibleDateField(
        label="What is their last day?",
        help_text="Their cases are theirs until then. What nobody has accepted by the end of it is yours, with a working "
        "day to name somebody.",
        future=True,
    )

    def __init__(self, *args, users, **kwargs):
        super().__init__(*args, **kwargs)
        self.users = {one.username: one for one in users}
        self.offer(
            "user", [("", "Choose"), *((code, one.name) for code, one in self.users.items())]
        )

    def given(self):
        said = self.cleaned_data
        return {"user": self.users[said["user"]], "last_on": said["last_on"]}


class OfferCasesForm(GovukForm):
    """For each case whether it is offered, to whom, and what holds of it alone; and what holds of all."""

    note = LongTextField(
        label="What must whoever takes them know?",
        help_text="What holds of all of them. Open enquiries, dates, orders and interim plans go along by themselves.",
        rows=6,
        max_length=LONGEST_NOTE,
    )

    def __init__(self, *args, cases, may, receivers, **kwargs):
        """`cases`: those that can be offered; `may`: {case: keys of receivers it lets in}; `receivers`: CandidateRows."""
        super().__init__(*args, **kwargs)
        self.cases = {case.crn: case for case in cases}
        self.may = may
        self.users = {row.user.username: row.user for row in receivers}
        for crn, case in self.cases.items():
            offered = [
                (row.user.username, f"{row.user.name}: {row.load}")
                for row in receivers
                if row.user.pk in may[case.pk]
            ]
            self.ask(f"take_{crn}", forms.BooleanField(label=f"Offer {crn}", required=False))
            self.ask(f"to_{crn}", forms.ChoiceField(label=f"Who is to have {crn}?", choices=[NOBODY, *offered], required=False))  # fmt: skip
            self.ask(f"alone_{crn}", forms.CharField(label=f"What holds of {crn} alone?", max_length=LONGEST_ALONE, required=False))  # fmt: skip

    def row(self, crn):
        """The three boxes of one case."""
        return [self[f"{box}_{crn}"] for box in ("take", "to", "alone")]

    def clean(self):
        said = self.cleaned_data
        for crn in self.cases:
            if said.get(f"take_{crn}") and not said.get(f"to_{crn}"):
                self.add_error(f"to_{crn}", f"Choose who is to have {crn}, or take its tick away")
        return said

    def given(self):
        said = self.cleaned_data
        chosen = [crn for crn in self.cases if said[f"take_{crn}"]]
        return {
            "note": said["note"],
            "offers": [
                (self.cases[crn], self.users[said[f"to_{crn}"]], said[f"alone_{crn}"])
                for crn in chosen
            ],
        }
