"""What staff fill in about an enquiry: one step a form, each saying why it is asked.

Source: product rules, checks; report 2.1 (promised and never made), 2.4 (read and never analysed).
"""

from django import forms

from cases.reference.checks import Because, Changes, CheckKind
from staff.forms import Checkboxes, FlexibleDateField, GovukForm, LongTextField, Radios, YesNoField

LONGEST = 10_000  # letters of a reply or an analysis
NOTE = 300
REASON = 500
NOT_CHOSEN = {Because.IMPORTED, Because.UNANSWERED}  # said by the system, never by staff


class OpenCheckForm(GovukForm):
    kind = forms.ChoiceField(
        label="Who should be asked?", choices=CheckKind.choices(), widget=Radios()
    )
    because = forms.ChoiceField(
        label="What makes it due?",
        help_text="The clock starts on the day this happened.",
        choices=[(one.value, one.title) for one in Because if one not in NOT_CHOSEN],
        widget=Radios(small=True),
    )
    triggered_on = FlexibleDateField(label="When did that happen?", past=True)
    subjects = forms.MultipleChoiceField(
        label="Whom and where is it about?",
        help_text="A reply covers only those you choose here. Leave nobody out: no trace of one says nothing of another.",
        widget=Checkboxes(),
        error_messages={"required": "Choose at least one person or address to ask about"},
    )
    note = LongTextField(
        label="Anything else the agency or a colleague should know",
        required=False,
        rows=3,
        max_length=NOTE,
    )

    def __init__(self, *args, subjects, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("subjects", [(one.code, one.words) for one in subjects])
        self.fields["subjects"].widget.hints = {one.code: one.hint for one in subjects}
        self.about = {one.code: one.about for one in subjects}

    def given(self):
        """As the service takes it."""
        chosen = [self.about[code] for code in self.cleaned_data["subjects"]]
        return {
            "kind": CheckKind(self.cleaned_data["kind"]),
            "because": Because(self.cleaned_data["because"]),
            "triggered_on": self.cleaned_data["triggered_on"],
            "subjects": chosen,
            "note": self.cleaned_data["note"],
        }


class SendForm(GovukForm):
    asked_of = forms.CharField(
        label="Which agency was asked, and for which area?",
        help_text="For example Thames Valley Police, or Reading children's social care. A reply speaks only for that area.",
        max_length=200,
    )
    on = FlexibleDateField(label="When was it sent?", past=True)
    told_person = YesNoField(
        label="Had the person on probation been told that we ask?",
        help_text="Leave it blank only if you do not know.",
        required=False,
        widget=Radios(reveals={"no": ["not_told_because"]}),
    )
    not_told_because = LongTextField(
        label="Why not?", help_text="Kept with the enquiry.", rows=3, max_length=NOTE
    )


class ChaseForm(GovukForm):
    note = LongTextField(
        label="Who was asked, how, and what did they say?",
        help_text="So that whoever chases next starts from here. Recorded as done today.",
        rows=3,
        max_length=1000,
    )


class AnalyseForm(GovukForm):
    changes = forms.MultipleChoiceField(
        label="What does the reply change?",
        help_text="Tick all that apply.",
        choices=Changes.choices(),
        error_messages={"required": "Tick what the reply changes, or that it changes nothing"},
        widget=Checkboxes(
            hints={
                Changes.RISK: "Who is at risk, how, or how badly.",
                Changes.FLAG: "A register to open, close or review.",
                Changes.PLAN: "An objective, an action or the contingency.",
                Changes.CONTACT: "How often, where or by whom the person is seen.",
            },
            divider_before=Changes.NOTHING,
            reveals={Changes.PLAN: ["what", "by_whom", "by_on"]},
        ),
    )
    what = forms.CharField(label="What is to be done?", max_length=500)
    by_whom = forms.CharField(
        label="By whom?",
        help_text="A name or a service. You can add more actions afterwards.",
        max_length=200,
    )
    by_on = FlexibleDateField(label="By when?", future=True)
    analysis = LongTextField(
        label="What does it mean, and what will you do?",
        help_text="What it tells you about who is at risk and when; what you will do, and by when. If nothing changes, say why. A reply that is filed and not read protects nobody.",
        rows=8,
        max_length=LONGEST,
    )

    def given(self):
        given = self.cleaned_data
        action = (given["what"], given["by_whom"], given["by_on"])
        return {
            "changes": [Changes(one) for one in given["changes"]],
            "analysis": given["analysis"],
            "actions": [action] if all(action) else [],
        }


class NotNeededForm(GovukForm):
    because = LongTextField(
        label="Why is it not needed?",
        help_text="What you know, who told you and when. A new name or address makes it due again.",
        rows=4,
        max_length=REASON,
    )
