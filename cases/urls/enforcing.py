"""Addresses of the pages about failures to comply, and of all of enforcement on one case."""

from django.urls import path

from cases.views.enforcement import failures

AT = "cases/<crn:crn>/enforcement"

urlpatterns = [
    path(f"{AT}/", failures.enforcement, name="case-enforcement"),
    path(f"{AT}/failures/<int:failure>/", failures.failure, name="failure"),
    path(f"{AT}/failures/<int:failure>/answer/", failures.answer_failure, name="answer-failure"),
]
