"""What staff fill in about information that has come in, and about reading it.

Source: product rules, information in: in under a minute; who, source, share limits; reading means
"changes nothing because, raised now, plan".
"""

from django import forms

from cases.reference.codes import Part, Sharing
from cases.reference.information import InformationKind, RaiseKind, ReadAs, Relation, SaidBy
from cases.rules.search import understand
from cases.rules.uploads import LARGEST
from staff.forms import FlexibleDateField, GovukForm, LongTextField, Radios, YesNoField

LONGEST = 10_000  # letters of what was said
REASON = 500
MOST_OTHERS = 3  # people under supervision whom one piece of information names, besides the first

ASKED = ("kind", "said_by", "who", "happened_on", "text", "harm", "sharing")


class InformationForm(GovukForm):
    about = forms.CharField(
        label="Who is it about?",
        help_text="A CRN, a name, or a date of birth. If several answer, you choose on the next page and lose nothing.",
        max_length=200,
    )
    chosen = forms.ChoiceField(label="Which of these?", widget=Radios(), required=False)
    kind = forms.ChoiceField(
        label="What is it?", choices=InformationKind.choices(), widget=Radios(small=True)
    )
    said_by = forms.ChoiceField(
        label="Who told us?", choices=SaidBy.choices(), widget=Radios(small=True)
    )
    who = forms.CharField(
        label="Their name, or the service and desk",
        help_text="So that whoever reads it can ring them back.",
        max_length=200,
    )
    happened_on = FlexibleDateField(label="When did it happen?", past=True)
    text = LongTextField(
        label="What was said?",
        help_text="As nearly as you can in their words. What you think of it comes later, from whoever reads it.",
        rows=6,
        max_length=LONGEST,
    )
    harm = YesNoField(
        label="Could somebody be hurt?",
        help_text="If you are not sure, say yes. It is then read today, and its officer is told at once, at any hour.",
    )
    sharing = forms.ChoiceField(
        label="May it be shared with the person it is about?",
        choices=Sharing.choices(),
        initial=Sharing.NO,
        widget=Radios(small=True),
    )

    attached = forms.FileField(
        label="A document that came with it",
        help_text="A PDF, text, e-mail or picture. You may leave this out.",
        required=False,
    )

    def __init__(self, *args, choices=(), **kwargs):
        """`choices`: those who answer to what was typed, where it is not a CRN."""
        super().__init__(*args, **kwargs)
        self.answering = choices
        self.offer("chosen", choices)
        for n in range(1, MOST_OTHERS + 1):
            named = forms.CharField(label=f"CRN of person {n}", max_length=10, required=False)
            self.ask(f"other_{n}", named)
            related = forms.ChoiceField(
                label=f"What did person {n} do to, or what are they to, the person it is about?",
                choices=[("", "Choose"), *Relation.choices()],
                required=False,
            )
            self.ask(f"relation_{n}", related)

    def clean(self):
        self._check_who()
        for n in range(1, MOST_OTHERS + 1):
            crn, relation = self._other(n)
            if crn and not relation:
                self.add_error(f"relation_{n}", f"Say how {crn} and the person it is about stand")
            if relation and not crn:
                self.add_error(
                    f"other_{n}", f"Enter the CRN of person {n}, or choose nothing below"
                )

    def crn(self):
        """Whom it is about."""
        return self.cleaned_data["chosen"] or understand(self.cleaned_data["about"]).crn

    def first_asked(self):
        """What is always asked, in this order; the page places the rest."""
        return [self[name] for name in ASKED]

    def names_others(self):
        """Whether the part about others has anything in it, so that the page leaves it open."""
        return any(field.value() or field.errors for pair in self.others() for field in pair)

    def others(self):
        """(the pair of fields) of each other person, for the page to place together."""
        return [(self[f"other_{n}"], self[f"relation_{n}"]) for n in range(1, MOST_OTHERS + 1)]

    def given(self):
        """As the service takes it, besides whom it is about."""
        file = self.cleaned_data["attached"]
        others = [self._other(n) for n in range(1, MOST_OTHERS + 1)]
        named = [(crn, Relation(relation)) for crn, relation in others if crn]
        return {name: self.cleaned_data[name] for name in ASKED} | {
            "others": named,
            "attached": file.read(LARGEST + 1) if file else None,
        }

    def _check_who(self):
        about = self.cleaned_data.get("about")
        if not about or self.cleaned_data.get("chosen"):
            return
        if not self.answering:
            if understand(about).crn:
                return
            self.add_error("about", "Nobody you can find answers to that. Try the CRN")
        elif "chosen" not in self.errors:
            self.add_error("chosen", "Choose which of these it is about, or change what you typed")

    def _other(self, n):
        given = self.cleaned_data
        return (given.get(f"other_{n}") or "").strip().upper(), given.get(f"relation_{n}") or ""


class ReadingForm(GovukForm):
    read_as = forms.ChoiceField(
        label="What does it come to?",
        choices=ReadAs.choices(),
        widget=Radios(
            hints={
                ReadAs.RAISED: "At once and provisionally. The senior probation officer is told, and a full assessment follows.",
                ReadAs.PLAN: "Something to be done, by somebody, by a day.",
            },
            reveals={ReadAs.RAISED: ["rise", "part"], ReadAs.PLAN: ["what", "by_whom", "by_on"]},
        ),
    )
    rise = forms.ChoiceField(label="What do you raise, and to what?")
    part = forms.ChoiceField(
        label="If it is a flag: what part does the person play?",
        choices=Part.choices(),
        initial=Part.SOURCE,
    )
    what = forms.CharField(label="What is to be done?", max_length=REASON)
    by_whom = forms.CharField(label="By whom?", max_length=200)
    by_on = FlexibleDateField(label="By when?", future=True)
    because = LongTextField(
        label="Why?",
        help_text="What you know, whom you asked and when. It is kept with your name.",
        rows=4,
        max_length=REASON,
    )

    def __init__(self, *args, rises, **kwargs):
        """`rises`: what may be raised on this case, as choices of "kind:value"."""
        super().__init__(*args, **kwargs)
        self.offer("rise", [("", "Choose"), *rises])

    def given(self):
        """As the service takes it."""
        said = self.cleaned_data
        given = {"read_as": ReadAs(said["read_as"]), "because": said["because"]}
        match given["read_as"]:
            case ReadAs.RAISED:
                kind, value = said["rise"].split(":")
                given["rise"] = {
                    "kind": RaiseKind(kind),
                    "value": value,
                    "part": Part(said["part"]),
                }
            case ReadAs.PLAN:
                given["action"] = (said["what"], said["by_whom"], said["by_on"])
        return given


class EndNonAssociationForm(GovukForm):
    because = LongTextField(
        label="Why need they no longer be kept apart?",
        help_text="Who told you, and when. Both officers see it.",
        rows=4,
        max_length=300,
    )
