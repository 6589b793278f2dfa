"""Addresses of seeing people: the diary, appointments, meetings, the log, visits, activity days."""

from django.urls import path

from cases.views import (
    appointments,
    booking,
    compliance,
    contact_figures,
    contact_log,
    diary,
    meetings,
    moving,
    places,
    rar,
    visit_records,
    visit_safety,
    visit_watch,
    visits,
)

urlpatterns = [
    path("cases/<crn:crn>/contacts/", contact_log.contacts, name="case-contacts"),
    path("cases/<crn:crn>/contacts/record/", contact_log.record_contact, name="record-contact"),
    path(
        "cases/<crn:crn>/appointments/<int:appointment>/", meetings.appointment, name="appointment"
    ),
    path(
        "cases/<crn:crn>/appointments/<int:appointment>/outcome/",
        meetings.record_outcome,
        name="record-outcome",
    ),
    path(
        "cases/<crn:crn>/appointments/<int:appointment>/put-right/",
        meetings.correct_outcome,
        name="correct-outcome",
    ),
    path(
        "cases/<crn:crn>/appointments/<int:appointment>/prepare/",
        meetings.prepare,
        name="prepare-appointment",
    ),
    path(
        "cases/<crn:crn>/appointments/<int:appointment>/call/",
        compliance.record_call,
        name="record-call",
    ),
    path(
        "cases/<crn:crn>/appointments/<int:appointment>/call/not-safe/",
        compliance.not_safe,
        name="somebody-not-safe",
    ),
    path(
        "cases/<crn:crn>/appointments/<int:appointment>/decide/",
        compliance.decide_absence,
        name="decide-absence",
    ),
    path(
        "cases/<crn:crn>/appointments/<int:appointment>/ask-reason/",
        compliance.ask_for_reason,
        name="ask-for-reason",
    ),
    path("cases/<crn:crn>/contact/", contact_figures.contact_figures, name="case-contact-figures"),
    path("check-ins/", visit_watch.check_ins, name="check-ins"),
    path("check-ins/<int:visit>/safe/", visit_watch.say_safe, name="say-visitor-safe"),
    path("check-ins/<int:visit>/later/", visit_watch.say_later, name="say-visitor-later"),
    path("cases/<crn:crn>/visits/", visits.case_visits, name="case-visits"),
    path("cases/<crn:crn>/visits/safety/", visit_safety.visit_safety, name="visit-safety"),
    path("cases/<crn:crn>/visits/safety/decide/", visit_safety.decide, name="decide-visit-safety"),
    path("cases/<crn:crn>/visits/arrange/", visits.arrange, name="arrange-visit"),
    path("cases/<crn:crn>/visits/<int:visit>/", visits.sheet, name="visit-sheet"),
    path("cases/<crn:crn>/visits/<int:visit>/set-out/", visits.set_out, name="set-out-on-visit"),
    path("cases/<crn:crn>/visits/<int:visit>/stay/", visits.extend, name="stay-on-visit"),
    path("cases/<crn:crn>/visits/<int:visit>/back/", visits.check_in, name="back-from-visit"),
    path(
        "cases/<crn:crn>/visits/<int:visit>/record/",
        visit_records.record_visit,
        name="record-visit",
    ),
    path(
        "cases/<crn:crn>/visits/<int:visit>/not-done/",
        visit_records.visit_not_done,
        name="visit-not-done",
    ),
    path("diary/", diary.diary, name="diary"),
    path("places/", places.places, name="places"),
    path("places/add/", places.add_place, name="add-place"),
    path("places/<int:place>/", places.change_place, name="change-place"),
    path("cases/<crn:crn>/rar/", rar.rar, name="case-rar"),
    path("cases/<crn:crn>/rar/plan/", rar.plan_activity, name="plan-rar-activity"),
    path(
        "cases/<crn:crn>/rar/<int:rar_activity>/", rar.change_activity, name="change-rar-activity"
    ),
    path("cases/<crn:crn>/rar/<int:rar_activity>/end/", rar.end_activity, name="end-rar-activity"),
    path(
        "cases/<crn:crn>/rar/enough/<int:rar_requirement>/", rar.say_enough, name="say-rar-enough"
    ),
    path("cases/<crn:crn>/appointments/", appointments.appointments, name="case-appointments"),
    path("cases/<crn:crn>/appointments/book/", booking.book, name="book-appointment"),
    path(
        "cases/<crn:crn>/appointments/<int:appointment>/again/",
        booking.book_again,
        name="book-again",
    ),
    path(
        "cases/<crn:crn>/appointments/<int:appointment>/move/",
        moving.move,
        name="move-appointment",
    ),
    path(
        "cases/<crn:crn>/appointments/<int:appointment>/call-off/",
        appointments.call_off,
        name="call-off-appointment",
    ),
    path(
        "cases/<crn:crn>/appointments/<int:appointment>/interpreter/",
        appointments.book_interpreter,
        name="book-interpreter",
    ),
    path(
        "cases/<crn:crn>/appointments/<int:appointment>/told/",
        appointments.say_told,
        name="say-told",
    ),
]
