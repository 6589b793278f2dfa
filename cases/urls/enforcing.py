"""Addresses of the pages about failures to comply, and of all of enforcement on one case."""

from django.urls import path

from cases.views.enforcement import failures, undoing

AT = "cases/<crn:crn>/enforcement"
ONE = f"{AT}/failures/<int:failure>"

urlpatterns = [
    path(f"{AT}/", failures.enforcement, name="case-enforcement"),
    path(f"{AT}/failures/record/", failures.record_failure, name="record-failure"),
    path(f"{ONE}/", failures.failure, name="failure"),
    path(f"{ONE}/answer/", failures.answer_failure, name="answer-failure"),
    path(f"{ONE}/withdraw/", undoing.withdraw_failure, name="withdraw-failure"),
    path(f"{AT}/decide-again/<int:again>/", undoing.decide_again, name="decide-again"),
]
