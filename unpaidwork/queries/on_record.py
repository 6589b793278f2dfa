"""What the record already says that bears on unpaid work, of many cases in a fixed number of statements.

Sources: unpaid work reference 5; product rules, how it should feel (a fact entered anywhere feeds the assessment).
Names stand in none of it, nor what anybody wrote: what it is, who said so, and when.
"""

from collections import defaultdict
from itertools import chain

from django.db.models import Q

from cases.models import (
    Circumstance,
    Disability,
    NonAssociation,
    Person,
)
from cases.queries.episodes import episodes_of
from cases.queries.registers import LEVELS, register_name
from cases.reference.checks import CheckKind, EnquiryState, Reply, SubjectKind
from cases.reference.codes import Part, Rosh
from cases.reference.harm import Behaviour, VictimKind
from cases.reference.restrictions import OrderKind
from cases.rules.words import age_on, sentence, within_a_sentence
from unpaidwork.queries.rows import rows_of
from unpaidwork.reference.risk_questions import (
    BESIDE_ONLY,
    CIRCUMSTANCES,
    DISABILITIES,
    NO_DISABILITY,
    REGISTERS,
    Said,
)
from unpaidwork.rules.risk import Recorded

YES = Said.YES.value
BEHAVIOURS = {
    Behaviour.VIOLENCE: "harm.violence",
    Behaviour.SEXUAL: "harm.sexual",
    Behaviour.WEAPON: "harm.weapons",
    Behaviour.DOMESTIC_ABUSE: "harm.domestic_abuse",
    Behaviour.CHILD: "harm.children",
    Behaviour.TOLD: "harm.other",
    Behaviour.OTHER_HARM: "harm.other",
}
ANSWERS = {
    CheckKind.POLICE: "harm.domestic_abuse",
    CheckKind.CHILDREN: "harm.children",
    CheckKind.ADULTS: "harm.adults",
    CheckKind.COURT_TERMS: "managing.orders",
}
WANTED = {*REGISTERS, *Rosh}
ANSWERED = [EnquiryState.REPLIED, EnquiryState.ANALYSED]
YOUNG = 25  # to this age they are asked about as young


def record_of(cases, today):
    """{key of the case: [Recorded]}, what counts and what only stands beside. `cases`: rows."""
    keys = [case.pk for case in cases]
    rows = rows_of(keys)
    return record_from(cases, today, episodes=episodes_of(keys, rows.enquiries), rows=rows)


def record_from(cases, today, *, episodes, rows):
    """The same, of what the caller has read: episodes as `cases.queries.episodes` gives them, and `Rows`."""
    by_key = {case.pk: case for case in cases}
    keys = list(by_key)
    found: defaultdict[int, list[Recorded]] = defaultdict(list)
    for case, told in episodes.items():
        found[case] += [_past(one) for one in sorted(told, key=lambda one: one.key)]
    read = (
        _registers(rows.registers),
        _orders(rows.restrictions, today),
        _apart(keys, today),
        _disabilities(keys),
        _circumstances(keys),
        _replies(rows.enquiries),
        _around(rows.people),
        _themselves(by_key, today),
    )
    for case, one in chain(*read):
        found[case].append(one)
    return {key: found[key] for key in keys}


def _past(one):
    question = BEHAVIOURS[one.behaviour]
    if "arson" in one.what:
        question = "harm.arson"
    elif one.victim == VictimKind.STAFF:
        question = "harm.staff"
    return Recorded(one.key, question, sentence(one.what), one.source, one.on, YES)


def _registers(rows):
    for one in chain(*rows.values()):
        if one.type_code not in WANTED:
            continue
        level = LEVELS.get(one.level_code, one.level_code)
        part = Part(one.part)
        more = [level, within_a_sentence(part.title) if part in (Part.AT_RISK, Part.PARENT) else ""]
        words = ", ".join(filter(None, [f"On the register: {register_name(one)}", *more]))
        # Where the level or their part changes it is another fact
        key = f"register-{one.type_code}-{one.level_code}-{one.part}-{one.pk}"
        question = REGISTERS.get(one.type_code, "harm.other")
        said = "" if one.type_code in set(Rosh) else YES  # a level answers no question by itself
        yield one.case_id, Recorded(key, question, words, "Register", one.started_on, said)


