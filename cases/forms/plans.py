"""What is said once in a plan, what happens if, how requirements are delivered, and the person's agreement.

Source: `cases.reference.plan_questions`; report 2.2. Nothing is required here that may be honestly not known:
what is missing stands in "still to do" until the plan is signed.
"""

from django import forms
from django.core.validators import MaxLengthValidator

from cases.forms.signing import SignForm
from cases.forms.whole import CodesForm, WholeForm
from cases.reference.codes import Sharing
from cases.reference.plan_questions import ABOUT_FAMILY, ENQUIRIES, PLAN_QUESTIONS, of_family
from cases.reference.plans import Agreed, Known, Route
from cases.reference.questions import Answered
from cases.rules.answering import field_name
from cases.rules.plan_answers import LONGEST
from staff.forms import Checkboxes, FlexibleDateField, GovukForm, LongTextField, Radios, SharedForm
from staff.kit import Clash

SHARING = "May the person see this?"
UNCONFIRMED = "From the plan before. Saving this page confirms it."


class PlanAnswersForm(CodesForm):
    """The questions of one part, filled in with what stands. `enquiries`: [(key, words)] of those open."""

    def __init__(self, *args, part, answers, carried=(), enquiries=(), **kwargs):
        questions = [one for one in PLAN_QUESTIONS.values() if one.part == part]
        super().__init__(*args, codes=[one.code for one in questions], answers=answers, **kwargs)
        for question in questions:
            self.ask(
                field_name(question.code), _field(question, question.code in carried, enquiries)
            )
        self._reveal()
        self.initial["seen"] = self._marks()

    def _reveal(self):
        for subject in ABOUT_FAMILY:
            asker = self.fields.get(field_name(of_family(subject, "answer")))
            if asker:
                names = [field_name(of_family(subject, what)) for what in (ENQUIRIES, "asked")]
                asker.widget.reveals = {Known.UNKNOWN.value: names}


def _field(question, carried, enquiries):
    hint = f"{question.why} {UNCONFIRMED}".strip() if carried else question.why
    asked = {"label": question.asks, "help_text": hint, "required": False}
    if question.how == Answered.WORDS:
        return LongTextField(rows=3, validators=[MaxLengthValidator(LONGEST)], **asked)
    if question.how == Answered.ANY:
        return forms.MultipleChoiceField(
            choices=question.choices, widget=Checkboxes(small=True), **asked
        )
    if question.code.endswith(f".{ENQUIRIES}"):
        return forms.ChoiceField(choices=[("", "None that is open"), *enquiries], **asked)
    return forms.ChoiceField(choices=question.choices, widget=Radios(small=True), **asked)


class ContingencyForm(SharedForm):
    what_if = LongTextField(
        label="If what happens?",
        help_text="The first sign that things are going wrong, as somebody would notice it.",
        rows=2,
        max_length=500,
    )
    then = LongTextField(
        label="Then what is done?",
        help_text="So that somebody covering for you can do it from this alone.",
        rows=3,
        max_length=500,
    )
    by_whom = forms.CharField(label="By whom?", max_length=200)
    by_when = forms.CharField(
        label="How soon?", help_text="For example: at once, the same day.", max_length=100
    )
    sharing = forms.ChoiceField(
        label=SHARING,
        help_text="Not, unless you say so: what we do if things go wrong often protects somebody.",
        choices=Sharing.choices(),
        widget=Radios(small=True),
    )

    def given(self):
        said = dict(self.cleaned_data)
        return {"seen": said.pop("seen"), "given": said}


class DeliveriesForm(WholeForm):
    """Each requirement and condition with its route. `ordered`: [(key, name, what stands)]."""

    def __init__(self, *args, ordered, **kwargs):
        stands = {key: said for key, _, said in ordered}
        self.ordered = [(key, name) for key, name, _ in ordered]
        initial = {
            f"{field_name(key)}-{what}": value
            for key, said in stands.items()
            for what, value in (said or {}).items()
        }
        super().__init__(*args, stands=stands, initial=initial, **kwargs)
        for key, name in self.ordered:
            self._ask_about(field_name(key), name)
        self.initial["seen"] = self._marks()

    def _ask_about(self, prefix, name):
        self.ask(
            f"{prefix}-route",
            forms.ChoiceField(
                label=f"{name}: by what route?",
                choices=Route.choices(),
                initial=Route.NONE,
            ),
        )
        self.ask(
            f"{prefix}-how",
            LongTextField(
                label="What is done, how much and by whom?",
                help_text="In the time there is before the sentence ends.",
                rows=2,
                max_length=500,
                required=False,
            ),
        )
        self.ask(
            f"{prefix}-arranged_on",
            FlexibleDateField(
                label="When does it start?",
                help_text="Leave it while nothing is booked.",
                required=False,
            ),
        )

    def rows(self):
        """The fields of each, in their order, for the page."""
        return [
            (name, [self[f"{field_name(key)}-{what}"] for what in ("route", "how", "arranged_on")])
            for key, name in self.ordered
        ]

    def given(self):
        found = {}
        for key, _ in self.ordered:
            prefix = field_name(key)
            day = self.cleaned_data[f"{prefix}-arranged_on"]
            found[key] = {
                "route": self.cleaned_data[f"{prefix}-route"],
                "how": self.cleaned_data[f"{prefix}-how"],
                "arranged_on": day.isoformat() if day else None,
                "sharing": (self.stands[key] or {}).get("sharing", Sharing.YES.value),
            }
        return {"given": found, "seen": self.cleaned_data["seen"]}

    def clashes_of(self, keys, ordered):
        """[Clash] of the requirements that both changed; `ordered` read anew."""
        self.stands = {key: said for key, _, said in ordered}
        clashes = []
        for key in keys:
            box = self[f"{field_name(key)}-how"]
            stood = self.stands[key] or {}
            route = Route(stood.get("route", Route.NONE)).title
            self.add_error(box.name, "Somebody else changed this while you were writing")
            clashes.append(
                Clash(str(box.label), f"{route}: {stood.get('how', '')}", f"#{box.auto_id}")
            )
        self.saw(keys)
        return clashes


class AgreementForm(GovukForm):
    agreed = forms.ChoiceField(
        label="Do they agree with the plan?",
        choices=Agreed.choices(),
        widget=Radios(
            reveals={Agreed.NO.value: ["why_not"], Agreed.COULD_NOT.value: ["why_unanswered"]}
        ),
    )
    why_not = LongTextField(
        label="What do they not agree with?",
        help_text="In their words where you can. They may disagree, and the plan can still be signed.",
        rows=3,
        max_length=500,
    )
    why_unanswered = LongTextField(
        label="Why could they not answer?",
        help_text="For example: no interpreter yet, unwell, not seen. Say when you will ask again.",
        rows=3,
        max_length=500,
    )
    on = FlexibleDateField(label="When did you go through it with them?", past=True)

    def given(self):
        said = self.cleaned_data
        because = said["why_not"] or said["why_unanswered"] or ""
        return {"agreed": said["agreed"], "because": because, "on": said["on"]}


class SignPlanForm(SignForm):
    another = "The plan has changed"


class GiveUpForm(GovukForm):
    because = LongTextField(
        label="Why is it given up?",
        help_text="The next plan and its review rest on this.",
        rows=3,
        max_length=500,
    )
