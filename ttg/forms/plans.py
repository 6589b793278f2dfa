"""The questions of one pathway of the resettlement plan, the person's own view, and what the officer says of a risk.

Nothing is required here: what is missing stands in "still to do" until it is signed. Source: `ttg.reference.questions`.
"""

import json
from dataclasses import dataclass

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.boundfield import BoundField

from cases.rules.answering import field_name
from staff.forms import FlexibleDateField, GovukForm, LongTextField, Radios, SharedForm
from staff.kit import Clash
from staff.rules.merging import marks
from ttg.queries.plan_page import say_answer
from ttg.reference.custody import Agreed, RiskAnswer
from ttg.reference.questions import Question, Source
from ttg.rules.plans import LONGEST, LONGEST_REASON, TO_CONFIRM


@dataclass(frozen=True)
class Block:
    """One question as the page draws it."""

    question: Question
    answer: BoundField
    words: BoundField
    does: BoundField | None  # where a yes says what is done about it
    source: BoundField
    on: BoundField
    right: BoundField | None  # to be ticked, where the plan before said it
    take: BoundField | None  # to be ticked, where the record answers it
    open: bool  # the details are shown
    title: str  # of the details


class PathwayForm(SharedForm):
    """`questions`: those of the pathway; `answers`: what stands, by code; `names`: how the reader reads words.

    `takes`: {code: what the record answers}, in words.
    """

    def __init__(self, *args, questions, answers, names, takes, **kwargs):
        self.questions, self.names, self.takes = {one.code: one for one in questions}, names, takes
        stands = {code: answers.get(code) for code in self.questions}
        initial: dict[str, str] = {}
        for code, answer in stands.items():
            initial |= self._initial(code, answer or {})
        super().__init__(*args, stands=stands, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)  # fmt: skip
        for one in questions:
            self._ask(one, stands[one.code] or {})

    def _initial(self, code, answer):
        name = field_name(code)
        return {
            name: answer.get("said", ""),
            f"{name}-words": self.names.text(answer.get("words", "")),
            f"{name}-does": self.names.text(answer.get("does", "")),
            f"{name}-source": answer.get("source", Source.PERSON.value),
            f"{name}-on": answer.get("on", ""),
        }

    def _ask(self, one, stands):
        name = field_name(one.code)
        if one.acts:
            self.ask(f"{name}-does", _long("What is done about it, and by whom? Or why is nothing done?"))  # fmt: skip
        widget = Radios(small=True, reveals={"yes": [f"{name}-does"]} if one.acts else {})
        answer = forms.ChoiceField(label=one.asks, help_text=one.why, choices=one.choices, widget=widget, required=False)  # fmt: skip
        self.ask(name, answer)
        if stands.get(TO_CONFIRM):
            label = "The plan before says so. Tick if it is right as it stands"
            self.ask(f"{name}-right", forms.BooleanField(label=label, required=False))
        if one.code in self.takes:
            label = f"Take what the record says as the answer: {self.takes[one.code]}"
            self.ask(f"{name}-take", forms.BooleanField(label=label, required=False))
        self.ask(f"{name}-words", _long("More about it, if there is more to say", "Where it comes from the person and is not about risk, their own copy repeats it."))  # fmt: skip
        source = forms.ChoiceField(label="Who says so?", choices=Source.choices(), required=False)
        self.ask(f"{name}-source", source)
        self.ask(f"{name}-on", FlexibleDateField(label="On which day? Today, if left blank", required=False, past=True))  # fmt: skip

    def blocks(self):
        for code, question in self.questions.items():
            name = field_name(code)
            words, source, on = (self[f"{name}-{one}"] for one in ("words", "source", "on"))
            yield Block(
                question=question,
                answer=self[name],
                words=words,
                does=self._maybe(f"{name}-does"),
                source=source,
                on=on,
                right=self._maybe(f"{name}-right"),
                take=self._maybe(f"{name}-take"),
                open=bool(words.value() or words.errors or source.errors or on.errors),
                title="More, who says so, and when",
            )

    def _maybe(self, name):
        return self[name] if name in self.fields else None

    def clean(self):
        super().clean()
        for code in self.takes:
            name = field_name(code)
            said, stands = self.cleaned_data.get(name), (self.stands[code] or {}).get("said")
            if self.cleaned_data.get(f"{name}-take") and said and said != stands:
                self.add_error(name, "You chose an answer and also took what the record says. Leave one of them out")  # fmt: skip

    def given(self):
        data = self.cleaned_data
        answers, confirms, takes = {}, [], []
        for code in self.questions:
            name, stands = field_name(code), self.stands[code] or {}
            if data.get(f"{name}-take"):
                takes.append(code)
                continue
            answer = self._answer(code, stands)
            if stands.get(TO_CONFIRM) and answer == _bare(stands):
                if data.get(f"{name}-right"):
                    confirms.append(code)
                continue  # not looked at yet
            answers[code] = answer
        return {"given": answers, "seen": data["seen"], "confirms": confirms, "takes": takes}

    def _answer(self, code, stands):
        data, name = self.cleaned_data, field_name(code)
        said = data.get(name)
        if not said:
            return None
        words, does = data.get(f"{name}-words") or "", data.get(f"{name}-does") or ""
        answer = {
            "said": said,
            "words": self.names.put_back(words.strip(), stands.get("words", "")),
            "does": self.names.put_back(does.strip(), stands.get("does", "")),
            "source": data.get(f"{name}-source") or Source.PERSON.value,
        }
        if day := data.get(f"{name}-on"):
            answer["on"] = day.isoformat()
        return {key: value for key, value in answer.items() if value}

    def show_clashes(self, names, who="", when=""):
        """[Clash] of the questions that both answered. Sent again, it writes over what is shown now."""
        self.saw(names)
        found = []
        for code in names:
            name = field_name(code)
            self.add_error(name, "Somebody else answered this while you were writing")
            words = self.names.text(say_answer(code, self.stands[code]))
            found.append(Clash(self.questions[code].asks, words, f"#id_{name}", who, when))
        return found

    def _marks(self):
        return json.dumps(marks(self.stands, self.questions))


