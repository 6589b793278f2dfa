"""Addresses of the API about complaints on one case."""

from django.urls import path

from cases.api.complaints import AnswerComplaint, Complaints, TakeUpComplaint

AT = "cases/<crn:crn>/complaints"

ADDRESSES = [
    path(f"{AT}/", Complaints.as_view(), name="api-complaints"),
    path(f"{AT}/<int:complaint>/take-up/", TakeUpComplaint.as_view(), name="api-take-up-complaint"),
    path(f"{AT}/<int:complaint>/answer/", AnswerComplaint.as_view(), name="api-answer-complaint"),
]
