"""What the case record knows already of what the resettlement plan asks: shown beside it, and taken with one press.

Sources: Through the Gate reference 7 (T7: custody and community keep one record); report 2.1. Names stand in none of it, nor
what anybody wrote: what it is, where it comes from, and when.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localtime

from cases.models import (
    Address,
    Circumstance,
    Disability,
    Person,
    Registration,
    RelatedPerson,
    Restriction,
)
from cases.queries.registers import register_name
from cases.reference.checks import SubjectKind
from cases.reference.codes import Part
from cases.reference.needs import NeedArea
from cases.reference.questions import of_area
from cases.reference.restrictions import OrderKind
from cases.rules.needs import Need, need_of
from ttg.reference.questions import Source

# Registers of nDelius that bear on a question
REGISTERS = {
    "ADVP": "family.abuses", "REG30": "family.abuses", "IMAR": "family.abuses", "ADVV": "family.abused",
    "ARSO": "family.sexually_abuses", "ANSO": "family.sexually_abuses", "SHPO": "family.sexually_abuses",
    "RCCO": "family.social_worker", "RCPR": "family.social_worker", "RCHD": "family.social_worker",
    "STRG": "family.gang", "IGNG": "family.gang", "REG26": "family.gang", "AMHL": "health.mental",
    "RMDO": "health.mental", "ALSH": "health.self_harm",
}  # fmt: skip
WHERE_AT_RISK = {"family.abuses": "family.abused"}  # where the entry says that it is they who are
CIRCUMSTANCES = {
    "B": "work.before", "ED": "work.learning_before", "G": "work.reading", "CC": "family.social_worker",
    "RC": "family.social_worker", "CL": "family.care", "LAC": "family.care", "CT02": "substances.drugs",
    "OCA": "family.caring", "I": "family.caring",
}  # fmt: skip
DISABILITIES = {"M1": "health.mental", "MI": "health.mental"}  # any other bears on daily living
NO_DISABILITY = "ND"
# Areas of the assessment in force that are a need there, and which question that bears on
AREAS = {
    NeedArea.ACCOMMODATION: "home.after",
    NeedArea.ETE: "work.after",
    NeedArea.DRUGS: "substances.drugs",
    NeedArea.ALCOHOL: "substances.alcohol",
    NeedArea.EMOTIONAL: "thinking.emotions",
    NeedArea.FINANCE: "money.debts",
}
# What each question is answered with where the record's fact answers it; otherwise it only stands beside
ANSWERS = {
    "family.abuses": "yes", "family.abused": "yes", "family.sexually_abuses": "yes", "family.social_worker": "yes",
    "family.gang": "yes", "health.mental": "yes", "family.care": "yes", "family.caring": "yes", "family.children": "yes",
    "substances.drugs": "now", "substances.alcohol": "now", "work.reading": "yes",
}  # fmt: skip
BESIDE = ("area-", "order-", "screened", "interpreter", "disability-", "circumstance-B", "circumstance-ED")  # answer nothing  # fmt: skip


@dataclass(frozen=True, slots=True)
class Carried:
    """One fact of the record. `said`: what it answers; blank: for staff to judge."""

    key: str
    question: str
    words: str
    source: str
    on: date | None
    said: str = ""


def carried_in(case, custody, today):
    """{code of a question: [Carried]}, in the order in which they were found."""
    found: defaultdict[str, list[Carried]] = defaultdict(list)
    readers = (_registers, _circumstances, _disabilities, _around, _themselves, _orders, _assessed)
    for read in readers:
        for one in read(case, today):
            found[one.question].append(one)
    for one in _screened(custody):
        found[one.question].append(one)
    return dict(found)


def answer_of(known, today):
    """The answer that these facts of one question give, or None where none of them answers it."""
    answering = [one for one in known if one.said]
    if not answering:
        return None
    days = [one.on for one in answering if one.on and one.on <= today]
    return {
        "said": answering[0].said,
        "words": "; ".join(dict.fromkeys(f"{one.words} ({one.source})" for one in answering)),
        "source": Source.RECORD.value,
        "on": (max(days) if days else today).isoformat(),
    }


def _carried(key, question, words, source, on):
    said = "" if key.startswith(BESIDE) else ANSWERS.get(question, "")
    return Carried(key, question, words, source, on, said)


def _registers(case, today) -> Iterator[Carried]:
    found = Registration.objects.current().filter(case=case, type_code__in=REGISTERS)
    for one in found.order_by("pk"):
        question = REGISTERS[one.type_code]
        if one.part == Part.AT_RISK:
            question = WHERE_AT_RISK.get(question, question)
        words = f"On the register: {register_name(one)}"
        yield _carried(f"register-{one.pk}", question, words, "register", one.started_on)


def _circumstances(case, today) -> Iterator[Carried]:
    running = Circumstance.objects.filter(case=case, type_code__in=CIRCUMSTANCES, ended_on=None)
    for one in running.order_by("pk"):
        parts = (one.type_name or one.type_code, one.subtype_name or one.subtype_code)
        words = ": ".join(filter(None, parts))
        key, question = f"circumstance-{one.type_code}-{one.pk}", CIRCUMSTANCES[one.type_code]
        yield _carried(key, question, words, "nDelius", one.started_on)


def _disabilities(case, today) -> Iterator[Carried]:
    running = Disability.objects.filter(case=case, to_on=None).exclude(code=NO_DISABILITY)
    for one in running.order_by("pk"):
        question = DISABILITIES.get(one.code, "health.living")
        key = f"mind-{one.pk}" if one.code in DISABILITIES else f"disability-{one.pk}"
        yield _carried(key, question, one.name, "nDelius", one.from_on)


def _around(case, today) -> Iterator[Carried]:
    """Whom they live with or look after. Who somebody is stands on the page of people around them."""
    there = RelatedPerson.objects.filter(case=case, to_on=None).order_by("pk")
    for one in there:
        if one.kind == SubjectKind.CHILD and (one.lives_with or one.dependant):
            words = "A child lives with them or depends on them"
            yield _carried(f"child-{one.pk}", "family.children", words, "people around them", one.from_on)  # fmt: skip


def _themselves(case, today) -> Iterator[Carried]:
    person = Person.objects.filter(case=case).first()
    if person and person.care_leaver:
        yield _carried("care-leaver", "family.care", "Has been in care", "their details", None)
    if person and person.needs_interpreter:
        words = "Needs an interpreter"
        yield _carried("interpreter", "work.reading", words, "their details", None)
    homes = Address.objects.filter(case=case, to_on=None).order_by("-from_on", "-pk")
    if homes.filter(no_fixed_abode=True).exists():
        yield _carried("area-nfa", "home.before", "No fixed abode", "their details", None)


def _orders(case, today) -> Iterator[Carried]:
    """That an order stands, never whom it protects: its terms are on the page of restrictions."""
    standing = Restriction.objects.in_force_between(today, None).filter(case=case)
    for one in standing.order_by("pk"):
        words = f"{OrderKind(one.kind).title}: see the restrictions"
        yield _carried(f"order-{one.pk}", "home.near", words, "restrictions", one.from_on)


def _assessed(case, today) -> Iterator[Carried]:
    """Needs of the assessment in force. It answers nothing by itself: much has changed since."""
    signed = case.assessments.in_force().first()
    if signed is None:
        return
    on = localtime(signed.signed_at).date() if signed.signed_at else None
    for area, question in AREAS.items():
        if _is_a_need(area, signed.answers):
            words = f"{area.title} is a need in the assessment"
            yield _carried(f"area-{area}", question, words, "assessment in force", on)


def _is_a_need(area, answers):
    scored = need_of(area, answers) in (Need.STANDARD, Need.SEVERE)
    return scored or answers.get(of_area(area, "offending")) == "yes"


def _screened(custody) -> Iterator[Carried]:
    if custody.screened_on:
        words = "The basic custody screening was done. Ask the prison for what it found"
        for question in ("health.acct_open", "home.before"):
            yield _carried(f"screened-{question}", question, words, custody.screened_by or "the prison", custody.screened_on)  # fmt: skip
