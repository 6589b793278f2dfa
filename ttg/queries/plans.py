"""The resettlement plans of one stay in prison: the one being written, the one in force, those before, and their risk items."""

from cases.queries.names import names_for
from cases.queries.reach import actions_on
from staff.permissions import Action
from ttg.models import Custody, ResettlementPlan, RiskItem
from ttg.reference.custody import PlanState, RiskAnswer
from ttg.rules.plans import PlanFacts
from ttg.rules.risk_items import about_risk

PEOPLE = ("begun_by", "signed_by", "custody")
WORK_ON_IT = {Action.VIEW_PROTECTED_NAMES, Action.WRITE_RESETTLEMENT, Action.TAKE_OVER_RELEASE}


def custody_of(case):
    """The stay in prison that plans are about: the one now, or else the last that was no mistake."""
    stays = Custody.objects.filter(case=case, ended_on=None).order_by("-received_on", "-pk")
    found = stays.select_related("prison", "worker").first()
    if found:
        found.case = case
    return found


def draft_of(case):
    return _first(case, plans_of(case).filter(state=PlanState.DRAFT))


def in_force_of(case):
    """Of the stay in prison that counts."""
    stay = custody_of(case)
    return _first(case, plans_of(case).filter(state=PlanState.SIGNED, custody=stay)) if stay else None  # fmt: skip


def find_plan(case, pk):
    return _first(case, plans_of(case).filter(pk=pk))


def plans_of(case):
    """Every plan of the case, of each stay in prison, the latest first."""
    found = ResettlementPlan.objects.filter(custody__case=case)
    return found.select_related(*PEOPLE).order_by("-pk")


def plan_before(plan):
    """The one that was signed before it, in this stay or an earlier one; None where it is the first."""
    return (
        ResettlementPlan.objects.finished()
        .filter(custody__case=plan.custody.case_id, pk__lt=plan.pk)
        .order_by("-pk")
        .first()
    )


def facts_of(plan):
    """All that decides whether it may be signed."""
    return PlanFacts(
        answers=plan.answers,
        strengths=plan.strengths,
        own_words=plan.own_words,
        agreed=plan.agreed,
        agreed_because=plan.agreed_because,
    )


def risk_items_of(plan):
    """What the officer is to read of a plan in force: what it says of risk, those that wait first.

    What an earlier plan of this stay said in the same words was asked about then, and is not asked again.
    """
    found = RiskItem.objects.filter(plan__custody=plan.custody).select_related("answered_by")
    last = {one.question: one for one in found.order_by("pk")}
    standing = [last[one.question] for one in about_risk(plan.answers) if one.question in last]
    return sorted(standing, key=lambda one: one.answer != RiskAnswer.WAITING)


def find_risk_item(case, pk):
    found = RiskItem.objects.filter(plan__custody=custody_of(case), pk=pk)
    return found.select_related("plan__custody").first()


def sees_restricted(may):
    """Whether somebody who may do this on the case reads what is kept to those who work on it."""
    return bool(WORK_ON_IT & set(may))


def reads(case, user):
    """(how this reader reads names, whether they read what is kept to those who work on the case)"""
    may = actions_on(case, user)
    return names_for(case, may), sees_restricted(may)


def _first(case, plans):
    found = plans.first()
    if found:
        found.custody.case = case
    return found
