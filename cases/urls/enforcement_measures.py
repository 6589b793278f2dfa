"""Addresses of the measures of enforcement."""

from django.urls import path

from cases.views.enforcement import measures

urlpatterns = [
    path("enforcement/measures/", measures.enforcement_measures, name="enforcement-measures"),
    path(
        "enforcement/measures/people/",
        measures.enforcement_measure_people,
        name="enforcement-measure-people",
    ),
    path(
        "enforcement/measures/people.csv",
        measures.enforcement_measure_people_csv,
        name="enforcement-measure-people-csv",
    ),
    path("enforcement/measures/withdrawn/", measures.breaches_withdrawn, name="breaches-withdrawn"),
    path("enforcement/equality/", measures.enforcement_equality, name="enforcement-equality"),
]