def _orders(rows, today):
    for one in chain(*rows.values()):
        if one.to_on and one.to_on < today:
            continue
        words = f"{OrderKind(one.kind).title}: see the restrictions"
        key = f"restriction-{one.pk}"
        yield one.case_id, Recorded(key, "managing.orders", words, "Restriction", one.from_on, YES)


def _apart(keys, today):
    held = NonAssociation.objects.in_force(today).filter(Q(one__in=keys) | Q(other__in=keys))
    wanted = set(keys)
    for pk, one, other, on in held.order_by("pk").values_list("pk", "one", "other", "from_on"):
        for case in wanted & {one, other}:
            words = "Kept apart from somebody else under supervision"
            yield case, Recorded(f"apart-{pk}", "managing.people", words, "Non-association", on, YES)  # fmt: skip


def _disabilities(keys):
    running = Disability.objects.filter(case__in=keys, to_on=None).exclude(code=NO_DISABILITY)
    rows = running.order_by("pk").values_list("case", "code", "name", "from_on")
    for case, code, name, on in rows:
        question = DISABILITIES.get(code, "health.disabilities")
        key = f"disability-{code or name}"  # an extract brings the same in as another row
        yield case, Recorded(key, question, name, "nDelius", on, YES)


def _circumstances(keys):
    running = Circumstance.objects.filter(case__in=keys, type_code__in=CIRCUMSTANCES, ended_on=None)
    for one in running.order_by("pk"):
        question = CIRCUMSTANCES[one.type_code]
        beside = question in BESIDE_ONLY
        what = one.subtype_name or one.subtype_code
        words = ": ".join(filter(None, [one.type_name or one.type_code, what]))
        key = f"circumstance-{one.type_code}-{one.subtype_code}"
        yield (
            one.case_id,
            Recorded(
                key, question, words, "nDelius", one.started_on, "" if beside else YES, not beside
            ),
        )


def _replies(rows):
    """What agencies answered. “No trace” answers nothing of itself, so it only stands beside."""
    for one in chain(*rows.values()):
        if one.kind not in ANSWERS or one.state not in ANSWERED:
            continue
        words = f"{CheckKind(one.kind).title}: {within_a_sentence(Reply(one.reply).title)}"
        question = ANSWERS[CheckKind(one.kind)]
        yield (
            one.case_id,
            Recorded(f"answer-{one.pk}", question, words, "Enquiry", one.heard_on, "", False),
        )


def _around(rows):
    """Whom they live with. Who somebody is stands on the page of people around them."""
    for one in chain(*rows.values()):
        if one.kind == SubjectKind.CHILD and (one.lives_with or one.dependant):
            words, source = "A child lives with them or depends on them", "People around them"
            key = f"child-{one.pk}"
            yield one.case_id, Recorded(key, "health.caring", words, source, one.from_on, YES)


def _themselves(by_key, today):
    rows = Person.objects.filter(case__in=by_key)
    for case, interpreter, language, leaver in rows.values_list(
        "case", "needs_interpreter", "first_language", "care_leaver"
    ):
        if interpreter:
            words = f"Needs an interpreter{f': {language}' if language else ''}"
            yield case, Recorded("interpreter", "diversity.language", words, "Their details", None, YES)  # fmt: skip
        if leaver:
            yield case, Recorded("care-leaver", "diversity.maturity", "Has been in care", "Their details", None, YES)  # fmt: skip
    for key, case in by_key.items():
        age = age_on(case.born_on, today)
        if age is not None and age <= YOUNG:
            words = f"They are {age}"
            yield key, Recorded("young", "diversity.maturity", words, "Date of birth", None, "", False)  # fmt: skip
