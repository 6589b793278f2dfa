"""The tables of supervision: the table of contents."""

from cases.models.access import Assignment, Limit, Named, Notice
from cases.models.case import Case, Standing
from cases.models.checks import Enquiry, EnquiryStep, Subject
from cases.models.contacts import Contact
from cases.models.deadlines import Deadline, Flag
from cases.models.history import (
    Allocation,
    ImportedAssessment,
    Intervention,
    Predictor,
    Registration,
)
from cases.models.imports import CodeToReview, ImportRun, Issue, Reject, Unmapped
from cases.models.jobs import JobRun
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
from cases.models.policy import Policy, ReferenceCode
from cases.models.search import Search
from cases.models.sentence import LicenceCondition, Offence, Requirement, Sentence

__all__ = [
    "Address",
    "Allocation",
    "Assignment",
    "Case",
    "Circumstance",
    "CodeToReview",
    "Contact",
    "Deadline",
    "Disability",
    "Enquiry",
    "EnquiryStep",
    "Flag",
    "Identifier",
    "ImportRun",
    "ImportedAssessment",
    "Intervention",
    "Issue",
    "JobRun",
    "LicenceCondition",
    "Limit",
    "Named",
    "Notice",
    "Offence",
    "OtherName",
    "Person",
    "Policy",
    "Predictor",
    "Reachable",
    "ReferenceCode",
    "Registration",
    "Reject",
    "RelatedPerson",
    "Requirement",
    "Search",
    "Sentence",
    "Standing",
    "Subject",
    "Unmapped",
    "Assignment",
]
