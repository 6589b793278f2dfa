"""Addresses of the API of the GRID."""

from django.urls import path

from grid.api.case_interventions import CaseInterventionList
from grid.api.escalation import STEPS, Escalations
from grid.api.interventions import Interventions, OneIntervention
from grid.api.placement import Judgements, Placements

ADDRESSES = [
    path("interventions/", Interventions.as_view(), name="api-interventions"),
    path("interventions/<slug:intervention>/", OneIntervention.as_view(), name="api-intervention"),
    path(
        "cases/<crn:crn>/interventions/",
        CaseInterventionList.as_view(),
        name="api-case-interventions",
    ),
    path("cases/<crn:crn>/placements/", Placements.as_view(), name="api-placements"),
    path("cases/<crn:crn>/judgements/", Judgements.as_view(), name="api-judgements"),
    path("cases/<crn:crn>/escalations/", Escalations.as_view(), name="api-escalations"),
    *(
        path(f"cases/<crn:crn>/escalation/{name}/", step.as_view(), name=f"api-escalation-{name}")
        for name, step in STEPS.items()
    ),
]
