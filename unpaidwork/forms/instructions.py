"""What a flag means on a work site, said by whoever knows the case.

Source: unpaid work reference 6 and 6a.
"""

from django import forms

from staff.errors import RuleBroken
from staff.forms import FlexibleDateField, GovukForm, LongTextField
from unpaidwork.queries.instructions import may_own
from unpaidwork.reference.flags import Says
from unpaidwork.services.instructions import NotSaid

LONGEST, LONGEST_RING = 500, 200  # letters
BLANK = "Leave it blank only if there is nothing."


class InstructionForm(GovukForm):
    """`flag`: what it is about, as the rules know it."""

    must_not = LongTextField(
        label="What must the supervisor not allow?",
        rows=3,
        max_length=LONGEST,
        required=False,
    )
    watch_for = LongTextField(
        label="What should they watch for?", rows=3, max_length=LONGEST, required=False
    )
    do = LongTextField(
        label="What should they do?",
        help_text="So that somebody who has never met them could do it.",
        rows=3,
        max_length=LONGEST,
    )
    ring = forms.CharField(
        label="Whom do they ring?",
        help_text="By role and with a number that is answered while they work. In danger they ring 999 first.",
        max_length=LONGEST_RING,
    )
    owner = forms.ChoiceField(
        label="Who looks after this?",
        help_text="They are asked to look at it again.",
    )
    review_on = FlexibleDateField(label="When is it looked at again?", future=True)

    def __init__(self, *args, flag, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.owners = {str(one.pk): one for one in may_own(case)}
        self.offer(
            "owner", [("", "Choose"), *((key, one.name) for key, one in self.owners.items())]
        )
        self.fields["must_not"].help_text = flag.demand.must
        for part in Says:
            if part in flag.demand.says:
                self.fields[part].required = True
            elif part == Says.WATCH_FOR:
                self.fields[part].help_text = BLANK
        self.fields["review_on"].help_text = f"Within {flag.demand.months} months."

    def carry_out(self, service, **known):
        """As every form, with each thing that is wrong beside its box."""
        try:
            return service(**known, **self.given())
        except NotSaid as refusal:
            for part, why in refusal.wrong.items():
                self.add_error(part, why)
        except RuleBroken as refusal:
            self.add_error(None, str(refusal))
        return None

    def given(self):
        said = self.cleaned_data
        return {**said, "owner": self.owners[said["owner"]]}


class EndInstructionForm(GovukForm):
    because = forms.CharField(label="Why is it no longer needed?", max_length=300)
