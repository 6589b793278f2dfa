"""Addresses of the API that are about seeing people: the diary, appointments, meetings, visits, activity days."""

from django.urls import path

from cases.api.appointments import (
    Appointments,
    CallOffAppointment,
    LookAtBooking,
    LookToMove,
    MoveAppointment,
)
from cases.api.contact_details import ContactDetails, Reminders
from cases.api.contact_figures import CaseContactFigures
from cases.api.diary import Diary, Places
from cases.api.meetings import (
    Contacts,
    CorrectOutcome,
    DecideAbsence,
    RecordCall,
    RecordOutcome,
    SearchNotes,
    TakeBackOutcome,
)
from cases.api.rar import ChangeRarActivity, EndRarActivity, RarDays, SayRarEnough
from cases.api.reason_letters import AskForReason
from cases.api.visits import (
    BackFromVisit,
    CheckIns,
    DecideVisitSafety,
    HomeVisits,
    RecordVisit,
    SayVisitorSafe,
    SetOutOnVisit,
    StayOnVisit,
    VisitNotDone,
    VisitSafeties,
)

ADDRESSES = [
    path("cases/<crn:crn>/contact-details/", ContactDetails.as_view(), name="api-contact-details"),
    path(
        "cases/<crn:crn>/appointments/<int:appointment>/reminders/",
        Reminders.as_view(),
        name="api-reminders",
    ),
    path("diary/", Diary.as_view(), name="api-diary"),
    path("places/", Places.as_view(), name="api-places"),
    path("cases/<crn:crn>/appointments/", Appointments.as_view(), name="api-appointments"),
    path("cases/<crn:crn>/appointments/look/", LookAtBooking.as_view(), name="api-look-at-booking"),
    path(
        "cases/<crn:crn>/appointments/<int:appointment>/call-off/",
        CallOffAppointment.as_view(),
        name="api-call-off-appointment",
    ),
    path(
        "cases/<crn:crn>/appointments/<int:appointment>/move/",
        MoveAppointment.as_view(),
        name="api-move-appointment",
    ),
    path(
        "cases/<crn:crn>/appointments/<int:appointment>/move/look/",
        LookToMove.as_view(),
        name="api-look-to-move",
    ),
    path(
        "cases/<crn:crn>/contact/",
        CaseContactFigures.as_view(),
        name="api-case-contact-figures",
    ),
    path("cases/<crn:crn>/rar/", RarDays.as_view(), name="api-rar"),
    path(
        "cases/<crn:crn>/rar/<int:rar_activity>/",
        ChangeRarActivity.as_view(),
        name="api-change-rar-activity",
    ),
    path(
        "cases/<crn:crn>/rar/<int:rar_activity>/end/",
        EndRarActivity.as_view(),
        name="api-end-rar-activity",
    ),
    path(
        "cases/<crn:crn>/rar/enough/<int:rar_requirement>/",
        SayRarEnough.as_view(),
        name="api-say-rar-enough",
    ),
    path("check-ins/", CheckIns.as_view(), name="api-check-ins"),
    path("check-ins/<int:visit>/safe/", SayVisitorSafe.as_view(), name="api-say-visitor-safe"),
    path("cases/<crn:crn>/visit-safety/", VisitSafeties.as_view(), name="api-visit-safety"),
    path(
        "cases/<crn:crn>/visit-safety/<int:safety>/decide/",
        DecideVisitSafety.as_view(),
        name="api-decide-visit-safety",
    ),
    path("cases/<crn:crn>/visits/", HomeVisits.as_view(), name="api-home-visits"),
    path(
        "cases/<crn:crn>/visits/<int:visit>/set-out/",
        SetOutOnVisit.as_view(),
        name="api-set-out-on-visit",
    ),
    path(
        "cases/<crn:crn>/visits/<int:visit>/stay/",
        StayOnVisit.as_view(),
        name="api-stay-on-visit",
    ),
    path(
        "cases/<crn:crn>/visits/<int:visit>/back/",
        BackFromVisit.as_view(),
        name="api-back-from-visit",
    ),
    path(
        "cases/<crn:crn>/visits/<int:visit>/record/",
        RecordVisit.as_view(),
        name="api-record-visit",
    ),
    path(
        "cases/<crn:crn>/visits/<int:visit>/not-done/",
        VisitNotDone.as_view(),
        name="api-visit-not-done",
    ),
    path("cases/<crn:crn>/contacts/", Contacts.as_view(), name="api-contacts"),
    path("cases/<crn:crn>/contacts/search/", SearchNotes.as_view(), name="api-search-notes"),
    *(
        path(
            f"cases/<crn:crn>/appointments/<int:appointment>/{name}/",
            view.as_view(),
            name=f"api-appointment-{name}",
        )
        for name, view in {
            "outcome": RecordOutcome,
            "put-right": CorrectOutcome,
            "take-back": TakeBackOutcome,
            "call": RecordCall,
            "decide": DecideAbsence,
            "ask-reason": AskForReason,
        }.items()
    ),
]
