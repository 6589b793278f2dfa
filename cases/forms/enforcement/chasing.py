"""That the NPS was asked for its answer to a breach pack and has not given it. Source: contract SL15."""

from cases.forms.enforcement.breaches import LONGEST, outside_field
from cases.rules.enforcement.chasing import say_again_by
from staff.forms import FlexibleDateField, GovukForm, LongTextField


class ChaseForm(GovukForm):
    """`latest`: the last day until which it may rest."""

    outside = outside_field("Whom did you ask?", help_text="The NPS officer, or the office.")
    on = FlexibleDateField(label="On which day did you ask?", past=True)
    words = LongTextField(
        label="What did they say, if anything?",
        help_text="Blank where nobody answered.",
        rows=2,
        max_length=LONGEST,
        required=False,
    )
    again_on = FlexibleDateField(label="When do you look again?", future=True)

    def __init__(self, *args, latest, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[
            "again_on"
        ].help_text = f"{say_again_by(latest)} Until then nobody is offered it."
