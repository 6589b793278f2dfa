"""Addresses of the API about what somebody needs in their hand at the gate."""

from django.urls import path

from ttg.api.in_hand import ReleaseInHand, SetInHand

CASE = "cases/<crn:crn>/release/"

ADDRESSES = [
    path(f"{CASE}in-hand/", ReleaseInHand.as_view(), name="api-release-in-hand"),
    path(f"{CASE}in-hand/<slug:item>/", SetInHand.as_view(), name="api-set-in-hand"),
]
