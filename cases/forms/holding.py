"""What is asked of whoever offers a case, answers an offer or takes one back.

Source: product rules, GRID (hand-over accepted by a named officer).
"""

from django import forms

from cases.reference.holding import INTO_HERE, TransferKind
from staff.forms import GovukForm, LongTextField, Radios

ACCEPT, REFUSE = "accept", "refuse"
LONGEST_NOTE, LONGEST_WHY = 4000, 500
CHOOSE = ("", "Choose")


class OfferForm(GovukForm):
    kind = forms.ChoiceField(label="Where is it to go?", widget=Radios)
    to_officer = forms.ChoiceField(
        label="Which officer is to take it?",
        help_text="They hold it only once they accept. Until then it stays where it is.",
    )
    outside_nps = forms.CharField(
        label="Which NPS office?",
        help_text="For example NPS Reading. The case is ours until somebody there, by name, accepts it.",
        max_length=200,
    )
    outside_provider = forms.CharField(
        label="Which provider, and which office?",
        help_text="The case is ours until somebody there, by name, accepts it.",
        max_length=200,
    )
    note = LongTextField(
        label="What must whoever takes it know?",
        help_text="What is under way, what was promised, what to do first. Open enquiries, dates, orders and the interim "
        "plan go along by themselves.",
        rows=8,
        max_length=LONGEST_NOTE,
    )
    caretaker = forms.ChoiceField(
        label="Who sees them until it is accepted?",
        help_text="Only where whoever holds it now cannot. They can open the case until then.",
        required=False,
    )

    def __init__(self, *args, kinds, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.users = {row.user.username: row.user for row in rows}
        officers = [(row.user.username, row.in_a_line) for row in rows]
        self.offer("to_officer", [CHOOSE, *officers])
        self.offer("caretaker", [("", "Whoever holds it now"), *officers])
        self.offer("kind", [(str(one), one.title) for one in kinds])
        self.fields["kind"].widget.reveals = {
            TransferKind.OFFICER: ["to_officer"],
            TransferKind.NPS: ["outside_nps"],
            TransferKind.PROVIDER: ["outside_provider"],
        }
        self.into = len(kinds) == 1 and kinds[0] in INTO_HERE
        if self.into:  # it can only come here, so nothing is to be chosen but who takes it
            self.fields["kind"].initial = str(kinds[0])
            self.fields["kind"].widget = forms.HiddenInput()
            del self.fields["outside_nps"], self.fields["outside_provider"]

    def given(self):
        said = self.cleaned_data
        return {
            "kind": said["kind"],
            "to_officer": self.users.get(said.get("to_officer", "")),
            "outside": said.get("outside_nps") or said.get("outside_provider") or "",
            "note": said["note"],
            "caretaker": self.users.get(said["caretaker"]),
        }


class AnswerOfferForm(GovukForm):
    answer = forms.ChoiceField(
        label="Do you take this case?",
        choices=[(ACCEPT, "Yes, it is mine from now on"), (REFUSE, "No")],
        widget=Radios(
            hints={
                ACCEPT: "Everything that is owed goes along with it, and what is booked comes into your diary.",
                REFUSE: "It stays with whoever has it. They and the senior see why.",
            },
            reveals={REFUSE: ["because"]},
        ),
    )
    because = LongTextField(
        label="Why not?",
        help_text="So that whoever offered it knows what to do next.",
        rows=3,
        max_length=LONGEST_WHY,
    )


class RecordAnswerForm(GovukForm):
    answer = forms.ChoiceField(
        label="What did they answer?",
        choices=[
            (ACCEPT, "A named officer there has taken it"),
            (REFUSE, "They will not take it"),
        ],
        widget=Radios(reveals={ACCEPT: ["outside_officer"], REFUSE: ["because"]}),
    )
    outside_officer = forms.CharField(
        label="Who has taken it?",
        help_text="Their name, as they gave it. From then on it is theirs and not ours.",
        max_length=100,
    )
    because = LongTextField(
        label="Why not?",
        help_text="In their words as far as you can, and who said so.",
        rows=3,
        max_length=LONGEST_WHY,
    )


class TakeBackForm(GovukForm):
    because = LongTextField(
        label="Why do you take it back?",
        help_text="Whoever was offered it sees this.",
        rows=3,
        max_length=LONGEST_WHY,
    )
