"""Addresses of the API of the GRID."""

from django.urls import path

from grid.api.case_interventions import CaseInterventionList
from grid.api.demand import InterventionDemand
from grid.api.escalation import STEPS, Escalations
from grid.api.group_register import (
    GroupEnd,
    GroupRegister,
    GroupRest,
    GroupSend,
    MyGroups,
)
from grid.api.interventions import Interventions, OneIntervention
from grid.api.leaders import (
    CancelLeaderLeave,
    EndLeaderTraining,
    Leaders,
    RecordLeaderLeave,
    RecordLeaderTraining,
    SetLeaderHours,
)
from grid.api.offers import CaseOffers, CaseUnmetNeeds, DecideUnmetNeed, GiveOffer, KeepOffer
from grid.api.placement import Judgements, Placements
from grid.api.places import GroupPlaces, LeaveSeries, LetPlaceGo
from grid.api.referrals import (
    AcceptGroupReferral,
    DeclineGroupReferral,
    GroupReferrals,
    WithdrawGroupReferral,
)
from grid.api.rooms import AddRoom, ChangeRoom, OpenRoomAgain, Rooms, ShutRoom
from grid.api.series import (
    OneSeries,
    SeriesCover,
    SeriesLeaders,
    SeriesList,
    SeriesMove,
    SeriesOff,
    SeriesPlan,
    SeriesSessionsOff,
)
from grid.api.timetables import (
    AskForTimetable,
    DropTimetable,
    OneTimetable,
    PublishTimetable,
    PutBackInTimetable,
    TakeOutOfTimetable,
    Timetables,
)
from grid.api.waiting import UnmetNeeds, WaitingListAPI, WaitingLists
from grid.api.weeks import CaseWeeks, Commitments, SaidOfPlace, TakeBackCommitment

