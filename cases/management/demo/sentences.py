"""Writes sentences, their offences and the scores that came with them.

Source: sentence and outcome codes of nDelius.
"""

from datetime import date, timedelta

from cases.management.demo import offences
from cases.management.demo.orders import working
from cases.management.demo.places import PRISONS
from cases.management.demo.requirements import write_conditions, write_requirements
from cases.reference.codes import CustodyStatus, Order

KINDS = {  # description, outcome code, order
    "community": ("ORA Community Order", "329", Order.COMMUNITY),
    "unpaid_work": ("ORA Community Order", "329", Order.COMMUNITY),
    "suspended": ("ORA Suspended Sentence Order", "330", Order.SUSPENDED),
}
CUSTODIAL = ("ORA Adult Custody (inc PSS)", "325", Order.CUSTODY_PSS)
LONG_CUSTODIAL = ("CJA - Std Determinate Custody", "301", Order.CUSTODY)
STATUSES = {
    "licence": CustodyStatus.ON_LICENCE,
    "pss": CustodyStatus.POST_SENTENCE,
    "custody": CustodyStatus.SENTENCED,
    "recalled": CustodyStatus.RECALLED,
}
REFORM = date(2015, 2, 1)  # Offender Rehabilitation Act 2014 in force
BEFORE_REFORM = ("CJA - Community Order", "201", Order.COMMUNITY)
SENT_TO_PRISON = frozenset({"00801", "03401", "02801"})
SECOND_SENTENCE = 0.05
ONE_YEAR_SHARE = 0.62  # of a two-year score, near enough, is what one year comes to


def write_sentences(book, plan, today):
    """The present sentence, those before it, and sometimes another still running."""
    rng, order = plan.rng, plan.order
    if plan.why == "awaiting":
        _write_awaiting(book, plan, today)
        return
    _write_present(book, plan, today)
    if plan.told:
        for number, (years, code, words) in enumerate(plan.told.past):
            on = working(order.convicted_on - timedelta(days=365 * years))
            past_sentence(book, plan, on, number, code, words)
        return
    before = min(plan.record.sanctions - 1, rng.choice((0, 0, 0, 1, 1, 2, 3)))
    years = (order.convicted_on - plan.record.first_on).days
    for number in range(before):
        ago = 400 + number * 300 + rng.randint(0, 200)
        if ago < years:
            _write_past(book, plan, order.convicted_on - timedelta(days=ago), number)
    if not order.custodial and not plan.why and rng.random() < SECOND_SENTENCE:
        _write_second(book, plan)


def _write_present(book, plan, today):
    plan.sentence_id = book.Sentence.add(
        case_id=plan.case_id,
        source_id="9",
        event="1",
        **_order(plan, today),
        **_custody(plan),
        **_history(plan),
    )
    _write_offences(book, plan)
    _write_predictors(book, plan)
    if plan.order.custodial:
        write_conditions(book, plan, today)
    else:
        write_requirements(book, plan, today)


def _order(plan, today):
    """What the court passed, and when it began and ends."""
    rng, order = plan.rng, plan.order
    if order.custodial:
        description, outcome, kind = LONG_CUSTODIAL if order.long else CUSTODIAL
    else:
        description, outcome, kind = KINDS[order.kind]
    court_code, court = _court(plan)
    ended = plan.why == "ended"
    suspended_until = order.end_on if order.kind == "suspended" else None
    return {
        "active": not ended,
        "order": kind,
        "description": description,
        "outcome_code": outcome,
        "convicted_on": order.convicted_on,
        "referred_on": order.convicted_on,
        "started_on": order.started_on,
        "length": order.months,
        "length_unit": "Months",
        "length_days": order.months * 30,
        "expected_end_on": order.end_on,
        "terminated_on": working(today - timedelta(days=2)) if ended else None,
        "termination_reason": "Order ended: expired normally" if ended else "",
        "operational_end_on": suspended_until,
        "supervision_end_on": suspended_until,
        "court_code": court_code,
        "court_name": court,
        "in_breach": rng.random() < 0.06 and not (plan.told and plan.told.life),
        "failures": rng.choice((0, 0, 0, 0, 1, 1, 2)),
        "failure_limit": None if order.custodial else 2,
        "allocated_on": plan.arrived_on,
    }


def _custody(plan):
    order = plan.order
    return {
        "custody_status": STATUSES.get(order.kind, CustodyStatus.NONE),
        "institution": _institution(plan),
        "expected_release_on": order.release_due_on if order.kind == "custody" else None,
        "conditional_release_on": order.release_due_on,
        "released_on": order.released_on,
        "licence_end_on": order.licence_end_on,
        "sentence_expiry_on": order.licence_end_on,
        "pss_end_on": order.pss_end_on,
    }


def _history(plan):
    """What OGRS3 needs, less what the plan leaves out: the first sanction by age, by date or by both."""
    rng, record = plan.rng, plan.record
    by_age = rng.random() < 0.75 or {"released_on", "born_on"} & set(plan.needs)
    by_date = not by_age or rng.random() < 0.4
    known = "first_sanction" not in plan.needs
    return {
        "previous_sanctions": None if "sanctions" in plan.needs else record.sanctions - 1,
        "first_sanction_on": record.first_on if known and by_date else None,
        "age_at_first_sanction": record.age_first if known and by_age else None,
    }


def _institution(plan):
    if plan.told:
        return plan.told.institution
    return plan.rng.choice(PRISONS) if plan.order.kind in {"custody", "recalled"} else ""


