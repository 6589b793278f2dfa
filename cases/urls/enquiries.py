"""Addresses of what agencies are asked, what they answer, what we are told, and what we do until we know."""

from django.urls import path

from cases.views import (
    actions,
    agencies,
    chasing,
    checks,
    documents,
    information,
    interim,
    messages,
    replies,
    reply_right,
    sending,
)

urlpatterns = [
    path("cases/<crn:crn>/checks/", checks.list_checks, name="case-checks"),
    path("cases/<crn:crn>/checks/open/", checks.open_check, name="open-check"),
    path("cases/<crn:crn>/checks/<int:enquiry>/", checks.check, name="check"),
    path("cases/<crn:crn>/checks/<int:enquiry>/send/", checks.send_check, name="send-check"),
    path(
        "cases/<crn:crn>/checks/<int:enquiry>/request/", sending.send_request, name="send-request"
    ),
    path("cases/<crn:crn>/checks/<int:enquiry>/chase/", checks.chase_check, name="chase-check"),
    path("cases/<crn:crn>/checks/<int:enquiry>/reply/", replies.record_reply, name="record-reply"),
    path(
        "cases/<crn:crn>/checks/<int:enquiry>/reply/right/",
        reply_right.put_right,
        name="put-reply-right",
    ),
    path(
        "cases/<crn:crn>/checks/<int:enquiry>/reply/off/",
        reply_right.take_off,
        name="take-reply-off",
    ),
    path(
        "cases/<crn:crn>/checks/<int:enquiry>/analyse/", replies.analyse_reply, name="analyse-reply"
    ),
    path("cases/<crn:crn>/checks/<int:enquiry>/not-needed/", checks.not_needed, name="not-needed"),
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/add/", agencies.add_agency, name="add-agency"),
    path("agencies/owing/", chasing.owing, name="owing-agencies"),
    path("agencies/<int:agency>/", agencies.agency, name="agency"),
    path("agencies/<int:agency>/change/", agencies.change_agency, name="change-agency"),
    path("agencies/<int:agency>/end/", agencies.end_agency, name="end-agency"),
    path("agencies/<int:agency>/chase/", chasing.chase_agency, name="chase-agency"),
    path("batch/", sending.send_batch, name="send-batch"),
    path("batch/check/", sending.check_batch, name="check-batch"),
    path("batch/sent/", sending.sent_batch, name="sent-batch"),
    path("batch/letters.pdf", sending.batch_letters, name="batch-letters"),
    path("outbox/", messages.outbox, name="outbox"),
    path("outbox/<int:message>/again/", messages.send_again, name="send-message-again"),
    path("outbox/<int:message>/went/", messages.say_it_went, name="say-message-went"),
    path("outbox/<int:message>/cancel/", messages.cancel, name="cancel-message"),
    path("replies/", replies.take_in_reply, name="take-in-reply"),
    path("replies/<uuid:key>/", replies.reply_in_hand, name="reply-in-hand"),
    path("replies/<uuid:key>/aside/", replies.set_reply_aside, name="set-reply-aside"),
    path("cases/<crn:crn>/documents/<int:document>/", documents.document, name="document"),
    path("cases/<crn:crn>/actions/add/", actions.add_action, name="add-action"),
    path("cases/<crn:crn>/actions/<int:action>/done/", actions.finish_action, name="finish-action"),
    path("cases/<crn:crn>/interim-plan/write/", interim.write_plan, name="write-interim-plan"),
    path("cases/<crn:crn>/interim-plan/answer/", interim.answer_plan, name="answer-interim-plan"),
    path("cases/<crn:crn>/interim-plans/<int:plan>/", interim.see_plan, name="interim-plan"),
    path("information/", information.record_information, name="record-information"),
    path("cases/<crn:crn>/information/", information.list_information, name="case-information"),
    path(
        "cases/<crn:crn>/information/<int:reading>/",
        information.see_information,
        name="see-information",
    ),
    path(
        "cases/<crn:crn>/information/<int:reading>/read/",
        information.read_information,
        name="read-information",
    ),
    path(
        "cases/<crn:crn>/apart/<int:pair>/end/",
        information.end_non_association,
        name="end-non-association",
    ),
]
