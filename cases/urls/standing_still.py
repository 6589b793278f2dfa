"""Addresses of the pages on which somebody cannot be seen as usual, or has died."""

from django.urls import path

from cases.views import deaths, pauses

urlpatterns = [
    path("cases/<crn:crn>/standing-still/", pauses.standing_still, name="standing-still"),
    path("cases/<crn:crn>/standing-still/record/", pauses.begin, name="begin-pause"),
    path("cases/<crn:crn>/standing-still/<int:pause>/", pauses.correct, name="correct-pause"),
    path("cases/<crn:crn>/standing-still/<int:pause>/over/", pauses.end, name="end-pause"),
    path(
        "cases/<crn:crn>/standing-still/<int:pause>/asked/",
        pauses.whereabouts,
        name="record-whereabouts",
    ),
    path("cases/<crn:crn>/death/", deaths.death, name="death"),
    path("cases/<crn:crn>/death/record/", deaths.record, name="record-death"),
    path("cases/<crn:crn>/death/correct/", deaths.correct, name="correct-death"),
    path("cases/<crn:crn>/death/told/<slug:whom>/", deaths.heard, name="say-heard"),
    path("cases/<crn:crn>/death/undo/", deaths.undo, name="undo-death"),
]
