"""Addresses of the API about where somebody goes from prison."""

from django.urls import path

from ttg.api.home import (
    ConfirmHome,
    LookAtHome,
    ReleaseHome,
    SayNight,
    SettleHome,
    SignNoHomePlan,
    WithdrawNoHomePlan,
)
from ttg.api.home_enquiries import AskAboutHome

CASE = "cases/<crn:crn>/release/home/"

ADDRESSES = [
    path(CASE, ReleaseHome.as_view(), name="api-release-home"),
    path(f"{CASE}<int:home_offer>/look/", LookAtHome.as_view(), name="api-look-at-home"),
    path(f"{CASE}<int:home_offer>/ask/", AskAboutHome.as_view(), name="api-ask-about-home"),
    path(f"{CASE}<int:home_offer>/confirm/", ConfirmHome.as_view(), name="api-confirm-home"),
    path(f"{CASE}<int:home_offer>/settle/", SettleHome.as_view(), name="api-settle-home"),
    path(f"{CASE}night/", SayNight.as_view(), name="api-say-night"),
    path(f"{CASE}nowhere/", SignNoHomePlan.as_view(), name="api-sign-no-home-plan"),
    path(f"{CASE}nowhere/withdraw/", WithdrawNoHomePlan.as_view(), name="api-withdraw-no-home-plan"),
]  # fmt: skip
