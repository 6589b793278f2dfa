"""The tables of supervision: the table of contents."""

from cases.models.access import Assignment, Limit, Named, Notice
from cases.models.agencies import Agency, Message
from cases.models.appointments import (
    Appointment,
    ComplianceDecision,
    OpeningHours,
    OutcomeCorrection,
    Place,
    RarActivity,
)
from cases.models.assessments import Assessment, AssessmentReturn, PotentialVictim
from cases.models.case import Case, Standing
from cases.models.checks import Enquiry, EnquiryStep, Subject
from cases.models.contacts import Contact
from cases.models.cover import Absence
from cases.models.deadlines import Deadline, Flag
from cases.models.documents import Document, DocumentContent
from cases.models.history import (
    Allocation,
    ImportedAssessment,
    Intervention,
    Predictor,
    Registration,
)
from cases.models.imports import CodeToReview, ImportRun, Issue, Reject, Unmapped
from cases.models.information import Information, NonAssociation, Reading
from cases.models.jobs import JobRun
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
from cases.models.reviews import Recommendation, Review, ReviewedEvent
from cases.models.search import Search
from cases.models.sentence import LicenceCondition, Offence, Requirement, Sentence
from cases.models.sentence_plans import (
    Contingency,
    Delivery,
    Objective,
    Plan,
    PlanCopy,
    RouteDecision,
)
from cases.models.visits import HomeVisit, VisitSafety

__all__ = [
    "Absence",
    "Address",
    "Agency",
    "Allocation",
    "Appointment",
    "Assessment",
    "AssessmentReturn",
    "Assignment",
    "Case",
    "Circumstance",
    "CodeToReview",
    "ComplianceDecision",
    "Contact",
    "Contingency",
    "Deadline",
    "Delivery",
    "Disability",
    "Document",
    "DocumentContent",
    "Enquiry",
    "EnquiryStep",
    "Flag",
    "HomeVisit",
    "Identifier",
    "ImportRun",
    "ImportedAssessment",
    "Information",
    "InterimPlan",
    "Intervention",
    "Issue",
    "JobRun",
    "LicenceCondition",
    "Limit",
    "Message",
    "Named",
    "NonAssociation",
    "Notice",
    "Objective",
    "Offence",
    "OpeningHours",
    "OtherName",
    "OutcomeCorrection",
    "Override",
    "Person",
    "Place",
    "Plan",
    "PlanAction",
    "PlanCopy",
    "Policy",
    "PotentialVictim",
    "Predictor",
    "Raise",
    "RarActivity",
    "RarEnough",
    "Reachable",
    "Reading",
    "Recommendation",
    "ReferenceCode",
    "Registration",
    "Reject",
    "RelatedPerson",
    "ReplyInHand",
    "Requirement",
    "Review",
    "ReviewedEvent",
    "RouteDecision",
    "Search",
    "Sentence",
    "Standing",
    "Subject",
    "Unmapped",
    "VisitSafety",
]
