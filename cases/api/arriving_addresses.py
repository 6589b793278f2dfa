"""Addresses of the API that are about somebody's arrival and induction."""

from django.urls import path

from cases.api.arrivals import Arrivals, AskForMissing, OneArrival, ReadRecord, RecordBrought
from cases.api.induction import AnswerInduction, InductionProof, Inductions, SignInduction

ADDRESSES = [
    path("cases/<crn:crn>/arrivals/", Arrivals.as_view(), name="api-case-arrivals"),
    path("cases/<crn:crn>/arrivals/<int:arrival>/", OneArrival.as_view(), name="api-arrival"),
    path(
        "cases/<crn:crn>/arrivals/<int:arrival>/came/",
        RecordBrought.as_view(),
        name="api-record-brought",
    ),
    path(
        "cases/<crn:crn>/arrivals/<int:arrival>/ask/",
        AskForMissing.as_view(),
        name="api-ask-for-missing",
    ),
    path(
        "cases/<crn:crn>/arrivals/<int:arrival>/note/",
        ReadRecord.as_view(),
        name="api-read-arrival",
    ),
    path("cases/<crn:crn>/inductions/", Inductions.as_view(), name="api-inductions"),
    path(
        "cases/<crn:crn>/inductions/answers/",
        AnswerInduction.as_view(),
        name="api-answer-induction",
    ),
    path("cases/<crn:crn>/inductions/sign/", SignInduction.as_view(), name="api-sign-induction"),
    path(
        "cases/<crn:crn>/inductions/<int:induction>/proof/",
        InductionProof.as_view(),
        name="api-induction-proof",
    ),
]
