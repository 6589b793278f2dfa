"""The tables of what is read across: the table of contents."""

from oversight.models.officers import (
    ContractHours,
    HoursOff,
    OfficerInduction,
    TrainingDone,
    WorkloadWeek,
)
from oversight.models.sharing import SharingMove, SharingOfficer, SharingOut
from oversight.models.supervision import AgreedAction, Supervision
from oversight.models.views import SavedView, WeeklyFigures

__all__ = [
    "AgreedAction",
    "ContractHours",
    "HoursOff",
    "OfficerInduction",
    "SavedView",
    "SharingMove",
    "SharingOfficer",
    "SharingOut",
    "Supervision",
    "TrainingDone",
    "WeeklyFigures",
    "WorkloadWeek",
]
