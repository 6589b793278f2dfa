"""Addresses of somebody's arrival and induction."""

from django.urls import path

from cases.views import arrivals, induction

urlpatterns = [
    path("cases/<crn:crn>/arrivals/", arrivals.arrivals, name="case-arrivals"),
    path("cases/<crn:crn>/arrivals/record/", arrivals.record_arrival, name="record-arrival"),
    path("cases/<crn:crn>/arrivals/<int:arrival>/", arrivals.arrival, name="arrival"),
    path(
        "cases/<crn:crn>/arrivals/<int:arrival>/came/",
        arrivals.record_brought,
        name="record-brought",
    ),
    path(
        "cases/<crn:crn>/arrivals/<int:arrival>/ask/",
        arrivals.ask_for_missing,
        name="ask-for-missing",
    ),
    path(
        "cases/<crn:crn>/arrivals/<int:arrival>/read/", arrivals.read_arrival, name="read-arrival"
    ),
    path("cases/<crn:crn>/inductions/", induction.inductions, name="case-inductions"),
    path("cases/<crn:crn>/inductions/begin/", induction.begin_induction, name="begin-induction"),
    path("cases/<crn:crn>/induction/", induction.induction, name="induction"),
    path("cases/<crn:crn>/induction/sheet/", induction.induction_sheet, name="induction-sheet"),
    path("cases/<crn:crn>/induction/sign/", induction.sign_induction, name="sign-induction"),
    path(
        "cases/<crn:crn>/inductions/<int:induction>/", induction.see_induction, name="see-induction"
    ),
    path(
        "cases/<crn:crn>/inductions/<int:induction>/proof/",
        induction.induction_proof,
        name="induction-proof",
    ),
]
