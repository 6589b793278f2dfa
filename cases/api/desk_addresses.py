"""Addresses of the API of the duty desk: the rota, whoever walks in, and fares."""

from django.urls import path

from cases.api.fares import Fares, FaresGiven, TakeBackFare
from cases.api.rota import PutOnDuty, Rota, ShareOutDuty, TakeOffDuty
from cases.api.walk_ins import LeaveUnseen, SeeWalkIn, WaitingNow, WalkIns

WALK_IN = "cases/<crn:crn>/walk-ins/<int:walk_in>"

ADDRESSES = [
    path("duty/rota/", Rota.as_view(), name="api-rota"),
    path("duty/rota/put-on/", PutOnDuty.as_view(), name="api-put-on-duty"),
    path("duty/rota/share-out/", ShareOutDuty.as_view(), name="api-share-out-duty"),
    path("duty/rota/<int:turn>/off/", TakeOffDuty.as_view(), name="api-take-off-duty"),
    path("duty/walk-ins/", WaitingNow.as_view(), name="api-waiting"),
    path("duty/fares/", FaresGiven.as_view(), name="api-fares-given"),
    path("cases/<crn:crn>/walk-ins/", WalkIns.as_view(), name="api-walk-ins"),
    path(f"{WALK_IN}/seen/", SeeWalkIn.as_view(), name="api-see-walk-in"),
    path(f"{WALK_IN}/left/", LeaveUnseen.as_view(), name="api-walk-in-left"),
    path("cases/<crn:crn>/fares/", Fares.as_view(), name="api-fares"),
    path(
        "cases/<crn:crn>/fares/<int:fare>/take-back/",
        TakeBackFare.as_view(),
        name="api-take-back-fare",
    ),
]
