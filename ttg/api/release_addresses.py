"""Addresses of the API that are about readiness, the hand-over, meetings at the gate, the board and its measures."""

from django.urls import path

from ttg.api.first_days import FirstDaysOfCase
from ttg.api.gate import (
    CallOffGateMeeting,
    OwnGateMeetings,
    PlanGateMeeting,
    PutMeetingRight,
    SayIfMet,
)
from ttg.api.release import (
    AcceptHandOver,
    AnswerHandOver,
    AskAboutHandOver,
    HandOverOfCase,
    Readiness,
    ReleaseList,
    ReleaseMeasurePeople,
    ReleaseMeasures,
)

CASE = "cases/<crn:crn>/release/"
STEPS = {"ask-about": AskAboutHandOver, "answer": AnswerHandOver, "accept": AcceptHandOver}

ADDRESSES = [
    path(f"{CASE}readiness/", Readiness.as_view(), name="api-readiness"),
    path(f"{CASE}first-days/", FirstDaysOfCase.as_view(), name="api-first-days"),
    path(f"{CASE}hand-over/", HandOverOfCase.as_view(), name="api-hand-over"),
    *(
        path(f"{CASE}hand-over/{name}/", step.as_view(), name=f"api-{name}-hand-over")
        for name, step in STEPS.items()
    ),
    path(f"{CASE}gate/", PlanGateMeeting.as_view(), name="api-plan-gate-meeting"),
    path(f"{CASE}gate/<int:gate_meeting>/said/", SayIfMet.as_view(), name="api-say-if-met"),
    path(
        f"{CASE}gate/<int:gate_meeting>/put-right/",
        PutMeetingRight.as_view(),
        name="api-put-meeting-right",
    ),
    path(
        f"{CASE}gate/<int:gate_meeting>/call-off/",
        CallOffGateMeeting.as_view(),
        name="api-call-off-gate-meeting",
    ),
    path("gate-meetings/", OwnGateMeetings.as_view(), name="api-gate-meetings"),
    path("releases/", ReleaseList.as_view(), name="api-releases"),
    path("releases/measures/", ReleaseMeasures.as_view(), name="api-release-measures"),
    path(
        "releases/measures/people/",
        ReleaseMeasurePeople.as_view(),
        name="api-release-measure-people",
    ),
]
