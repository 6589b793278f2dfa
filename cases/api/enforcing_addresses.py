"""Addresses of the API about failures to comply."""

from django.urls import path

from cases.api.enforcing import AnswerFailure, DecideAgain, Failures, OneFailure, WithdrawFailure

AT = "cases/<crn:crn>/failures"
ONE = f"{AT}/<int:failure>"

ADDRESSES = [
    path(f"{AT}/", Failures.as_view(), name="api-failures"),
    path(f"{ONE}/", OneFailure.as_view(), name="api-failure"),
    path(f"{ONE}/answer/", AnswerFailure.as_view(), name="api-answer-failure"),
    path(f"{ONE}/withdraw/", WithdrawFailure.as_view(), name="api-withdraw-failure"),
    path(
        "cases/<crn:crn>/decide-again/<int:again>/", DecideAgain.as_view(), name="api-decide-again"
    ),
]
