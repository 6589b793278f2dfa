"""The tables of supervision: the table of contents."""

from cases.models.access import Assignment, Limit, Named, Notice
from cases.models.agencies import Agency, Message
from cases.models.agency_meetings import AgencyMeeting
from cases.models.appointments import (
    Appointment,
    ComplianceDecision,
    OpeningHours,
    OutcomeCorrection,
    Place,
    RarActivity,
)
from cases.models.assessments import Assessment, AssessmentReturn, PotentialVictim
from cases.models.breaches import (
    Amendment,
    Breach,
    BreachStep,
    Hearing,
    Recall,
    RecallStep,
    Reengagement,
)
from cases.models.case import Case, Standing
from cases.models.checks import Enquiry, EnquiryStep, Subject
from cases.models.contacts import Contact
from cases.models.courts import CourtRequest
from cases.models.cover import Absence
from cases.models.deadlines import Deadline, Flag
from cases.models.documents import Document, DocumentContent
from cases.models.duty import DutyTurn, Fare, WalkIn
from cases.models.failures import ComplianceWarning, Failure, Letter
from cases.models.history import (
    Allocation,
    ImportedAssessment,
    Intervention,
    Predictor,
    Registration,
)
from cases.models.holding import Departure, Giving, Transfer
from cases.models.home_office import HomeOffice, Travel
from cases.models.hub import Claim, HubQuestion
from cases.models.imports import CodeToReview, ImportRun, Issue, Reject, Unmapped
from cases.models.information import Information, NonAssociation, Reading
from cases.models.jobs import JobRun
from cases.models.life import Arrival, Death, Ending, Induction, Pause, Whereabouts
from cases.models.names import NameKey, NameWord
from cases.models.overrides import Override
from cases.models.person import (
    Address,
    Circumstance,
    Disability,
    Identifier,
    OtherName,
    Person,
    Reachable,
    RelatedPerson,
)
from cases.models.plans import InterimPlan, PlanAction
from cases.models.policy import Policy, ReferenceCode
from cases.models.raises import Raise
from cases.models.rar import RarEnough
from cases.models.replies import ReplyInHand
from cases.models.restrictions import PostcodePoint, RestrictedArea, Restriction
from cases.models.reviews import Recommendation, Review, ReviewedEvent
from cases.models.search import Search
from cases.models.senior_actions import SeniorAction
from cases.models.sentence import LicenceCondition, Offence, Requirement, Sentence
from cases.models.sentence_plans import (
    Contingency,
    Delivery,
    Objective,
    Plan,
    PlanCopy,
    RouteDecision,
)
from cases.models.victim_liaison import VictimLiaison, VictimNotice
from cases.models.visits import HomeVisit, VisitSafety
from cases.models.worst_days import Complaint, FurtherOffence, WelfareCheck

__all__ = [
    "Absence",
    "Address",
    "Agency",
    "AgencyMeeting",
    "Allocation",
    "Amendment",
    "Appointment",
    "Arrival",
    "Assessment",
    "AssessmentReturn",
    "Assignment",
    "Breach",
    "BreachStep",
    "Case",
    "Circumstance",
    "Claim",
    "CodeToReview",
    "Complaint",
    "ComplianceDecision",
    "ComplianceWarning",
    "Contact",
    "Contingency",
    "CourtRequest",
    "Deadline",
    "Death",
    "Delivery",
    "Departure",
    "Disability",
    "Document",
    "DocumentContent",
    "DutyTurn",
    "Ending",
    "Enquiry",
    "EnquiryStep",
    "Failure",
    "Fare",
    "Flag",
    "FurtherOffence",
    "Giving",
    "Hearing",
    "HomeOffice",
    "HomeVisit",
    "HubQuestion",
    "Identifier",
    "ImportRun",
    "ImportedAssessment",
    "Induction",
    "Information",
    "InterimPlan",
    "Intervention",
    "Issue",
    "JobRun",
    "Letter",
    "LicenceCondition",
    "Limit",
    "Message",
    "NameKey",
    "NameWord",
    "Named",
    "NonAssociation",
    "Notice",
    "Objective",
    "Offence",
    "OpeningHours",
    "OtherName",
    "OutcomeCorrection",
    "Override",
    "Pause",
    "Person",
    "Place",
    "Plan",
    "PlanAction",
    "PlanCopy",
    "Policy",
    "PostcodePoint",
    "PotentialVictim",
    "Predictor",
    "Raise",
    "RarActivity",
    "RarEnough",
    "Reachable",
    "Reading",
    "Recall",
    "RecallStep",
    "Recommendation",
    "Reengagement",
    "ReferenceCode",
    "Registration",
    "Reject",
    "RelatedPerson",
    "ReplyInHand",
    "Requirement",
    "RestrictedArea",
    "Restriction",
    "Review",
    "ReviewedEvent",
    "RouteDecision",
    "Search",
    "SeniorAction",
    "Sentence",
    "Standing",
    "Subject",
    "Transfer",
    "Travel",
    "Unmapped",
    "VictimLiaison",
    "VictimNotice",
    "VisitSafety",
    "WalkIn",
    "WelfareCheck",
    "Whereabouts",
]
