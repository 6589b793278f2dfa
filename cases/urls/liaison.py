"""Addresses of the pages about victim liaison, about whether somebody would harm themselves, and about the Home Office."""

from django.urls import path

from cases.views import home_office, victim_liaison, welfare

VICTIM = "cases/<crn:crn>/victim-liaison"
ABROAD = "cases/<crn:crn>/home-office"
TRIP = f"{ABROAD}/travel/<int:trip>"

urlpatterns = [
    path(f"{VICTIM}/", victim_liaison.victim_liaison, name="victim-liaison"),
    path(f"{VICTIM}/who/", victim_liaison.name, name="name-victim-liaison"),
    path(f"{VICTIM}/add/", victim_liaison.add, name="add-victim-notice"),
    path(f"{VICTIM}/<int:liaison>/end/", victim_liaison.end, name="end-victim-liaison"),
    path(f"{VICTIM}/notices/<int:notice>/told/", victim_liaison.tell, name="tell-victim-liaison"),
    path(
        f"{VICTIM}/notices/<int:notice>/not-needed/",
        victim_liaison.need_not,
        name="need-not-tell-victim-liaison",
    ),
    path("cases/<crn:crn>/welfare/", welfare.welfare, name="welfare"),
    path(f"{ABROAD}/", home_office.home_office, name="home-office"),
    path(f"{ABROAD}/record/", home_office.record, name="record-home-office"),
    path(f"{ABROAD}/travel/", home_office.ask, name="ask-travel"),
    path(f"{TRIP}/decide/", home_office.decide, name="decide-travel-abroad"),
    path(f"{TRIP}/withdraw/", home_office.withdraw, name="withdraw-travel"),
    path(f"{TRIP}/back/", home_office.back, name="travel-back"),
    path(f"{TRIP}/paper/", home_office.letter, name="travel-letter"),
]
