"""What staff write down when they have asked somebody whether they think of harming themselves.

Source: `cases.rules.welfare`.
"""

from datetime import datetime

from django import forms
from django.utils.timezone import get_current_timezone

from cases.reference.worst_days import WelfareAnswer, WelfareWhen
from cases.rules.interim import says_nothing
from cases.rules.welfare import MUST_DO, MUST_SAY
from staff.forms import FlexibleDateField, FlexibleTimeField, GovukForm, LongTextField, Radios


class WelfareForm(GovukForm):
    answer = forms.ChoiceField(
        label="What did they say?",
        help_text="What they said, not what you think of it.",
        choices=WelfareAnswer.choices(),
        widget=Radios(
            hints={
                str(WelfareAnswer.THOUGHTS): "Also where they come and go",
                str(WelfareAnswer.PLANS): "They know how or when, or have what they would use",
                str(WelfareAnswer.COULD_NOT): "Asking stays owed",
            }
        ),
    )
    words = LongTextField(
        label="Their words, or why they could not be asked",
        help_text="As they said it, as far as you can. Whoever asks next time begins from here.",
        rows=4,
        max_length=4000,
        required=False,
    )
    done = LongTextField(
        label="What was done, and who was told?",
        help_text="Name who took it and when: the prison’s safer custody team, the custody sergeant, the crisis team, their GP, "
        "somebody close to them. Ask the person first whom they would want told, unless there is no time.",
        rows=4,
        max_length=4000,
        required=False,
    )
    moment = forms.ChoiceField(
        label="Why were they asked now?",
        help_text="Breach, recall, custody and release are when it gets harder, so it is asked then.",
        choices=WelfareWhen.choices(),
        widget=Radios(small=True),
    )
    on = FlexibleDateField(label="Which day?", past=True)
    time = FlexibleTimeField(label="What time?")

    def clean(self):
        said = super().clean() or {}
        answer = said.get("answer")
        for name, asked in (("words", MUST_SAY), ("done", MUST_DO)):
            if answer in asked and says_nothing(said.get(name, "")):
                self.add_error(name, asked[answer])
        return said

    def given(self):
        said = self.cleaned_data
        at = datetime.combine(said["on"], said["time"], get_current_timezone())
        kept = {name: said[name] for name in ("moment", "answer", "words", "done")}
        return {**kept, "asked_at": at}
