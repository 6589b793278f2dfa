"""The tables of what is read across: the table of contents."""

from oversight.models.officers import (
    ContractHours,
    HoursOff,
    OfficerInduction,
    TrainingDone,
    WorkloadWeek,
)

__all__ = [
    "ContractHours",
    "HoursOff",
    "OfficerInduction",
    "TrainingDone",
    "WorkloadWeek",
]
