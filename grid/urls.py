"""Addresses of the GRID."""

from django.urls import path

from grid.views import (
    case_interventions,
    escalation,
    intervention_policy,
    interventions,
    placement,
    policy,
)
from staff.permissions import Action

CASE = "cases/<crn:crn>/placement/"
ESCALATION = "cases/<crn:crn>/escalation/"
STEPS = {  # the page of a step: (the end of its address, what whoever takes it must be allowed to do)
    "discuss-escalation": ("decide/", Action.DECIDE_PLACEMENT),
    "refer-escalation": ("refer/", Action.ESCALATE_RISK),
    "record-nps-answer": ("answer/", Action.RECORD_NPS_ANSWER),
    "send-to-nps": ("send/", Action.ESCALATE_RISK),
    "challenge-nps": ("challenge/", Action.ESCALATE_RISK),
    "keep-escalated": ("keep/", Action.ESCALATE_RISK),
    "hand-over-to-nps": ("hand-over/", Action.RECORD_NPS_ANSWER),
    "withdraw-escalation": ("withdraw/", Action.DECIDE_PLACEMENT),
    "escalation-meanwhile": ("meanwhile/", Action.ESCALATE_RISK),
}
urlpatterns = [
    path(ESCALATION, escalation.escalation, name="escalation"),
    path(f"{ESCALATION}open/", escalation.open_escalation, name="open-escalation"),
    path(f"{ESCALATION}sheet/", escalation.referral_sheet, name="referral-sheet"),
    *(
        path(f"{ESCALATION}{end}", escalation.step_page(name, action), name=name)
        for name, (end, action) in STEPS.items()
    ),
    path(CASE, placement.placement, name="placement"),
    path(f"{CASE}judge/", placement.judge_placement, name="judge-placement"),
    path(f"{CASE}judged/", placement.judged_placement, name="judged-placement"),
    path(
        f"{CASE}judgements/<int:judgement>/decide/",
        placement.decide_lowering,
        name="decide-lowering",
    ),
    path(
        "cases/<crn:crn>/interventions/",
        case_interventions.case_interventions,
        name="case-interventions",
    ),
    path("interventions/", interventions.interventions, name="interventions"),
    path("interventions/booklet/", interventions.sentencers_booklet, name="sentencers-booklet"),
    path(
        "interventions/booklet/paper/",
        interventions.sentencers_booklet_paper,
        name="sentencers-booklet-paper",
    ),
    path("interventions/<slug:intervention>/", interventions.intervention, name="intervention"),
    path("policy/grid/", policy.grid_policy, name="grid-policy"),
    path("policy/grid/new-version/", policy.set_policy, name="set-grid-policy"),
    path(
        "policy/interventions/",
        intervention_policy.intervention_policy,
        name="interventions-policy",
    ),
    path(
        "policy/interventions/new-version/",
        intervention_policy.set_policy,
        name="set-interventions-policy",
    ),
]
