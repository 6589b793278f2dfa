"""Addresses of the API about meetings of agencies and what courts ask."""

from django.urls import path

from cases.api.agency_meetings import (
    AddMeetingAction,
    AgencyMeetings,
    CallOffMeeting,
    Minutes,
    MoveMeeting,
    SayOfMeeting,
    SendMeetingReport,
)
from cases.api.courts import CourtRequests, WithdrawCourtRequest

MEETING = "cases/<crn:crn>/agency-meetings/<int:meeting>"

ADDRESSES = [
    path("cases/<crn:crn>/agency-meetings/", AgencyMeetings.as_view(), name="api-agency-meetings"),
    path(f"{MEETING}/move/", MoveMeeting.as_view(), name="api-move-meeting"),
    path(f"{MEETING}/call-off/", CallOffMeeting.as_view(), name="api-call-off-meeting"),
    path(f"{MEETING}/report/", SendMeetingReport.as_view(), name="api-send-meeting-report"),
    path(f"{MEETING}/said/", SayOfMeeting.as_view(), name="api-say-of-meeting"),
    path(f"{MEETING}/actions/", AddMeetingAction.as_view(), name="api-add-meeting-action"),
    path(f"{MEETING}/minutes/", Minutes.as_view(), name="api-minutes"),
    path("cases/<crn:crn>/court-requests/", CourtRequests.as_view(), name="api-court-requests"),
    path(
        "cases/<crn:crn>/court-requests/<int:court_request>/withdraw/",
        WithdrawCourtRequest.as_view(),
        name="api-withdraw-court-request",
    ),
]
