"""What staff fill in at each step of a risk put to the NPS.

Source: product rules, GRID ("escalation is a case").
"""

from django import forms

from grid.reference.escalation import EscalationState as State
from grid.rules.escalation import FROM_THE_NPS, LONGEST_BECAUSE, MAY_BECOME
from staff.forms import GovukForm, LongTextField, Radios, YesNoField

LONGEST_WORDS = 2000
LONGEST_NAME = 150
ANSWERS = {
    State.ASKED: ("It asks for more", "You send it by the next working day. The answer is waited for as before."),
    State.REJECTED: ("It says no", "The officer challenges the answer, or changes the plan and keeps the case."),
    State.ACCEPTED: ("It takes the case", "The case is ours until a named officer there has accepted it."),
}  # fmt: skip


def meanwhile_field():
    return LongTextField(
        label="Who is protected until the NPS has the case, and how?",
        help_text="Who does what, and when. Contact is at least weekly. Whoever covers acts on it.",
        rows=4,
        max_length=LONGEST_WORDS,
    )


def office_field(label, help_text):
    return forms.CharField(label=label, help_text=help_text, max_length=LONGEST_NAME)


class OpenForm(GovukForm):
    because = LongTextField(
        label="What makes this a risk for the NPS?",
        help_text="In a sentence or two: what has happened or is known, and who could be hurt. It waits for "
        "nothing else: the rest is said when you discuss it today.",
        rows=3,
        max_length=LONGEST_BECAUSE,
    )


class DiscussionForm(GovukForm):
    refer = YesNoField(label="Is the risk referred to the NPS?")
    decided = LongTextField(
        label="What was decided, and why?",
        help_text="The officer works by it. Where it is not referred, the head of service reads why.",
        rows=4,
        max_length=LONGEST_WORDS,
    )
    meanwhile = meanwhile_field()


class ReferralForm(GovukForm):
    outside = office_field(
        "Which NPS office did it go to?", "So that whoever chases the answer knows whom to ring."
    )
    referral = LongTextField(
        label="What did it ask for, and what went with it?",
        help_text="For example the referral form, the assessment and the police log. The NPS is waited for from today.",
        rows=4,
        max_length=LONGEST_WORDS,
    )


class AnswerForm(GovukForm):
    answer = forms.ChoiceField(
        label="What does the NPS say?",
        widget=Radios(hints={state.value: hint for state, (_, hint) in ANSWERS.items()}),
    )
    outside = office_field(
        "Who there said so?", "Their name and office, so that they can be rung again."
    )
    said = LongTextField(
        label="What did they say?",
        help_text="In their words as far as you can: what they ask for, or why they decide as they do.",
        rows=4,
        max_length=LONGEST_WORDS,
    )

    def __init__(self, *args, state, **kwargs):
        super().__init__(*args, **kwargs)
        may = MAY_BECOME[State(state)] & FROM_THE_NPS
        self.offer("answer", [(one.value, ANSWERS[one][0]) for one in ANSWERS if one in may])


class SentForm(GovukForm):
    sent = LongTextField(
        label="What was sent, how and to whom?",
        help_text="So that nobody sends it twice, or waits for what never went.",
        rows=3,
        max_length=LONGEST_WORDS,
    )


class ChallengeForm(GovukForm):
    grounds = LongTextField(
        label="On what grounds is the answer challenged?",
        help_text="What the NPS did not know or weigh, and who could be hurt. Say to whom you put it.",
        rows=5,
        max_length=LONGEST_WORDS,
    )


class KeepForm(GovukForm):
    changed = LongTextField(
        label="What changes in the plan now that the case stays here?",
        help_text="The NPS said no; the risk is as it was. Say what is done that was not done before.",
        rows=4,
        max_length=LONGEST_WORDS,
    )
    meanwhile = LongTextField(
        label="Who is protected by it, and how?",
        help_text="Who does what, and when. Whoever covers acts on it.",
        rows=4,
        max_length=LONGEST_WORDS,
    )


class HandOverForm(GovukForm):
    outside_officer = office_field(
        "Which NPS officer has accepted the case?",
        "By name: an office, a team or a duty desk has not accepted it.",
    )
    outside = office_field("At which office?", "So that whoever asks for the person is sent there.")
    note = LongTextField(
        label="What have you told them that they must know?",
        help_text="Who is at risk, what is owed and by when, what was promised. It is kept with the hand-over.",
        rows=5,
        max_length=LONGEST_WORDS,
    )


class WithdrawForm(GovukForm):
    withdrawn = LongTextField(
        label="Why is it withdrawn?",
        help_text="The NPS is told, and the head of service reads it.",
        rows=3,
        max_length=LONGEST_WORDS,
    )


class MeanwhileForm(GovukForm):
    meanwhile = meanwhile_field()
