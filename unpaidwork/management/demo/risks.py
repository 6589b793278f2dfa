"""Writes assessments of risk for unpaid work: signed on all that the record held then, being written, or old.

What the record holds, and what of it answers a question, is asked of the product, as whoever signs one reads it there.
"""

from datetime import timedelta
from random import Random

from cases.management.demo.enquiry_rows import at_mid_morning
from cases.models import Case
from unpaidwork.management.demo import said
from unpaidwork.management.demo.rows import RISK_GOOD
from unpaidwork.queries.on_record import record_of
from unpaidwork.reference.risk_questions import WOMEN_CHOICE
from unpaidwork.rules.risk import TO_CONFIRM, asked_of, filled_in

SIGNED = {"signed", "changed", "old"}
AT_ONCE = 500  # cases whose record is read together
FIRST_PARTS = {"harm", "managing"}  # of a draft, those that are answered


def write_risks(book, plans, *, coordinator, today):
    wanted = {plan.who.case: plan for plan in plans if plan.risk != "none"}
    keys = sorted(wanted)
    for start in range(0, len(keys), AT_ONCE):
        cases = list(Case.objects.filter(pk__in=keys[start : start + AT_ONCE]).order_by("pk"))
        record = record_of(cases, today)
        for case in cases:
            plan = wanted[case.pk]
            _write(book, plan, case, record[case.pk], by=plan.who.officer or coordinator)


def _write(book, plan, case, record, *, by):
    answers = _answers(plan, case, record)
    signed = plan.risk in SIGNED
    facts = {one.key: one.words for one in record if one.counts}
    if plan.risk == "changed":  # the last thing on the record came after it was signed
        facts.pop(_latest_register(record))
    choice = answers.get(WOMEN_CHOICE, {}).get("said", "not_asked")
    state = {
        "state": "signed", "signed_at": at_mid_morning(plan.risk_on), "signed_by_id": by,
        "good_until": plan.risk_on + RISK_GOOD,
        "evidence": {"facts": facts, "rules": 1, "gate_rules": 1, "policy": 1, "follows": None},
    } if signed else {"evidence": {}}  # fmt: skip
    book.WorkRisk.add(
        case_id=case.pk, answers=answers, women_choice=choice, begun_on=plan.risk_on - timedelta(days=1),
        begun_by_id=by, **state,
    )  # fmt: skip


def _latest_register(record):
    """The key of a register that stands on the record."""
    return max((one.on, one.key) for one in record if one.key.startswith("register-"))[1]


def _answers(plan, case, record):
    rng = Random(f"risk {case.crn}")
    of_them = {"woman": case.sex != "M", "retained": bool(case.retained_by)}
    day = plan.risk_on.isoformat()
    known = filled_in(record, **of_them)
    answers = {}
    for question in asked_of(**of_them):
        if plan.risk == "draft" and question.part not in FIRST_PARTS:
            continue
        if question.code in known:
            yes = {name: one for name, one in known[question.code].items() if name != TO_CONFIRM}
            answers[question.code] = {"on": day, **yes} if plan.risk != "draft" else known[question.code]  # fmt: skip
        elif question.kind == "fact":
            answers[question.code] = {"said": "no", "source": said.SOURCE, "on": day}
        elif question.kind == "theirs":
            words = rng.choice(said.THEIR_WORDS)
            answers[question.code] = {"said": "words", "words": words, "source": said.ASKED_THEM, "on": day}  # fmt: skip
        else:
            answers[question.code] = {"said": "any", "source": said.ASKED_THEM, "on": day}
    return answers
