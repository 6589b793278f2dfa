"""What a head of service fills in to set a new version of the policy on supervision.

Source: `cases.rules.supervision_policy`.
"""

from cases.forms.policy import NumbersPolicyForm

SUPERVISION = {  # label, and why it is asked
    "weeks_between": (
        "Weeks from one supervision of an officer to the next",
        "After these the team's page says that one is overdue.",
    ),
    "looks_back_days": (
        "Days that the agenda of a first supervision looks back",
        "A later one looks back to the supervision before it.",
    ),
    "minutes_a_day": (
        "Minutes that a senior’s list of a day takes",
        "Then it ends, and says what is left. What is late and could hurt somebody is never left.",
    ),
    "minutes_countersign": (
        "Minutes to read and countersign",
        "An assessment, a review, a recall, an interim plan. Minutes say what a senior's list takes; nobody is measured by them.",
    ),
    "minutes_decide": (
        "Minutes to decide a request",
        "To go ahead, to lower a placement, to travel, how to visit.",
    ),
    "minutes_read": (
        "Minutes to read what was decided",
        "A review that changed nothing, a breach that was withdrawn.",
    ),
    "minutes_arrange": (
        "Minutes to name somebody or book something",
        "An officer, what takes the place of a route taken away.",
    ),
    "minutes_answer": (
        "Minutes to write to somebody outside",
        "Somebody who complained; of a serious further offence.",
    ),
}


class SupervisionPolicyForm(NumbersPolicyForm):
    numbers = SUPERVISION
