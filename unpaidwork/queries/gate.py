"""The facts of the gate before unpaid work, of many cases in a fixed number of statements; and what opens it.

Source: product rules, gates ("Allocate to a work site"), override. The rules are `unpaidwork.rules.gate`.
"""

from collections import defaultdict

from cases.models import Assessment, Override, Person
from cases.queries.among import among
from cases.queries.assessing import ANALYSES_RISK, required_checks
from cases.queries.enquiries import check_facts
from cases.queries.episodes import episodes_of
from cases.queries.overrides import gaps_of, in_force_of, used_of
from cases.queries.registers import register_name
from cases.queries.restrictions import terms_not_seen
from cases.reference.checks import CheckKind
from cases.reference.codes import Part, Sex
from cases.reference.overrides import Act
from cases.rules.assessing import FULL_ANALYSIS
from cases.rules.booking import FEMALE_IDENTITY
from cases.rules.gaps import Weight, gates
from cases.rules.interim import says_nothing
from cases.rules.overrides import by_others, lets_pass
from unpaidwork.models import WorkRisk
from unpaidwork.queries.instructions import missing_instructions
from unpaidwork.queries.on_record import record_from
from unpaidwork.queries.rows import rows_of
from unpaidwork.reference.risk_questions import (
    INDICATES,
    NPS_ANALYSED,
    NPS_CHECKED,
    NPS_TOLD,
    RISK_QUESTIONS,
    Said,
)
from unpaidwork.rules.gate import Facts, OnRecord, Registered, Sign, SignedRisk, case_gate

ASKED = (*ANALYSES_RISK, CheckKind.COURT_TERMS)


def gate_facts(cases, today, rows=None):
    """{key of the case: Facts}. `cases`: rows. What several of them are told from is read once; `rows`: before."""
    cases = list(cases)
    keys = [case.pk for case in cases]
    rows = rows or rows_of(keys)
    registers, enquiries = rows.registers, rows.enquiries
    episodes = episodes_of(keys, enquiries)
    orders = {"registers": registers, "restrictions": rows.restrictions}
    recorded = record_from(cases, today, episodes=episodes, rows=rows)
    risks, analysed = _risks(keys), _analysed(keys)
    known = {"registers": registers, "enquiries": enquiries}
    checks = check_facts(cases, today, people=rows.people, sentences=rows.sentences, **known)
    terms = terms_not_seen(keys, today, **orders)
    uninstructed = missing_instructions(keys, today, **orders)
    return {
        case.pk: Facts(
            risk=_signed(risks.get(case.pk)),
            record=tuple(OnRecord(one.key, one.words) for one in recorded[case.pk] if one.counts),
            signs=tuple(
                _signs(
                    registers[case.pk],
                    episodes[case.pk],
                    risks.get(case.pk),
                    {one.question for one in recorded[case.pk] if one.said},
                )
            ),
            analysed_on=analysed.get(case.pk),
            required=tuple(required_checks(checks[case.pk], enquiries[case.pk], ASKED)),
            terms_not_seen=tuple(terms.get(case.pk, ())),
            no_instruction=tuple(uninstructed.get(case.pk, ())),
            registers=tuple(
                Registered(one.type_code, register_name(one), one.review_on)
                for one in registers[case.pk]
            ),
            retained=bool(case.retained_by),
        )
        for case in cases
    }


def found_for(case, today, rows=None):
    """Everything before this case is allocated to any work, gates and warnings. `rows`: where they are read."""
    return case_gate(gate_facts([case], today, rows)[case.pk], today)


def found_for_each(cases, today):
    """{key of the case: the same}, in a fixed number of statements."""
    return {pk: case_gate(facts, today) for pk, facts in gate_facts(cases, today).items()}


def shut_for(case, today):
    """The gates among them: what an override can be asked about."""
    return gates(found_for(case, today))


def passed_by(case, found, user, today):
    """What of `found` is left for this user: an override in force lets pass what it was asked about.

    Nobody goes ahead by what they approved themselves. Warnings stay: they refuse nothing.
    """
    approved = by_others(gaps_of(in_force_of(case=case, act=Act.ALLOCATION, today=today)), user.pk)
    return [one for one in found if one.weight != Weight.GATE or not lets_pass(one, approved)]


def left_for_each(cases, on, *, by=None):
    """{key of the case: the gates shut on that day that no override lets pass}; only those with any.

    `by`: the key of who is to go ahead, and not by their own approval. In a fixed number of statements.
    """
    shut = {key: gates(each) for key, each in found_for_each(cases, on).items()}
    in_force = in_force_of_each([key for key, each in shut.items() if each], on)
    left = {key: left_of(each, in_force[key], by) for key, each in shut.items()}
    return {key: each for key, each in left.items() if each}


def left_of(shut, overrides, by=None):
    """What of these gates none of these overrides lets pass, but for what `by` (a key) approved themselves."""
    approved = by_others(gaps_of(overrides), by)
    return [one for one in shut if not lets_pass(one, approved)]


def in_force_of_each(keys, on):
    """{key of the case: the overrides themselves}"""
    found: defaultdict[int, list] = defaultdict(list)
    rows = Override.objects.in_force(on).filter(case__in=among(keys), act=Act.ALLOCATION)
    for one in rows.order_by("pk"):
        found[one.case_id].append(one)
    return found


def overrides_used(case, found, today):
    """What the evidence of an allocation keeps of the overrides that let these gates pass."""
    in_force = in_force_of(case=case, act=Act.ALLOCATION, today=today)
    return used_of(in_force, [one.key for one in found])


def is_woman(case):
    """By sex or by her own account, or not known: then it is asked. Whoever counts as one on a site is asked before."""
    if case.sex != Sex.MALE:
        return True
    return Person.objects.filter(case=case, gender_identity__in=FEMALE_IDENTITY).exists()


def _risks(keys):
    return {one.case_id: one for one in WorkRisk.objects.in_force().filter(case__in=keys)}


def _signed(risk):
    if risk is None:
        return None
    said = {code: one["said"] == Said.YES for code, one in risk.answers.items()}
    return SignedRisk(
        good_until=risk.good_until,
        seen=frozenset(risk.evidence.get("facts", ())),
        nps_told=said.get(NPS_TOLD, False),
        nps_analysed=said.get(NPS_ANALYSED, False),
        nps_checked=said.get(NPS_CHECKED, False),
    )


def _signs(registers, episodes, risk, told):
    """What calls for the full analysis: registers, the past on record, and what the signed assessment adds to it.

    `told`: the questions that the record itself answers.
    """
    for one in registers:
        if one.type_code in INDICATES and one.part != Part.AT_RISK:
            yield Sign(f"register-{one.pk}", register_name(one), one.started_on)
    for one in sorted(episodes, key=lambda one: one.key):
        yield Sign(one.key, one.what, one.on)
    for code, answer in sorted((risk.answers if risk else {}).items()):
        question = RISK_QUESTIONS.get(code)
        if question and question.indicator and answer["said"] == Said.YES and code not in told:
            yield Sign(f"answer-{code}", question.indicator.title)


def _analysed(keys):
    """{case: the day} of the assessment in force, where nothing of the full analysis is skipped in it."""
    rows = Assessment.objects.in_force().filter(case__in=keys)
    return {
        case: on
        for case, on, answers in rows.values_list("case", "completed_on", "answers")
        if not any(says_nothing(str(answers.get(code) or "")) for code in FULL_ANALYSIS)
    }
