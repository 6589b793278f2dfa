"""Addresses of the pages about whoever walks in, and about fares."""

from django.urls import path

from cases.views import fares, walk_ins

WALK_IN, FARE = "cases/<crn:crn>/walk-ins/<int:walk_in>", "cases/<crn:crn>/fares/<int:fare>"

urlpatterns = [
    path("cases/<crn:crn>/walk-ins/", walk_ins.walk_ins, name="case-walk-ins"),
    path("cases/<crn:crn>/walk-ins/record/", walk_ins.record_walk_in, name="record-walk-in"),
    path(f"{WALK_IN}/seen/", walk_ins.see, name="see-walk-in"),
    path(f"{WALK_IN}/left/", walk_ins.left, name="walk-in-left"),
    path("cases/<crn:crn>/fares/", fares.fares, name="case-fares"),
    path("cases/<crn:crn>/fares/give/", fares.give, name="give-fare"),
    path(f"{FARE}/receipt/", fares.receipt, name="fare-receipt"),
    path(f"{FARE}/take-back/", fares.take_back, name="take-back-fare"),
]