WEEK = "cases/<crn:crn>/when-they-can-come/"
WEEK_ADDRESSES = [
    path(WEEK, CaseWeeks.as_view(), name="api-case-week"),
    path(f"{WEEK}tied-to/", Commitments.as_view(), name="api-commitments"),
    path(
        f"{WEEK}tied-to/<int:commitment>/take-back/",
        TakeBackCommitment.as_view(),
        name="api-take-back-commitment",
    ),
    path(f"{WEEK}places/<int:place>/", SaidOfPlace.as_view(), name="api-said-of-place"),
]
GROUP_REFERRALS = "cases/<crn:crn>/interventions/referrals/"
REFERRALS_OF_GROUPS = [
    path(GROUP_REFERRALS, GroupReferrals.as_view(), name="api-group-referrals"),
    *(
        path(
            f"{GROUP_REFERRALS}<int:group_referral>/{name}/",
            step.as_view(),
            name=f"api-group-referral-{name}",
        )
        for name, step in {
            "accept": AcceptGroupReferral,
            "decline": DeclineGroupReferral,
            "withdraw": WithdrawGroupReferral,
        }.items()
    ),
]
REGISTER = "groups/sessions/<int:group_session>/register/"
REGISTER_ADDRESSES = [
    path("groups/mine/", MyGroups.as_view(), name="api-my-groups"),
    path(REGISTER, GroupRegister.as_view(), name="api-group-register"),
    path(f"{REGISTER}rest/", GroupRest.as_view(), name="api-group-register-rest"),
    path(f"{REGISTER}end/", GroupEnd.as_view(), name="api-group-register-end"),
    path(f"{REGISTER}send/", GroupSend.as_view(), name="api-group-register-send"),
]
ROOM_ADDRESSES = [
    path("groups/rooms/", Rooms.as_view(), name="api-rooms"),
    path("groups/rooms/add/", AddRoom.as_view(), name="api-add-room"),
    path("groups/rooms/<int:room>/", ChangeRoom.as_view(), name="api-change-room"),
    path("groups/rooms/<int:room>/shut/", ShutRoom.as_view(), name="api-shut-room"),
    path("groups/rooms/shut/<int:shut>/open/", OpenRoomAgain.as_view(), name="api-open-room-again"),
]
LEADER_ADDRESSES = [
    path("groups/leaders/", Leaders.as_view(), name="api-leaders"),
    path(
        "groups/leaders/training/",
        RecordLeaderTraining.as_view(),
        name="api-record-leader-training",
    ),
    path(
        "groups/leaders/training/<int:leader_training>/",
        EndLeaderTraining.as_view(),
        name="api-end-leader-training",
    ),
    path("groups/leaders/<int:leader>/hours/", SetLeaderHours.as_view(), name="api-leader-hours"),
    path(
        "groups/leaders/<int:leader>/away/",
        RecordLeaderLeave.as_view(),
        name="api-record-leader-leave",
    ),
    path(
        "groups/leaders/away/<int:absence>/cancel/",
        CancelLeaderLeave.as_view(),
        name="api-cancel-leader-leave",
    ),
]
PLACES = "cases/<crn:crn>/interventions/"
WAITING = [  # before one intervention, whose address holds any word
    path("interventions/waiting/", WaitingLists.as_view(), name="api-waiting-lists"),
    path("interventions/unmet/", UnmetNeeds.as_view(), name="api-unmet-needs"),
    path(
        "interventions/<slug:intervention>/waiting/",
        WaitingListAPI.as_view(),
        name="api-waiting-list",
    ),
    path(f"{PLACES}places/", CaseOffers.as_view(), name="api-case-offers"),
    path(f"{PLACES}places/had/", GroupPlaces.as_view(), name="api-group-places"),
    path(
        f"{PLACES}places/<int:series_place>/leave/",
        LeaveSeries.as_view(),
        name="api-leave-series",
    ),
    path(
        f"{PLACES}places/<int:series_place>/let-go/",
        LetPlaceGo.as_view(),
        name="api-let-place-go",
    ),
    path(f"{PLACES}places/keep/", KeepOffer.as_view(), name="api-keep-offer"),
    path(f"{PLACES}places/give/", GiveOffer.as_view(), name="api-give-offer"),
    path(f"{PLACES}unmet/", CaseUnmetNeeds.as_view(), name="api-case-unmet-needs"),
    path(f"{PLACES}unmet/decide/", DecideUnmetNeed.as_view(), name="api-decide-unmet-need"),
]
SERIES_ADDRESSES = [
    path("groups/", SeriesList.as_view(), name="api-groups"),
    path("groups/plan/", SeriesPlan.as_view(), name="api-plan-series"),
    path("groups/<int:series>/", OneSeries.as_view(), name="api-series"),
    path("groups/<int:series>/leaders/", SeriesLeaders.as_view(), name="api-series-leaders"),
    path(
        "groups/<int:series>/call-off-sessions/",
        SeriesSessionsOff.as_view(),
        name="api-call-off-group-sessions",
    ),
    path("groups/<int:series>/call-off/", SeriesOff.as_view(), name="api-call-off-series"),
    path(
        "groups/sessions/<int:series_session>/move/",
        SeriesMove.as_view(),
        name="api-move-group-session",
    ),
    path(
        "groups/sessions/<int:series_session>/cover/",
        SeriesCover.as_view(),
        name="api-cover-group-session",
    ),
]
QUARTER = "groups/quarters/<int:quarter>/"
PROPOSED = "groups/quarters/series/<int:proposed_series>/"
QUARTER_ADDRESSES = [
    path("groups/quarters/", Timetables.as_view(), name="api-quarters"),
    path("groups/quarters/ask/", AskForTimetable.as_view(), name="api-ask-for-quarter"),
    path(QUARTER, OneTimetable.as_view(), name="api-quarter"),
    path(f"{QUARTER}publish/", PublishTimetable.as_view(), name="api-publish-quarter"),
    path(f"{QUARTER}give-up/", DropTimetable.as_view(), name="api-drop-quarter"),
    path(f"{PROPOSED}take-out/", TakeOutOfTimetable.as_view(), name="api-take-out-of-quarter"),
    path(f"{PROPOSED}put-back/", PutBackInTimetable.as_view(), name="api-put-back-in-quarter"),
]
ADDRESSES = [
    *QUARTER_ADDRESSES,
    *SERIES_ADDRESSES,
    *REFERRALS_OF_GROUPS,
    *WAITING,
    *ROOM_ADDRESSES,
    *LEADER_ADDRESSES,
    *WEEK_ADDRESSES,
    *REGISTER_ADDRESSES,
    path("interventions/", Interventions.as_view(), name="api-interventions"),
    path(
        "interventions/<slug:intervention>/demand/",
        InterventionDemand.as_view(),
        name="api-demand",
    ),
    path("interventions/<slug:intervention>/", OneIntervention.as_view(), name="api-intervention"),
    path(
        "cases/<crn:crn>/interventions/",
        CaseInterventionList.as_view(),
        name="api-case-interventions",
    ),
    path("cases/<crn:crn>/placements/", Placements.as_view(), name="api-placements"),
    path("cases/<crn:crn>/judgements/", Judgements.as_view(), name="api-judgements"),
    path("cases/<crn:crn>/escalations/", Escalations.as_view(), name="api-escalations"),
    *(
        path(f"cases/<crn:crn>/escalation/{name}/", step.as_view(), name=f"api-escalation-{name}")
        for name, step in STEPS.items()
    ),
]
