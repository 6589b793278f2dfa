"""What a head of service fills in to set a new version of the policy on release.

Source: Through the Gate reference 6. What the law or the contract sets is not here.
"""

from django import forms

from cases.forms.policy import NewVersionForm
from ttg.rules.policy import MOST

LARGEST = 365
BEFORE = "Days before release."
NUMBERS = {  # what the policy says: label, and why it is asked
    "prepare_days": (
        "Days before release from which it is prepared",
        "A shorter stay is prepared from reception.",
    ),
    "refer_home_days": ("A housing authority is asked by", f"{BEFORE} Where no home is confirmed."),
    "plan_days": ("The plan before release is signed by", BEFORE),
    "home_days": ("A home is confirmed by", f"{BEFORE} With nowhere by then, a senior hears."),
    "contact_days": ("The officer has spoken to them by", BEFORE),
    "substances_days": ("A drug or alcohol need is with a community service by", BEFORE),
    "accepted_days": ("Every service has said that it takes them on by", BEFORE),
    "hand_over_days": ("The hand-over is with the officer by", BEFORE),
    "last_look_days": ("What is still missing is looked at", f"{BEFORE} After the hand-over."),
    "link_days": (
        "Days for which a link to answer works",
        "A service answers by it without signing in. Then it is dead.",
    ),
    "first_hours": ("Hours after release whose timetable is looked at", "72 is three days."),
    "travel_minutes_a_km": (
        "Minutes allowed for a kilometre between two places",
        "By bus and on foot, in a straight line.",
    ),
    "travel_least_minutes": ("Minutes allowed between any two places, at least", ""),
}
TARGET_NUMBERS = {
    "target_plan": "Plans signed within five working days of the screening",
    "target_handed_over": "Hand-overs accepted before release",
    "target_contact": "People whom their officer spoke to before release",
    "target_accepted": "People whose first service accepted them before release",
    "target_housed": "People housed on the first night",
}
ASKED = (*NUMBERS, *TARGET_NUMBERS)


class ReleasePolicyForm(NewVersionForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (label, hint) in NUMBERS.items():
            self._ask_number(name, label, hint, MOST.get(name, LARGEST))
        for name, title in TARGET_NUMBERS.items():
            label = f"Target, per cent: {title[0].lower()}{title[1:]}"
            self._ask_number(name, label, "A target is no law.", 100)

    @staticmethod
    def as_written(body):
        return {name: body.get(name) for name in ASKED}

    def applied_to(self, body):
        return body | {name: self.cleaned_data[name] for name in ASKED}

    def _ask_number(self, name, label, hint, most):
        field = forms.IntegerField(label=label, help_text=hint, min_value=1, max_value=most)
        self.ask(name, field)
