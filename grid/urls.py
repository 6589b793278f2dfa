"""Addresses of the GRID."""

from django.urls import path

from grid.views import (
    case_interventions,
    demand,
    escalation,
    group_attendance,
    group_register,
    intervention_policy,
    interventions,
    leaders,
    offers,
    placement,
    places,
    policy,
    referrals,
    rooms,
    series,
    series_changes,
    session_ended,
    timetables,
    unmet,
    waiting,
    weeks,
)
from staff.permissions import Action

CASE = "cases/<crn:crn>/placement/"
ESCALATION = "cases/<crn:crn>/escalation/"
STEPS = {  # the page of a step: (the end of its address, what whoever takes it must be allowed to do)
    "discuss-escalation": ("decide/", Action.DECIDE_PLACEMENT),
    "refer-escalation": ("refer/", Action.ESCALATE_RISK),
    "record-nps-answer": ("answer/", Action.RECORD_NPS_ANSWER),
    "send-to-nps": ("send/", Action.ESCALATE_RISK),
    "challenge-nps": ("challenge/", Action.ESCALATE_RISK),
    "keep-escalated": ("keep/", Action.ESCALATE_RISK),
    "hand-over-to-nps": ("hand-over/", Action.RECORD_NPS_ANSWER),
    "withdraw-escalation": ("withdraw/", Action.DECIDE_PLACEMENT),
    "escalation-meanwhile": ("meanwhile/", Action.ESCALATE_RISK),
}
OFFERED = "cases/<crn:crn>/interventions/"
REFERRALS_OF_GROUPS = [
    path(f"{OFFERED}answer/", referrals.answer_intervention, name="answer-intervention"),
    path(
        f"{OFFERED}<int:group_referral>/accept/",
        referrals.accept_intervention,
        name="accept-intervention",
    ),
    path(
        f"{OFFERED}<int:group_referral>/withdraw/",
        referrals.withdraw_intervention,
        name="withdraw-intervention",
    ),
    path(
        f"{OFFERED}refer/<slug:intervention>/",
        referrals.refer_to_intervention,
        name="refer-to-intervention",
    ),
]
WEEK = "cases/<crn:crn>/when-they-can-come/"
WEEK_OF_URLS = [
    path(WEEK, weeks.case_week, name="case-week"),
    path(f"{WEEK}record/", weeks.say_week, name="say-week"),
    path(f"{WEEK}tied-to/add/", weeks.add_commitment, name="add-commitment"),
    path(
        f"{WEEK}tied-to/<int:commitment>/take-back/",
        weeks.take_back_commitment,
        name="take-back-commitment",
    ),
    path(f"{WEEK}places/<int:place>/", weeks.say_of_place, name="say-of-place"),
]
REGISTER = "groups/sessions/<int:group_session>/register/"
REGISTERS_OF_GROUPS = [
    path("groups/mine/", group_register.own_groups, name="my-groups"),
    path(REGISTER, group_register.group_register, name="group-register"),
    path(f"{REGISTER}end/", session_ended.end_session, name="end-group-session"),
    path(
        f"{REGISTER}<int:group_attendance>/",
        group_attendance.group_attendance,
        name="group-attendance",
    ),
]
ROOMS_OF_GROUPS = [
    path("groups/rooms/", rooms.rooms, name="rooms"),
    path("groups/rooms/add/", rooms.add_room, name="add-room"),
    path("groups/rooms/<int:room>/", rooms.change_room, name="change-room"),
    path("groups/rooms/<int:room>/shut/", rooms.shut_room, name="shut-room"),
    path("groups/rooms/shut/<int:shut>/open/", rooms.open_again, name="open-room-again"),
]
LEADERS_OF_GROUPS = [
    path("groups/leaders/", leaders.leaders, name="leaders"),
    path("groups/leaders/add/", leaders.add_leader, name="add-leader"),
    path(
        "groups/leaders/<int:leader>/training/",
        leaders.record_training,
        name="record-leader-training",
    ),
    path(
        "groups/leaders/training/<int:leader_training>/",
        leaders.end_training,
        name="end-leader-training",
    ),
    path("groups/leaders/<int:leader>/hours/", leaders.set_hours, name="leader-hours"),
    path("groups/leaders/<int:leader>/away/", leaders.record_leave, name="record-leader-leave"),
    path(
        "groups/leaders/away/<int:absence>/cancel/",
        leaders.cancel_leave,
        name="cancel-leader-leave",
    ),
]
PLACES = "cases/<crn:crn>/interventions/"
WAITING_OF_URLS = [  # before the page of one intervention, whose address holds any word
    path("interventions/waiting/", waiting.waiting_lists, name="waiting-lists"),
    path("interventions/unmet/", unmet.unmet_needs, name="unmet-needs"),
    path("interventions/<slug:intervention>/waiting/", waiting.waiting_list, name="waiting-list"),
    path(
        "interventions/<slug:intervention>/waiting.csv",
        waiting.waiting_list_csv,
        name="waiting-list-csv",
    ),
    path(f"{PLACES}places/", offers.case_offers, name="case-offers"),
    path(f"{PLACES}leave/<int:series_place>/", places.leave_series, name="leave-series"),
    path(f"{PLACES}places/keep/", offers.keep_place, name="keep-place"),
    path(f"{PLACES}places/give/", offers.give_place, name="give-place"),
    path(f"{PLACES}unmet/", unmet.put_to_senior, name="put-to-senior"),
    path(f"{PLACES}unmet/decide/", unmet.decide_unmet_need, name="decide-unmet-need"),
]
SERIES_OF_URLS = [
    path("groups/", series.groups, name="groups"),
    path("groups/plan/", series.plan_series, name="plan-series"),
    path("groups/<int:series>/", series.series, name="series"),
    path("groups/<int:series>/leaders/", series_changes.name_leaders, name="name-group-leaders"),
    path(
        "groups/<int:series>/call-off-sessions/",
        series_changes.call_off_sessions,
        name="call-off-group-sessions",
    ),
    path("groups/<int:series>/call-off/", series_changes.call_off_series, name="call-off-series"),
    path(
        "groups/sessions/<int:series_session>/move/",
        series_changes.move_session,
        name="move-group-session",
    ),
    path(
        "groups/sessions/<int:series_session>/cover/",
        series_changes.cover_session,
        name="cover-group-session",
    ),
]
QUARTER = "groups/quarters/<int:quarter>/"
PROPOSED = "groups/quarters/series/<int:proposed_series>/"
QUARTERS = [
    path("groups/quarters/", timetables.quarters, name="quarters"),
    path("groups/quarters/ask/", timetables.ask_for_quarter, name="ask-for-quarter"),
    path(QUARTER, timetables.quarter, name="quarter"),
    path(f"{QUARTER}publish/", timetables.publish_quarter, name="publish-quarter"),
    path(f"{QUARTER}give-up/", timetables.drop_quarter, name="drop-quarter"),
    path(f"{PROPOSED}take-out/", timetables.take_out_of_quarter, name="take-out-of-quarter"),
    path(f"{PROPOSED}put-back/", timetables.put_back_in_quarter, name="put-back-in-quarter"),
]
urlpatterns = [
    *QUARTERS,
    *SERIES_OF_URLS,
    *REFERRALS_OF_GROUPS,
    *WAITING_OF_URLS,
    *ROOMS_OF_GROUPS,
    *LEADERS_OF_GROUPS,
    *REGISTERS_OF_GROUPS,
    *WEEK_OF_URLS,
    path(ESCALATION, escalation.escalation, name="escalation"),
    path(f"{ESCALATION}open/", escalation.open_escalation, name="open-escalation"),
    path(f"{ESCALATION}sheet/", escalation.referral_sheet, name="referral-sheet"),
    *(
        path(f"{ESCALATION}{end}", escalation.step_page(name, action), name=name)
        for name, (end, action) in STEPS.items()
    ),
    path(CASE, placement.placement, name="placement"),
    path(f"{CASE}judge/", placement.judge_placement, name="judge-placement"),
    path(f"{CASE}judged/", placement.judged_placement, name="judged-placement"),
    path(
        f"{CASE}judgements/<int:judgement>/decide/",
        placement.decide_lowering,
        name="decide-lowering",
    ),
    path(
        "cases/<crn:crn>/interventions/",
        case_interventions.case_interventions,
        name="case-interventions",
    ),
    path("interventions/", interventions.interventions, name="interventions"),
    path("interventions/booklet/", interventions.sentencers_booklet, name="sentencers-booklet"),
    path(
        "interventions/booklet/paper/",
        interventions.sentencers_booklet_paper,
        name="sentencers-booklet-paper",
    ),
    path("interventions/<slug:intervention>/demand/", demand.demand, name="demand"),
    path("interventions/<slug:intervention>/", interventions.intervention, name="intervention"),
    path("policy/grid/", policy.grid_policy, name="grid-policy"),
    path("policy/grid/new-version/", policy.set_policy, name="set-grid-policy"),
    path(
        "policy/interventions/",
        intervention_policy.intervention_policy,
        name="interventions-policy",
    ),
    path(
        "policy/interventions/new-version/",
        intervention_policy.set_policy,
        name="set-interventions-policy",
    ),
]
