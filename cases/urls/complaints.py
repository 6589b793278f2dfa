"""Addresses of the pages about complaints on one case."""

from django.urls import path

from cases.views import complaints

AT = "cases/<crn:crn>/complaints"

urlpatterns = [
    path(f"{AT}/", complaints.complaints, name="case-complaints"),
    path(f"{AT}/take/", complaints.take, name="take-complaint"),
    path(f"{AT}/<int:complaint>/", complaints.complaint, name="complaint"),
    path(f"{AT}/<int:complaint>/take-up/", complaints.take_up, name="take-up-complaint"),
    path(f"{AT}/<int:complaint>/answer/", complaints.answer, name="answer-complaint"),
    path(f"{AT}/<int:complaint>/letter/", complaints.letter, name="complaint-letter"),
]
