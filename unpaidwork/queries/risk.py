"""The risk assessment of one case: the one being written, the one in force, and what decides whether it may be signed."""

from unpaidwork.models import WorkRisk
from unpaidwork.queries.gate import is_woman
from unpaidwork.queries.on_record import record_of
from unpaidwork.rules.risk import RiskFacts

PEOPLE = ("begun_by", "signed_by")


def draft_of(case):
    return _first(case, case.work_risks.drafts())


def in_force_of(case):
    return _first(case, case.work_risks.in_force())


def find_risk(case, pk):
    return _first(case, case.work_risks.filter(pk=pk))


def earlier_of(case):
    """Those that a later one replaced, the latest first."""
    return WorkRisk.objects.filter(case=case, state="replaced").select_related(*PEOPLE).order_by("-pk")  # fmt: skip


def risk_facts(risk, today):
    """All that decides whether it may be signed now."""
    case = risk.case
    return RiskFacts(
        answers=risk.answers,
        record=tuple(record_of([case], today)[case.pk]),
        woman=is_woman(case),
        retained=bool(case.retained_by),
    )


def _first(case, risks):
    found = risks.select_related(*PEOPLE).first()
    if found:
        found.case = case
    return found
