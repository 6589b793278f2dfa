"""A review as it is written: what calls for it, what has happened, each part of it, and giving it up.

Nothing is required in a part: what is missing stands in "still to do" until it is signed.
Source: `cases.reference.review_questions`.
"""

from django import forms
from django.core.validators import MaxLengthValidator

from cases.forms.whole import CodesForm, WholeForm
from cases.reference.questions import Answered
from cases.reference.review_questions import HARM_BECAUSE
from cases.reference.reviews import Answered as AnsweredAs
from cases.reference.reviews import PersonView, ReviewBecause
from cases.rules.review_answers import LONGEST
from cases.services.reviews import LONGEST_BECAUSE
from staff.forms import Checkboxes, FlexibleDateField, GovukForm, LongTextField, Radios

ASKED = {  # what is a column of the review and not one of its answers
    "person_view": "Did they take part in this review?",
    "person_words": "What do they say, in their own words? Or how were they asked, or why not?",
    HARM_BECAUSE: "Why has the level of risk of serious harm moved?",
}

MADE_HERE = ("changes", "what", "by_whom", "by_on", "raise_to")  # asked where it changes something


class BeginReviewForm(GovukForm):
    """`recommendations`: [(key, words)] of those on the case that are not settled."""

    because = forms.ChoiceField(
        label="What calls for this review?",
        widget=Radios(reveals={ReviewBecause.RECOMMENDED.value: ["recommendation"]}),
    )
    recommendation = forms.ChoiceField(label="Which recommendation?")

    def __init__(self, *args, recommendations, **kwargs):
        super().__init__(*args, **kwargs)
        offered = [
            (one.value, one.title)
            for one in ReviewBecause
            if one != ReviewBecause.RECOMMENDED or recommendations
        ]
        self.offer("because", offered)
        self.offer("recommendation", [("", "Choose one"), *recommendations])


class AnswerEventsForm(WholeForm):
    """One answer to one event, or the same to several.

    `events`: [(key, words)]; `changes`: [(key, words)] of the differences of substance that are there; `levels`:
    those that risk of serious harm may be raised to; `stands`: {key: what stands} of those answered.
    """

    keys = forms.MultipleChoiceField(
        label="Which of these do you answer?",
        widget=Checkboxes,
        error_messages={"required": "Tick what you answer, one or several"},
    )
    answer = forms.ChoiceField(
        label="Does it change anything?",
        choices=AnsweredAs.choices(),
        widget=Radios(),
    )
    words = LongTextField(
        label="What does it change, or why nothing?",
        help_text="In a sentence, in your own words. Tick several above to say the same of each.",
        rows=3,
        max_length=LONGEST,
    )
    changes = forms.MultipleChoiceField(
        label="Which change answers it?",
        help_text="Changes of substance to the assessment, the plan or the level of risk since the last review.",
        widget=Checkboxes(small=True),
        required=False,
    )
    what = forms.CharField(
        label="A step to put in the plan now: what is to be done?",
        help_text="Leave it where a change above answers it, or where you go on to a new assessment or plan.",
        max_length=500,
        required=False,
    )
    by_whom = forms.CharField(label="By whom?", max_length=200, required=False)
    by_on = FlexibleDateField(label="By when?", future=True, required=False)
    raise_to = forms.ChoiceField(
        label="Raise risk of serious harm now, to",
        required=False,
        widget=Radios(small=True, inline=True),
    )

    def __init__(self, *args, events, changes, levels, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("keys", events)
        self.offer("changes", changes)
        self.offer("raise_to", [("", "Not now"), *levels])
        for name, offered in (("changes", changes), ("raise_to", levels)):
            if not offered:
                del self.fields[name]
        revealed = [name for name in MADE_HERE if name in self.fields]
        self.fields["answer"].widget.reveals = {AnsweredAs.CHANGE.value: revealed}

    def clean(self):
        super().clean()
        step = [self.cleaned_data.get(name) for name in ("what", "by_whom", "by_on")]
        if any(step) and not all(step) and self.cleaned_data.get("answer") == AnsweredAs.CHANGE:
            for name, words in (
                ("what", "what is to be done"),
                ("by_whom", "by whom"),
                ("by_on", "by when"),
            ):
                if not self.cleaned_data.get(name) and name not in self.errors:
                    self.add_error(name, f"Say {words}, or leave the step out")
        return self.cleaned_data

    def given(self):
        said = self.cleaned_data
        step = {name: said[name] for name in ("what", "by_whom", "by_on")}
        return {
            "keys": said["keys"],
            "answer": said["answer"],
            "words": said["words"],
            "changes": said.get("changes") or [],
            "step": step if all(step.values()) else None,
            "raise_to": said.get("raise_to") or "",
            "seen": said["seen"],
        }


class ReviewPartForm(CodesForm):
    """The questions of one part, filled in with what stands. `questions`: those that are asked on this case."""

    def __init__(self, *args, questions, **kwargs):
        super().__init__(*args, **kwargs)
        for name, code in self.codes.items():
            self.ask(name, _field(code, questions.get(code)))
        self.initial["seen"] = self._marks()


def _field(code, question):
    if code == "person_view":
        return forms.ChoiceField(
            label=ASKED[code], choices=PersonView.choices(), widget=Radios(small=True), required=False,
            help_text="A review that they had no part in is about them and not with them.",
        )  # fmt: skip
    if code in ASKED:
        return _words(ASKED[code], "")
    if question.how == Answered.WORDS:
        return _words(question.asks, question.why)
    asked = {"label": question.asks, "help_text": question.why, "required": False}
    if question.how == Answered.ANY:
        return forms.MultipleChoiceField(
            choices=question.choices, widget=Checkboxes(small=True), **asked
        )
    return forms.ChoiceField(choices=question.choices, widget=Radios(small=True), **asked)


def _words(label, hint):
    return LongTextField(
        label=label,
        help_text=hint,
        rows=3,
        required=False,
        validators=[MaxLengthValidator(LONGEST)],
    )


class DropReviewForm(GovukForm):
    because = LongTextField(
        label="Why is it given up?",
        help_text="The review is still owed, and whoever makes it reads this.",
        rows=3,
        max_length=LONGEST_BECAUSE,
    )
