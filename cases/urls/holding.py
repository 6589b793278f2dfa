"""Addresses of who holds a case and how it changes hands."""

from django.urls import path

from cases.views import holding

urlpatterns = [
    path("cases/<crn:crn>/holder/", holding.holder, name="case-holder"),
    path("cases/<crn:crn>/holder/sheet/", holding.sheet, name="hand-over-sheet"),
    path(
        "cases/<crn:crn>/holder/offers/<int:transfer>/answer/",
        holding.answer,
        name="answer-offer",
    ),
    path(
        "cases/<crn:crn>/holder/offers/<int:transfer>/their-answer/",
        holding.record_answer,
        name="record-offer-answer",
    ),
    path(
        "cases/<crn:crn>/holder/offers/<int:transfer>/take-back/",
        holding.take_back,
        name="take-offer-back",
    ),
]
