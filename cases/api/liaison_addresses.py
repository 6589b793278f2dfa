"""Addresses of the API about victim liaison, about whether somebody would harm themselves, and about the Home Office."""

from django.urls import path

from cases.api.home_office import (
    AskTravel,
    DecideTravel,
    HomeOfficeOfCase,
    TravelBack,
    WithdrawTravel,
)
from cases.api.victim_liaison import (
    AddVictimNotice,
    EndVictimLiaison,
    NeedNotTell,
    TellVictimLiaison,
    VictimLiaisonOfCase,
)
from cases.api.welfare import Welfare

VICTIM = "cases/<crn:crn>/victim-liaison"
NOTICE = f"{VICTIM}/notices/<int:notice>"
TRIP = "cases/<crn:crn>/travel/<int:trip>"

ADDRESSES = [
    path(f"{VICTIM}/", VictimLiaisonOfCase.as_view(), name="api-victim-liaison"),
    path(f"{VICTIM}/notices/", AddVictimNotice.as_view(), name="api-add-victim-notice"),
    path(f"{VICTIM}/<int:liaison>/end/", EndVictimLiaison.as_view(), name="api-end-victim-liaison"),
    path(f"{NOTICE}/told/", TellVictimLiaison.as_view(), name="api-tell-victim-liaison"),
    path(f"{NOTICE}/not-needed/", NeedNotTell.as_view(), name="api-need-not-tell"),
    path("cases/<crn:crn>/welfare/", Welfare.as_view(), name="api-welfare"),
    path("cases/<crn:crn>/home-office/", HomeOfficeOfCase.as_view(), name="api-home-office"),
    path("cases/<crn:crn>/travel/", AskTravel.as_view(), name="api-ask-travel"),
    path(f"{TRIP}/decide/", DecideTravel.as_view(), name="api-decide-travel-abroad"),
    path(f"{TRIP}/withdraw/", WithdrawTravel.as_view(), name="api-withdraw-travel"),
    path(f"{TRIP}/back/", TravelBack.as_view(), name="api-travel-back"),
]