def _court(plan):
    courts = plan.site.courts
    crown = (
        plan.order.custodial
        and plan.order.months > 6
        or plan.order.kind == "suspended"
        and plan.rng.random() < 0.4
    )
    return courts[1] if crown else courts[0]


def _write_offences(book, plan):
    code, words = plan.record.offence
    if "known_offence" in plan.needs:
        code, words = offences.UNWEIGHTED
    if "offence" in plan.needs:
        code, words = "", "Not recorded"
    committed_on = plan.order.convicted_on - timedelta(days=plan.rng.randint(20, 240))
    plan.offences.append(("9", code, committed_on, plan.order.convicted_on))
    book.Offence.add(
        sentence_id=plan.sentence_id, source_id="1", code=code, description=words, main=True,
        committed_on=committed_on, count=1,
    )  # fmt: skip
    if plan.rng.random() < 0.3:
        code, words = plan.rng.choice(offences.OFFENCES["theft"] + offences.OFFENCES["damage"])
        book.Offence.add(
            sentence_id=plan.sentence_id, source_id="2", code=code, description=words, main=False,
            committed_on=committed_on, count=plan.rng.choice((1, 1, 2, 3)),
        )  # fmt: skip


def _write_predictors(book, plan):
    rng, on = plan.rng, plan.order.convicted_on
    if plan.supplied is not None:
        book.Predictor.add(
            case_id=plan.case_id, sentence_id=plan.sentence_id, kind="ogrs3",
            one_year=round(plan.supplied * ONE_YEAR_SHARE), two_year=plan.supplied,
            assessed_on=on, source=rng.choice(("OASys", "nDelius")),
        )  # fmt: skip
    if rng.random() < 0.06:  # of an earlier conviction: it says nothing of this one
        book.Predictor.add(
            case_id=plan.case_id, kind="ogrs3", one_year=12, two_year=rng.randint(15, 95),
            assessed_on=on - timedelta(days=rng.randint(300, 1500)), source="OASys",
        )  # fmt: skip
    if rng.random() < 0.8:
        high = plan.place == "escalate" and rng.random() < 0.4 or rng.random() < 0.004
        value = rng.uniform(6.9, 11) if high else min(rng.lognormvariate(0, 0.8), 6.5)
        book.Predictor.add(
            case_id=plan.case_id, sentence_id=plan.sentence_id, kind="rsr", two_year=round(value, 2),
            level="High" if high else "Medium" if value >= 3 else "Low", assessed_on=on, source="OASys",
        )  # fmt: skip


def _write_past(book, plan, convicted_on, number):
    rng = plan.rng
    category = rng.choice(list(offences.FREQUENCY))
    code, words = rng.choice(offences.OFFENCES[category])
    past_sentence(book, plan, convicted_on, number, code, words)


def past_sentence(book, plan, convicted_on, number, code, words):
    """A sentence served before this one: prison for the worst offences, otherwise a community order."""
    court_code, court = plan.site.courts[0]
    ended_on = convicted_on + timedelta(days=360)
    description, outcome, kind = KINDS["community"]
    if code in SENT_TO_PRISON:
        description, outcome, kind = LONG_CUSTODIAL
    elif convicted_on < REFORM:
        description, outcome, kind = BEFORE_REFORM
    source_id = f"past {number + 1}"
    sentence_id = book.Sentence.add(
        case_id=plan.case_id, source_id=source_id, event=str(number + 2), active=False,
        order=kind, description=description, outcome_code=outcome, convicted_on=convicted_on,
        started_on=convicted_on, length=12, length_unit="Months", length_days=360, expected_end_on=ended_on,
        terminated_on=ended_on, termination_reason="Expired normally", court_code=court_code, court_name=court,
    )  # fmt: skip
    plan.offences.append((source_id, code, None, convicted_on))
    book.Offence.add(
        sentence_id=sentence_id, source_id="1", code=code, description=words, main=True, count=1
    )


def _write_second(book, plan):
    """An older order that is still running: the GRID goes by the later one."""
    order = plan.order
    convicted_on = order.convicted_on - timedelta(days=plan.rng.randint(30, 150))
    plan.second_began_on = convicted_on
    plan.second_end_on = convicted_on + timedelta(days=540)
    court_code, court = plan.site.courts[0]
    sentence_id = book.Sentence.add(
        case_id=plan.case_id, source_id="8", event="2", active=True, order=Order.COMMUNITY,
        description="ORA Community Order", outcome_code="329", convicted_on=convicted_on, started_on=convicted_on,
        length=18, length_unit="Months", length_days=540, expected_end_on=convicted_on + timedelta(days=540),
        court_code=court_code, court_name=court, previous_sanctions=max(0, plan.record.sanctions - 2),
        first_sanction_on=min(plan.record.first_on, convicted_on),
    )  # fmt: skip
    code, words = plan.rng.choice(offences.OFFENCES["theft"])
    book.Offence.add(
        sentence_id=sentence_id, source_id="1", code=code, description=words, main=True, count=1
    )


def _write_awaiting(book, plan, today):
    convicted_on = working(today - timedelta(days=plan.rng.randint(2, 16)))
    court_code, court = plan.site.courts[0]
    plan.sentence_id = book.Sentence.add(
        case_id=plan.case_id, source_id="9", event="1", active=True, convicted_on=convicted_on,
        outcome_code="101", awaiting_report=True, court_code=court_code, court_name=court,
    )  # fmt: skip
    code, words = plan.record.offence
    plan.offences.append(("9", code, None, convicted_on))
    book.Offence.add(
        sentence_id=plan.sentence_id,
        source_id="1",
        code=code,
        description=words,
        main=True,
        count=1,
    )
