"""The tables of the GRID and of interventions: the table of contents."""

from grid.models.escalation import Escalation, EscalationStep
from grid.models.placement import Judgement, Placement
from grid.models.referrals import Referral, UnmetNeed
from grid.models.rooms import LeaderHours, LeaderTraining, Room, RoomShut
from grid.models.series import (
    GroupAttendance,
    Series,
    SeriesPlace,
    SeriesSession,
    SessionLeader,
)
from grid.models.timetables import Timetable, TimetablePlace, TimetableSeries
from grid.models.weeks import Commitment, FreeTime, PlaceSaid, SaidWeek

__all__ = [
    "Commitment",
    "Escalation",
    "EscalationStep",
    "FreeTime",
    "GroupAttendance",
    "Judgement",
    "LeaderHours",
    "LeaderTraining",
    "Placement",
    "PlaceSaid",
    "Referral",
    "Room",
    "RoomShut",
    "SaidWeek",
    "Series",
    "SeriesPlace",
    "SeriesSession",
    "SessionLeader",
    "Timetable",
    "TimetablePlace",
    "TimetableSeries",
    "UnmetNeed",
]
