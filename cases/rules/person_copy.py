"""How the person's copy of their plan says what may be shared: to them, in full words, with full dates.

Source: product rules, sharing and words; `cases.rules.sharing` says what may be in it. The copy does not say
that anything is left out.
"""

from dataclasses import asdict, dataclass

from cases.reference.codes import ContactLevel
from cases.reference.plan_questions import PLAN_QUESTIONS
from cases.reference.plans import Actor, Agreed
from cases.rules.plain_words import OFTEN, ordered_as, plain, said_short, speaks_of_them
from cases.rules.sharing import (
    Answer,
    Goal,
    LeftOut,
    Mend,
    Ordered,
    Parts,
    Step,
    is_draft,
    sorted_out,
    texts_of,
)
from cases.rules.words import counted, unquoted
from staff.rules.dates import say_date

YOUR_WORDS = "person.words"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said to the person; `note` is who does it and by when."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of the copy. `quote`: their own words."""

    heading: str
    lines: tuple[Line, ...] = ()
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """The person's copy. `left_out`, `mend` and `advice` are for staff and no part of it."""

    called: str
    draft: bool
    agreement: str
    sections: tuple[Section, ...]
    left_out: tuple[LeftOut, ...] = ()
    mend: tuple[Mend, ...] = ()
    advice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom the person turns to, and how we may get in touch with them: only what is safe."""

    officer: str  # blank: nobody holds the case
    organisation: str
    telephone: str
    ways: tuple[str, ...] = ()


def copy_of(parts, kept):
    """The person's copy of these parts. What gives something away is not in it, and is to be mended."""
    safe, left_out, mend = sorted_out(parts, kept)
    lines = _Lines(parts, safe)
    sections = (
        Section("What we agreed", lines.goals()),
        Section("What you will do", lines.steps(theirs=True)),
        Section("What we will do", lines.steps(theirs=False) + lines.adjusted()),
        Section("What the court ordered and how it happens", lines.ordered()),
        Section("How often we meet", lines.often()),
        Section("In your words", quote=unquoted(lines.answer(YOUR_WORDS))),
    )
    return Copy(
        called=parts.called or parts.forename,
        draft=is_draft(parts.agreed, parts.signed_on),
        agreement=_agreement(parts),
        sections=tuple(one for one in sections if one.lines or one.quote),
        left_out=left_out,
        mend=mend,
        advice=_advice(safe, parts),
    )


def sheet_of(copy, *, crn, reach, made_on):
    """The copy as its page and its file place it, plain values through and through."""
    sections = (*copy.sections, Section("If something is wrong", tuple(_if_wrong(reach))))
    return {
        "called": copy.called,
        "crn": crn,
        "draft": copy.draft,
        "agreement": copy.agreement,
        "made": f"Made on {say_date(made_on)} by {reach.organisation}.",
        "ways": list(reach.ways),
        "sections": [asdict(one) for one in sections],
    }


def _if_wrong(reach):
    who = f"{reach.officer}, your probation officer" if reach.officer else "us"
    yield Line(f"Tell {who}, or ring {reach.telephone}. We want this plan to be right.")
    yield Line(
        "If we cannot put it right together, ask to speak to a senior probation officer. You can also "
        "complain, on the same number."
    )
    yield Line("You may ask to see what is written about you. We will tell you how.")
    yield Line("You can have this in large print, read out to you, or in another language.")


@dataclass(frozen=True, slots=True)
class _Lines:
    parts: Parts
    safe: list

    def _of(self, kind):
        return [one for one in self.safe if isinstance(one, kind)]

    def _plain(self, text):
        return plain(text, self.parts.forename, self.parts.surname)

    def goals(self):
        return tuple(Line(self._plain(one.what)) for one in self._of(Goal))

    def steps(self, *, theirs):
        ordered = sorted(self._of(Step), key=lambda one: (one.done_on is not None, one.by_on))
        return tuple(
            Line(self._plain(one.what), self._note(one))
            for one in ordered
            if (one.actor == Actor.PERSON) is theirs
        )

    def _note(self, one):
        when = f"Done on {say_date(one.done_on)}" if one.done_on else f"By {say_date(one.by_on)}"
        who = "" if one.actor == Actor.PERSON else _who(one, self.parts.officer)
        return f"{self._plain(who)}. {when}" if who else when

    def ordered(self):
        return tuple(Line(_with_length(one), self._how(one)) for one in self._of(Ordered))

    def _how(self, one):
        """What the plan said no longer holds once its route was taken away."""
        how = "" if one.waits or one.changed else self._plain(one.how)
        stop = "." if how and how[-1] not in ".!?" else ""
        return f"{how}{stop} {_starts(one)}".strip()

    def answer(self, code):
        return next((one.given.strip() for one in self._of(Answer) if one.code == code), "")

    def often(self):
        found = []
        if level := self.answer("contact.level"):
            found.append(Line(f"We meet {OFTEN[ContactLevel(level)]}."))
        if self.answer("home_visits.answer") == "yes":
            found.append(Line("We also come to see you at home."))
        return tuple(found)

    def adjusted(self):
        said = self.answer("person.adjustments")
        return tuple(Line(self._plain(line)) for line in said.splitlines() if line.strip())


def _who(step, officer):
    said = {
        Actor.OFFICER: f"Your probation officer, {officer}",
        Actor.PROGRAMME: "The people who run your group",
        Actor.UNPAID_WORK: "The unpaid work team",
        Actor.PRISON: "Prison staff",
    }
    if step.actor in (Actor.AGENCY, Actor.OTHER) or step.actor not in said:
        return step.agency or step.by_whom
    return said[Actor(step.actor)]


def _with_length(one):
    name = ordered_as(one.name)
    return f"{name}, {one.length}" if one.length else name


def _starts(one):
    if one.waits:
        return "We are changing how this happens, and will tell you when it starts."
    return (
        f"The start date is {say_date(one.arranged_on)}."
        if one.arranged_on
        else "We will tell you when it starts."
    )


def _agreement(parts):
    on = say_date(parts.agreed_on) if parts.agreed_on else ""
    return {
        Agreed.YES: f"You told us on {on} that you agree with this plan.",
        Agreed.NO: f"You told us on {on} that you do not agree with this plan. You can ask us to change it.",
        Agreed.COULD_NOT: f"We could not ask you on {on} whether you agree. Tell us what you think of it.",
    }.get(
        parts.agreed,
        "You have not yet told us whether you agree. Please tell us what you think of it.",
    )


def _advice(safe, parts):
    """What the person may stumble over, for the officer to put better."""
    texts = [text for one in safe for text in texts_of(one) if text and not _is_quoted(one)]
    said = [plain(text, parts.forename, parts.surname) for text in texts]
    short = list(dict.fromkeys(one for text in said for one in said_short(text)))
    about = sum(speaks_of_them(text, parts.forename) for text in said)
    advice = [f"Say {one} in full: they may not know it." for one in short]
    if about:
        advice.append(
            f"{counted(about, 'sentence')} about them and not to them: write “you” where you can."
        )
    return tuple(advice)


def _is_quoted(one):
    """Their own words stay as they said them."""
    return isinstance(one, Answer) and (one.code == YOUR_WORDS or PLAN_QUESTIONS[one.code].choices)
