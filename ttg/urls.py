"""Addresses of Through the Gate."""

from django.urls import path

from ttg.views import release

CASE = "cases/<crn:crn>/release/"

urlpatterns = [
    path(CASE, release.case_release, name="case-release"),
]
