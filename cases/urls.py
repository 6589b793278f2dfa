"""Addresses of the pages about one case, of imports and of data quality. A person's name never stands in one."""

from django.urls import path

from cases.views import (
    access,
    actions,
    case,
    checks,
    cover,
    documents,
    imports,
    information,
    interim,
    raising,
    replies,
    summary,
)

urlpatterns = [
    path("imports/", imports.imports, name="imports"),
    path("imports/<int:run>/", imports.one_import, name="import"),
    path("data-quality/", imports.data_quality, name="data-quality"),
    path("cases/<crn:crn>/", case.overview, name="case"),
    path("cases/<crn:crn>/contacts/", case.contacts, name="case-contacts"),
    path("cases/<crn:crn>/sentence/", case.sentence, name="case-sentence"),
    path("cases/<crn:crn>/person/", case.person, name="case-person"),
    path("cases/<crn:crn>/history/", case.history, name="case-history"),
    path("cases/<crn:crn>/emergency/", access.emergency_view, name="emergency-view"),
    path("cases/<crn:crn>/checks/", checks.list_checks, name="case-checks"),
    path("cases/<crn:crn>/checks/open/", checks.open_check, name="open-check"),
    path("cases/<crn:crn>/checks/<int:enquiry>/", checks.check, name="check"),
    path("cases/<crn:crn>/checks/<int:enquiry>/send/", checks.send_check, name="send-check"),
    path("cases/<crn:crn>/checks/<int:enquiry>/chase/", checks.chase_check, name="chase-check"),
    path("cases/<crn:crn>/checks/<int:enquiry>/reply/", replies.record_reply, name="record-reply"),
    path(
        "cases/<crn:crn>/checks/<int:enquiry>/analyse/", replies.analyse_reply, name="analyse-reply"
    ),
    path("cases/<crn:crn>/checks/<int:enquiry>/not-needed/", checks.not_needed, name="not-needed"),
    path("replies/", replies.take_in_reply, name="take-in-reply"),
    path("replies/<uuid:key>/", replies.reply_in_hand, name="reply-in-hand"),
    path("replies/<uuid:key>/aside/", replies.set_reply_aside, name="set-reply-aside"),
    path("cases/<crn:crn>/documents/<int:document>/", documents.document, name="document"),
    path("cases/<crn:crn>/actions/add/", actions.add_action, name="add-action"),
    path(
        "cases/<crn:crn>/actions/<int:action>/done/", actions.finish_action, name="finish-action"
    ),
    path("cases/<crn:crn>/interim-plan/write/", interim.write_plan, name="write-interim-plan"),
    path("cases/<crn:crn>/interim-plan/answer/", interim.answer_plan, name="answer-interim-plan"),
    path("cases/<crn:crn>/interim-plans/<int:plan>/", interim.see_plan, name="interim-plan"),
    path("cases/<crn:crn>/raise/", raising.raise_now, name="raise-now"),
    path("cases/<crn:crn>/raises/", raising.raises, name="raises"),
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
    path("away/", cover.away_and_cover, name="away-and-cover"),
    path("away/<int:absence>/cancel/", cover.cancel, name="cancel-absence"),
    path("cases/<crn:crn>/summary/", summary.case_summary, name="case-summary"),
]
