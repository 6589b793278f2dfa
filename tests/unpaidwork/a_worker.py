"""Somebody who may be put to work, and a project that takes them: what the gates ask for, and nothing more."""

from datetime import time, timedelta

from cases.reference.checks import CheckKind, EnquiryState
from tests.factories import (
    NOW,
    TODAY,
    AvailabilityFactory,
    BeneficiaryFactory,
    CaseFactory,
    EnquiryFactory,
    ProjectFactory,
    SiteCheckFactory,
    WorkFactory,
    WorkRiskFactory,
)
from unpaidwork.queries.gate import found_for
from unpaidwork.queries.on_record import record_of
from unpaidwork.rules.placing import Placing


def a_worker(*, answers=None, women_choice="not_asked", **columns):
    """The unpaid work of a case whose gate is open: checks answered, risk assessed and signed."""
    case = CaseFactory(**columns)
    work = WorkFactory(case_of=case)
    for kind in (CheckKind.POLICE, CheckKind.CHILDREN):
        EnquiryFactory(case=case, kind=kind, analysed=True, state=EnquiryState.ANALYSED)
    sign_risk(case, answers=answers, women_choice=women_choice)
    return work


def sign_risk(case, *, answers=None, women_choice="not_asked"):
    """Sign a risk assessment on what the record shows now."""
    case.work_risks.in_force().update(state="replaced")
    facts = [one.key for one in record_of([case], TODAY)[case.pk]]
    return WorkRiskFactory(
        case=case,
        state="signed",
        answers={code: {"said": "yes", "words": "As told."} for code in answers or ()},
        women_choice=women_choice,
        signed_at=NOW,
        signed_by=case.officer,
        good_until=TODAY + timedelta(days=180),
        evidence={"facts": facts},
    )


def a_project(*, tools=(), weekdays=(1,), beneficiary=None, **columns):
    """A group in a park on Tuesdays, looked at, agreed and insured."""
    agreed = beneficiary or BeneficiaryFactory(
        agreed_on=TODAY - timedelta(days=30),
        agreement_until=TODAY + timedelta(days=700),
        insured_until=TODAY + timedelta(days=700),
    )
    project = ProjectFactory(beneficiary=agreed, **columns)
    SiteCheckFactory(project=project, tools=list(tools))
    for weekday in weekdays:
        AvailabilityFactory(project=project, weekday=weekday)
    return project


def on_tuesdays(project, **changes):
    said = {
        "project": project.pk,
        "weekday": 1,
        "from_on": TODAY,
        "from_at": time(9),
        "to_at": time(16),
    }
    return Placing(**(said | changes))


def shut(work):
    """What stands against this person whatever the site."""
    return [one.sentence for one in found_for(work.case, TODAY)]
