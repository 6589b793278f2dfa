"""Addresses of the API about stays in prison and the book of prisons."""

from django.urls import path

from ttg.api.custody import (
    AddPrison,
    ChangePrison,
    CustodyOfCase,
    EndCustody,
    MovePrison,
    NameMentor,
    NameWorker,
    Prisons,
    ReckonRelease,
    RecordRelease,
    RecordScreening,
    SetReleaseDay,
    UndoRelease,
)

CASE = "cases/<crn:crn>/release/custody/"
STEPS = {  # name: (what of the stay, its endpoint)
    "api-record-screening": ("screening", RecordScreening),
    "api-reckon-release": ("reckon", ReckonRelease),
    "api-set-release-day": ("release-day", SetReleaseDay),
    "api-move-prison": ("move", MovePrison),
    "api-record-release": ("released", RecordRelease),
    "api-end-custody": ("end", EndCustody),
    "api-undo-release": ("undo", UndoRelease),
    "api-name-resettlement-worker": ("worker", NameWorker),
    "api-name-mentor": ("mentor", NameMentor),
}

ADDRESSES = [
    path(CASE, CustodyOfCase.as_view(), name="api-custody"),
    *(
        path(f"{CASE}{what}/", endpoint.as_view(), name=name)
        for name, (what, endpoint) in STEPS.items()
    ),
    path("release/prisons/", Prisons.as_view(), name="api-prisons"),
    path("release/prisons/add/", AddPrison.as_view(), name="api-add-prison"),
    path("release/prisons/<int:prison>/", ChangePrison.as_view(), name="api-change-prison"),
]
