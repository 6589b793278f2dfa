"""Addresses of the API about the measures of enforcement."""

from django.urls import path

from cases.api.enforcement_measures import (
    EnforcementEquality,
    EnforcementMeasurePeople,
    EnforcementMeasures,
)

AT = "enforcement"

ADDRESSES = [
    path(f"{AT}/measures/", EnforcementMeasures.as_view(), name="api-enforcement-measures"),
    path(
        f"{AT}/measures/people/",
        EnforcementMeasurePeople.as_view(),
        name="api-enforcement-measure-people",
    ),
    path(f"{AT}/equality/", EnforcementEquality.as_view(), name="api-enforcement-equality"),
]
