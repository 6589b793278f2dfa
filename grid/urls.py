"""Addresses of the GRID."""

from django.urls import path

from grid.views import placement, policy

CASE = "cases/<crn:crn>/placement/"
urlpatterns = [
    path(CASE, placement.placement, name="placement"),
    path(f"{CASE}judge/", placement.judge_placement, name="judge-placement"),
    path(f"{CASE}judged/", placement.judged_placement, name="judged-placement"),
    path(
        f"{CASE}judgements/<int:judgement>/decide/",
        placement.decide_lowering,
        name="decide-lowering",
    ),
    path("policy/grid/", policy.grid_policy, name="grid-policy"),
    path("policy/grid/new-version/", policy.set_policy, name="set-grid-policy"),
]