class TheirViewForm(SharedForm):
    """What the person says. `stands`: as it is kept; the names that the reader may not see are taken out of the boxes."""

    strengths = LongTextField(
        label="What goes well for them, what can they do, and who is on their side?",
        help_text="Strengths come first, because a plan of problems is nobody’s plan.",
        required=False,
        max_length=LONGEST,
    )
    own_words = LongTextField(
        label="What do they want, in their own words?",
        help_text="Write it as they said it.",
        required=False,
        max_length=LONGEST,
    )
    agreed = forms.ChoiceField(
        label="Do they agree with the plan?",
        help_text="Go through it with them first. Not agreeing is an answer too.",
        choices=Agreed.choices(),
        widget=Radios(
            reveals={Agreed.PARTLY.value: ["why_partly"], Agreed.REFUSED.value: ["why_not"]}
        ),  # fmt: skip
        initial=Agreed.NOT_ASKED.value,
    )
    why_partly = LongTextField(
        label="What do they not agree with, in their words?",
        rows=3,
        required=False,
        max_length=LONGEST_REASON,
    )
    why_not = LongTextField(
        label="Why not, in their words? If they would not take part: how did you ask?",
        rows=3,
        required=False,
        max_length=LONGEST_REASON,
    )

    def __init__(self, *args, stands, names, **kwargs):
        self.names = names
        reason = names.text(stands["agreed_because"])
        initial = {
            "strengths": names.text(stands["strengths"]),
            "own_words": names.text(stands["own_words"]),
            "agreed": stands["agreed"],
            "why_partly": reason,
            "why_not": reason,
        }
        super().__init__(*args, stands=stands, initial=initial, **kwargs)

    def given(self):
        data, back, stands = self.cleaned_data, self.names.put_back, self.stands
        why = {Agreed.PARTLY.value: "why_partly", Agreed.REFUSED.value: "why_not"}.get(data["agreed"])  # fmt: skip
        return {
            "own_words": back(data["own_words"], stands["own_words"]),
            "strengths": back(data["strengths"], stands["strengths"]),
            "agreed": data["agreed"],
            "agreed_because": back(data.get(why) or "", stands["agreed_because"]) if why else "",
            "seen": data["seen"],
        }

    def show_clashes(self, names, who="", when=""):
        names = ["agreed" if one == "agreed_because" else one for one in names]
        return super().show_clashes(list(dict.fromkeys(names)), who, when)

    def _marks(self):
        return json.dumps(marks(self.stands, self.stands))


class RiskItemForm(GovukForm):
    """What the officer says of one thing about risk."""

    answer = forms.ChoiceField(
        label="What do you make of it?",
        help_text="You are asked of each, one by one: what the prison knew was lost where nobody had to read it.",
        choices=[
            (RiskAnswer.ACCEPTED.value, "I accept it as it stands"),
            (RiskAnswer.AMENDED.value, "I accept it, with a change"),
        ],
        widget=Radios(reveals={RiskAnswer.AMENDED.value: ["amended"]}),
    )
    amended = LongTextField(
        label="What do you change, and why?",
        help_text="The plan keeps what it said; your change stands beside it.",
        rows=4,
        max_length=LONGEST,
    )

    def given(self):
        return {
            "answer": self.cleaned_data["answer"],
            "amended": self.cleaned_data.get("amended") or "",
        }


def _bare(stands):
    return {name: one for name, one in stands.items() if name != TO_CONFIRM}


def _long(label, hint=""):
    return LongTextField(label=label, help_text=hint, rows=3, required=False, validators=[MaxLengthValidator(LONGEST)])  # fmt: skip
