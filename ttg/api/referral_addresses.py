"""Addresses of the API about needs, referrals and the book of services."""

from django.urls import path

from ttg.api.book import AddService, ChangeService, Services
from ttg.api.needs import Needs, SettleNeed
from ttg.api.referrals import (
    BookFirst,
    ChangeReferral,
    CloseReferral,
    NewReplyLink,
    RecordAnswer,
    Referrals,
    SayPersonTold,
    SayServiceAttended,
    SendReferral,
    Unanswered,
    WithdrawReferral,
)

CASE = "cases/<crn:crn>/release/"
STEPS = {  # name: (what of a referral, its endpoint)
    "api-change-referral": ("change", ChangeReferral),
    "api-send-referral": ("send", SendReferral),
    "api-new-reply-link": ("link", NewReplyLink),
    "api-record-referral-answer": ("answer", RecordAnswer),
    "api-book-first-appointment": ("first", BookFirst),
    "api-say-person-told": ("told", SayPersonTold),
    "api-say-service-attended": ("attended", SayServiceAttended),
    "api-withdraw-referral": ("withdraw", WithdrawReferral),
    "api-close-referral": ("close", CloseReferral),
}

ADDRESSES = [
    path(f"{CASE}needs/", Needs.as_view(), name="api-release-needs"),
    path(f"{CASE}needs/<int:need>/settle/", SettleNeed.as_view(), name="api-settle-need"),
    path(f"{CASE}referrals/", Referrals.as_view(), name="api-referrals"),
    *(
        path(f"{CASE}referrals/<int:referral>/{what}/", endpoint.as_view(), name=name)
        for name, (what, endpoint) in STEPS.items()
    ),
    path("release/referrals/", Unanswered.as_view(), name="api-referrals-unanswered"),
    path("release/services/", Services.as_view(), name="api-services"),
    path("release/services/add/", AddService.as_view(), name="api-add-service"),
    path("release/services/<int:service>/", ChangeService.as_view(), name="api-change-service"),
]
