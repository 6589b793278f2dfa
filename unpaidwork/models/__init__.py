"""The tables of unpaid work: the table of contents."""

from unpaidwork.models.on_site import Incident, SiteWatch, Sync
from unpaidwork.models.projects import (
    Availability,
    Beneficiary,
    Neighbour,
    PickUp,
    Project,
    Route,
    SiteCheck,
    Stop,
)
from unpaidwork.models.risk import Instruction, WorkRisk
from unpaidwork.models.sessions import (
    Acknowledgement,
    Attendance,
    WorkAllocation,
    WorkSession,
)
from unpaidwork.models.work import Adjustment, Course, Work, WorkReview

__all__ = [
    "Acknowledgement",
    "Adjustment",
    "Attendance",
    "Availability",
    "Beneficiary",
    "Course",
    "Incident",
    "Instruction",
    "Neighbour",
    "PickUp",
    "Project",
    "Route",
    "SiteCheck",
    "SiteWatch",
    "Stop",
    "Sync",
    "Work",
    "WorkAllocation",
    "WorkReview",
    "WorkRisk",
    "WorkSession",
]
