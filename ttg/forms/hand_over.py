"""What is asked when somebody is handed over to their officer. Source: `ttg.rules.hand_over`."""

from django import forms

from staff.forms import FlexibleDateField, GovukForm, LongTextField


class OfferForm(GovukForm):
    met_on = FlexibleDateField(label="When did you speak?", past=True)
    how = forms.CharField(
        label="How did you meet?",
        help_text="For example: by video from the prison. So that the officer knows who saw whom.",
        max_length=100,
    )
    who_came = forms.CharField(
        label="Who took part?",
        help_text="The person, the officer, the mentor, services: so that each can be asked again.",
        max_length=500,
    )
    minutes = LongTextField(
        label="What was said?",
        help_text="What the officer needs to take over: what is arranged, what is not, what the person wants.",
        rows=8,
        max_length=8000,
    )
    watch_for = LongTextField(
        label="What should the officer watch for in the first days?",
        help_text="Risk to others or to themselves, and what makes it more likely. Leave it out if there is nothing.",
        rows=4,
        max_length=4000,
        required=False,
    )


class AskForm(GovukForm):
    words = LongTextField(
        label="What do you need to know?",
        help_text="Through the Gate hears of it at once, and the hand-over waits for the answer.",
        rows=4,
        max_length=4000,
    )


class AnswerForm(GovukForm):
    words = LongTextField(
        label="What is the answer?",
        help_text="If nobody knows yet, say from whom the officer will hear it, and by when.",
        rows=4,
        max_length=4000,
    )


class AcceptForm(GovukForm):
    note = forms.CharField(
        label="Anything to note?",
        help_text="What you have agreed with Through the Gate. What is there and what is missing today is kept by itself.",
        max_length=500,
        required=False,
    )
