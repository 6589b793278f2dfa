"""What is different between two snapshots of a case, field by field, and how much it is.

Sources: supervision reference 5 ("field by field"); report 2.4 ("little has been changed apart from the
level of motivation"). The shape of a snapshot is in `cases.queries.snapshots`. Keys are public: an event's
answer names them, and they are the same however often the two are compared:

    assessment:<code>  plan:<code>  objective:<id>  step:<id>  contingency:<id>  delivery:<key>
    risk:harm  risk:contact_level  risk:register:<id>  risk:victim:<id>

A text is different in substance when it comes to speak of something it did not speak of, or no longer
speaks of what it did; when it denies what it said; when there is a good deal more or less in it; or when
little of it is left. Anything else is cosmetic. A step, contingency or objective is the same as an earlier
one when it says the same, whatever its key: a new one that says an old one again is cosmetic.
"""

from cases.reference.codes import ContactLevel, Rosh
from cases.reference.event_words import STANDS
from cases.reference.plan_questions import PLAN_QUESTIONS
from cases.reference.questions import QUESTIONS, Answered
from cases.reference.reviews import DifferenceArea
from cases.rules.plan_differences import plan_differences
from cases.rules.text_differences import Amount, Difference, day_of, grew, news_of, text_amount
from cases.rules.wording import topics_of

# Readiness, and what the person says of themselves: asked each time, and no change of assessment or plan
MOTIVATION = frozenset(
    {"engagement.readiness", "engagement.motivation", "drugs.motivation", "alcohol.motivation", "person.words"}
)  # fmt: skip
# Where an answer comes from, or waits for: says how it is known, and not what
SAYS_WHENCE = frozenset({"sources", "enquiry"})
NOT_ASKED = frozenset({"covers"})


def differences(before, after, own=()):
    """[Difference], in the order of assessment, plan and risk. `own`: names of the person on probation."""
    found = [*_assessment(before, after, own), *_plan(before, after, own), *_risk(before, after)]
    return [one for one in found if one]


def _assessment(before, after, own):
    old, new = before["assessment"], after["assessment"]
    since = day_of(new["on"])
    for code in _codes(old["answers"], new["answers"]):
        area = (
            DifferenceArea.RISK
            if code.startswith(("harm.", "sara."))
            else DifferenceArea.ASSESSMENT
        )
        yield _answer("assessment", area, code, old["answers"], new["answers"], since, own)


def _codes(old, new):
    """Of either, in the order of the catalogue; past behaviour, which is in no catalogue, comes last."""
    order = {code: number for number, code in enumerate((*QUESTIONS, *PLAN_QUESTIONS))}
    codes = {code for code in (*old, *new) if code.rpartition(".")[2] not in NOT_ASKED}
    return sorted(codes, key=lambda code: (order.get(code, len(order)), code))


def _answer(of, area, code, old, new, since, own):
    before, after = old.get(code) or "", new.get(code) or ""
    if before == after:
        return None
    question = QUESTIONS.get(code) or PLAN_QUESTIONS.get(code)
    words = question.how == Answered.WORDS if question else code.endswith(".words")
    if words:
        amount = text_amount(before, after, own)
        about = news_of(before, after, own)
    else:
        amount, about = Amount.SUBSTANTIVE, frozenset()
    if code in MOTIVATION or code.startswith("self."):
        amount = min(amount, Amount.MOTIVATION)
    elif code.rpartition(".")[2] in SAYS_WHENCE:
        amount = Amount.COSMETIC
    return Difference(
        f"{of}:{code}",
        area,
        code,
        question.asks if question else f"Past behaviour: {code.split('.')[1].replace('_', ' ')}",
        _in_words(question, before),
        _in_words(question, after),
        amount,
        about | (frozenset() if words else _where(code)),
        since,
        in_words=words and bool(before) and not grew(before, after, own),
    )


def _where(code):
    """What a part of the record is about: the longest name in STANDS that the code begins with."""
    fits = [one for one in STANDS if code == one or code.startswith(f"{one}.")]
    return STANDS[max(fits, key=len)] if fits else frozenset()


def _in_words(question, value):
    titles: dict[str, str] = dict(question.choices) if question else {}
    if isinstance(value, list):
        return ", ".join(str(titles.get(one, one)) for one in value)
    if question and question.how == Answered.YES_NO:
        return str(value).capitalize()
    return titles.get(value, value)


def _plan(before, after, own):
    old, new = before["plan"], after["plan"]
    since = day_of(new["on"])
    for code in _codes(old["answers"], new["answers"]):
        yield _answer("plan", DifferenceArea.PLAN, code, old["answers"], new["answers"], since, own)
    yield from plan_differences(before, after, own)


def _risk(before, after):
    if before["harm"] != after["harm"]:
        yield _level(
            "harm", "Risk of serious harm, overall", before, after, Rosh, "harm.known_adult"
        )
    if before["contact_level"] != after["contact_level"]:
        yield _level(
            "contact_level", "How often they are seen", before, after, ContactLevel, "contact"
        )
    yield from _registers(before["registers"], after["registers"])
    yield from _victims(before["victims"], after["victims"])


def _level(code, asks, before, after, levels, stands):
    was, now = (levels(one[code]).title if one[code] else "" for one in (before, after))
    since = day_of(after["assessment"]["on"]) if code == "harm" else None
    return Difference(
        f"risk:{code}",
        DifferenceArea.RISK,
        code,
        asks,
        was,
        now,
        Amount.SUBSTANTIVE,
        STANDS[stands],
        since,
    )


def _registers(old, new):
    stood = {one["id"]: one for one in old}
    stands = {one["id"]: one for one in new}
    for key in sorted(stood.keys() | stands.keys()):
        was, now = stood.get(key), stands.get(key)
        if was and now and (was["level"], was["part"]) == (now["level"], now["part"]):
            continue
        one = stands[key] if now else stood[key]
        yield Difference(
            f"risk:register:{key}",
            DifferenceArea.RISK,
            "register",
            f"On a register: {one['name']}",
            _entry(was),
            _entry(now),
            Amount.SUBSTANTIVE,
            topics_of(one["name"]),
            day_of(one["on"]),
        )


def _entry(one):
    return (
        ", ".join(filter(None, ("Yes", one["level"], one["part"].replace("_", " ")))) if one else ""
    )


def _victims(old, new):
    stood, stands = ({one["id"]: one for one in some} for some in (old, new))
    for key in sorted(stood.keys() ^ stands.keys()):
        one = stands.get(key) or stood[key]
        yield Difference(
            f"risk:victim:{key}",
            DifferenceArea.RISK,
            "victim",
            "Somebody who could be hurt",
            one["how"] if key in stood else "",
            one["how"] if key in stands else "",
            Amount.SUBSTANTIVE,
            topics_of(one["how"]) | {"victim"},
            day_of(one["on"]),
        )
