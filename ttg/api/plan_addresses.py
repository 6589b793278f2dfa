"""Addresses of the API about resettlement plans and what they say of risk."""

from django.urls import path

from ttg.api.plan_copy import ResettlementCopy
from ttg.api.plans import (
    GiveUpResettlementPlan,
    ResettlementPlans,
    ResettlementPlanToDo,
    SignResettlementPlan,
    WriteResettlementPlan,
    WriteTheirView,
)
from ttg.api.risk_items import AnswerRiskItem, RiskItems

CASE = "cases/<crn:crn>/release/"

ADDRESSES = [
    path(f"{CASE}plan/", ResettlementPlans.as_view(), name="api-resettlement-plans"),
    path(f"{CASE}plan/to-do/", ResettlementPlanToDo.as_view(), name="api-resettlement-plan-to-do"),
    path(f"{CASE}plan/answers/", WriteResettlementPlan.as_view(), name="api-write-resettlement-plan"),
    path(f"{CASE}plan/their-view/", WriteTheirView.as_view(), name="api-write-their-view"),
    path(f"{CASE}plan/sign/", SignResettlementPlan.as_view(), name="api-sign-resettlement-plan"),
    path(f"{CASE}plan/give-up/", GiveUpResettlementPlan.as_view(), name="api-give-up-resettlement-plan"),
    path(f"{CASE}plan/copy/", ResettlementCopy.as_view(), name="api-resettlement-copy"),
    path(f"{CASE}risk-items/", RiskItems.as_view(), name="api-risk-items"),
    path(f"{CASE}risk-items/<int:risk_item>/", AnswerRiskItem.as_view(), name="api-answer-risk-item"),
]  # fmt: skip
