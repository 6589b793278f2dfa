"""Addresses of the pages about meetings of agencies."""

from django.urls import path

from cases.views import agency_meetings, agency_meetings_held

ALL = "cases/<crn:crn>/agency-meetings"
ONE = f"{ALL}/<int:meeting>"

urlpatterns = [
    path(f"{ALL}/", agency_meetings.agency_meetings, name="agency-meetings"),
    path(f"{ALL}/record/", agency_meetings.record_meeting, name="record-agency-meeting"),
    path(f"{ONE}/move/", agency_meetings.move, name="move-meeting"),
    path(f"{ONE}/call-off/", agency_meetings.call_off, name="call-off-meeting"),
    path(f"{ONE}/report/", agency_meetings.report, name="send-meeting-report"),
    path(f"{ONE}/said/", agency_meetings_held.say, name="say-of-meeting"),
    path(f"{ONE}/actions/add/", agency_meetings_held.add_action, name="add-meeting-action"),
    path(f"{ONE}/minutes/", agency_meetings_held.minutes, name="minutes"),
    path(f"{ONE}/minutes/file/", agency_meetings_held.minutes_file, name="minutes-file"),
    path(f"{ONE}/minutes/record/", agency_meetings_held.take_in_minutes, name="take-in-minutes"),
]
