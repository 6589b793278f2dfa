"""Addresses of the API of the GRID."""

from django.urls import path

from grid.api.escalation import STEPS, Escalations
from grid.api.placement import Judgements, Placements

ADDRESSES = [
    path("cases/<crn:crn>/placements/", Placements.as_view(), name="api-placements"),
    path("cases/<crn:crn>/judgements/", Judgements.as_view(), name="api-judgements"),
    path("cases/<crn:crn>/escalations/", Escalations.as_view(), name="api-escalations"),
    *(
        path(f"cases/<crn:crn>/escalation/{name}/", step.as_view(), name=f"api-escalation-{name}")
        for name, step in STEPS.items()
    ),
]
