"""What a head of service fills in to set a new version of the policy on enforcement.

Source: architecture, "policy that a provider sets"; product rules, clocks and failures. What the law sets is not here.
"""

from django import forms

from cases.forms.policy import MOST_DAYS, NumbersPolicyForm
from cases.reference.enforcement import BY_STATUTE, Regime, SentBy, Step
from staff.forms import Checkboxes, FlexibleTimeField

ENFORCEMENT = {  # what the policy on enforcement says in numbers: label, and why it is asked
    "ladder_months": (
        "Months for which a warning counts on a local ladder",
        "Under a community or suspended sentence order the law says twelve.",
    ),
    "lay_days": (
        "Working days before an order ends on which a breach can last be laid safely",
        "Ten are the contract's eight for the pack and two for the NPS.",
    ),
    "lay_red_days": ("Days before an order ends from which that is said in red", "Calendar days."),
    "idle_minutes": ("Minutes after which what nobody works on is put back in the queue", ""),
    "letters_at_once": ("Letters that one of the hub may claim together", ""),
    "next_contact_days": ("Working days from a breach or a recall to the next contact", ""),
}
LADDERS = [one for one in Regime if one not in BY_STATUTE]


class EnforcementPolicyForm(NumbersPolicyForm):
    """Numbers, the last post, days until a letter counts as served, and the ladders of local policy."""

    numbers = ENFORCEMENT

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for how in SentBy:
            label = f"Working days after which a letter counts as served: {how.title.lower()}"
            self.ask(
                _served(how), forms.IntegerField(label=label, min_value=0, max_value=MOST_DAYS)
            )
        self.ask(
            "last_post",
            FlexibleTimeField(
                label="When does the last post go?",
                help_text="What is due that day is late after it.",
            ),
        )
        for regime in LADDERS:
            self.ask(_ladder(regime), _steps(regime))

    @classmethod
    def as_written(cls, body):
        served = {_served(how): body["served_after"][how] for how in SentBy}
        ladders = {_ladder(regime): body["ladders"][regime] for regime in LADDERS}
        return super().as_written(body) | served | ladders | {"last_post": body["last_post"]}

    def applied_to(self, body):
        said = self.cleaned_data
        return super().applied_to(body) | {
            "served_after": {str(how): said[_served(how)] for how in SentBy},
            "ladders": {
                str(one): [str(step) for step in Step if step in said[_ladder(one)]]
                for one in LADDERS
            },
            "last_post": said["last_post"].strftime("%H:%M"),
        }


def _served(how):
    return f"served_{how}"


def _ladder(regime):
    return f"ladder_{regime}"


def _steps(regime):
    """The rungs of one ladder; they are climbed in the order in which they stand."""
    return forms.MultipleChoiceField(
        label=f"Warnings under {regime.title.lower()}",
        help_text="From the top down, one at a time.",
        choices=Step.choices(),
        widget=Checkboxes,
    )
