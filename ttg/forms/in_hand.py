"""What is asked of one thing somebody needs at the gate. Source: `ttg.rules.in_hand`."""

from django import forms

from staff.forms import FlexibleDateField, Radios, YesNoField
from ttg.forms.custody import OfStay
from ttg.reference.home import ItemState
from ttg.rules.in_hand import LONGEST


class InHandForm(OfStay):
    """Of one thing; which is said by its page. `names`: how this reader reads names; `stands`: the words kept now."""

    state = forms.ChoiceField(
        label="How far has it come?",
        choices=ItemState.choices(),
        widget=Radios(
            small=True,
            hints={
                ItemState.READY: "It is there, or will be handed to them at the gate",
                ItemState.DECLINED: "Write down what they said",
            },
        ),
    )
    words = forms.CharField(
        label="What is to be known of it?",
        help_text=(
            "So that somebody else can take it further: which bank, what is missing, who turned it down. "
            "Never the number of an account, a card or a document."
        ),
        required=False,
        max_length=LONGEST,
    )
    applied_on = FlexibleDateField(
        label="When was it applied for?",
        help_text="We ask so that it can be chased in time. Leave it blank if it was not. For example 3 May 2018 or today",
        required=False,
        past=True,
    )
    expected_on = FlexibleDateField(
        label="When is it expected?",
        help_text="We ask so that whoever leaves before it comes is known. Leave it blank if nobody has said",
        required=False,
    )
    ready_on = FlexibleDateField(
        label="Since when has it been there?",
        help_text="Only if it is there. For example 3 May 2018 or today",
        required=False,
        past=True,
    )
    with_them = YesNoField(
        label="Was it given to them?",
        help_text="Say yes only once it is in their hand. The sheet they are given at the gate then says that they carry it",
        required=False,
    )

    def __init__(self, *args, names, stands, **kwargs):
        super().__init__(*args, **kwargs)
        self.names, self.stands = names, stands

    def given(self):
        said = super().given()
        words = self.names.put_back(said["words"], self.stands)
        return said | {"words": words, "with_them": bool(said["with_them"])}
