"""Addresses of the API about somebody who cannot be seen as usual, or has died."""

from django.urls import path

from cases.api.deaths import CorrectDeath, Deaths, SayHeard, UndoDeath
from cases.api.pauses import CorrectPause, EndPause, Pauses, RecordWhereabouts

PAUSE = "cases/<crn:crn>/pauses/<int:pause>"

ADDRESSES = [
    path("cases/<crn:crn>/pauses/", Pauses.as_view(), name="api-pauses"),
    path(f"{PAUSE}/", CorrectPause.as_view(), name="api-correct-pause"),
    path(f"{PAUSE}/over/", EndPause.as_view(), name="api-end-pause"),
    path(f"{PAUSE}/asked/", RecordWhereabouts.as_view(), name="api-record-whereabouts"),
    path("cases/<crn:crn>/deaths/", Deaths.as_view(), name="api-deaths"),
    path("cases/<crn:crn>/deaths/correct/", CorrectDeath.as_view(), name="api-correct-death"),
    path("cases/<crn:crn>/deaths/told/", SayHeard.as_view(), name="api-say-heard"),
    path("cases/<crn:crn>/deaths/undo/", UndoDeath.as_view(), name="api-undo-death"),
]
