"""Makes the demonstration caseload: plans each person, writes what follows from the plan, keeps the truth."""

from collections import Counter

from django.db import transaction

from cases.management.demo import (
    acting,
    agencies,
    assess_rows,
    assess_when,
    assessing,
    checks,
    coming_in,
    contacts,
    desk,
    enquiry_rows,
    history,
    interim,
    life,
    loop_rows,
    offices,
    overriding,
    owed,
    people,
    person_rows,
    points,
    registers,
    sentence_planning,
    sentences,
    signins,
)
from cases.management.demo.limits import ISSUES, issues_of, limit_of
from cases.management.demo.planning import Dealer
from cases.management.demo.reviewing import ReviewDealer
from cases.management.demo.staffing import StaffRows
from cases.management.demo.stories import STORIES
from cases.management.demo.story_plans import plan_story
from cases.management.demo.truth import Truth
from cases.management.demo.workforce import Workforce
from cases.management.demo.writing import Book
from cases.models import (
    Address,
    Allocation,
    Appointment,
    Assessment,
    AssessmentReturn,
    Assignment,
    Case,
    Circumstance,
    ComplianceDecision,
    Contact,
    Contingency,
    Deadline,
    Delivery,
    Disability,
    Document,
    DocumentContent,
    Enquiry,
    EnquiryStep,
    HomeVisit,
    Identifier,
    ImportedAssessment,
    Information,
    InterimPlan,
    LicenceCondition,
    Message,
    NonAssociation,
    Notice,
    Objective,
    Offence,
    OtherName,
    Override,
    Person,
    Plan,
    PlanAction,
    PotentialVictim,
    Predictor,
    Raise,
    RarActivity,
    RarEnough,
    Reachable,
    Reading,
    Registration,
    RelatedPerson,
    Requirement,
    RouteDecision,
    Sentence,
    Subject,
    VisitSafety,
)
from cases.services.issues import set_issues
from cases.services.limited_access import limit_cases
from cases.services.names import key_names
from staff.audit import record
from staff.permissions import Role

# What is pointed at comes before what points at it
TABLES = (
    Case, Person, OtherName, Identifier, Reachable, Address, Disability, Circumstance, RelatedPerson,
    Allocation, Assignment, Sentence, Offence, Requirement, LicenceCondition,
    Registration, Predictor, ImportedAssessment, RarActivity, RarEnough, Contact, Appointment, Message, ComplianceDecision, VisitSafety, HomeVisit, Enquiry, Document, DocumentContent, Subject,
    EnquiryStep, Raise, Information, Reading, Notice, NonAssociation, InterimPlan, InterimPlan.enquiries.through,
    Assessment, AssessmentReturn, PotentialVictim, Plan, Objective, Contingency, Delivery, PlanAction, Override,
    RouteDecision, Deadline,
)  # fmt: skip


@transaction.atomic
def make_caseload(*, number, seed, today, tell):
    """Write the whole caseload or none of it; gives what was planted and how many rows of each table.

    `tell` is called with the number of people done so far.
    """
    maker = Maker(number, seed, today)
    for done in range(number):
        maker.make(done)
        tell(done + 1)
    maker.finish()
    record(by=None, action=signins.MADE, people=number, seed=seed, today=today.isoformat())
    return maker.truth.told(), maker.book.rows()


class Maker:
    """One after another: planned whole, written as planned, and told to the ground truth."""

    def __init__(self, number, seed, today):
        self.today, self.seed = today, seed
        self.limits, self.issues = [], {}
        self.workforce = Workforce(number, seed)
        self.staff_rows = StaffRows(self.workforce, today)
        self.agency_ids = agencies.write_book()
        self.places = offices.write_places(self.staff_rows, self.workforce)
        self.stories, self.latest = {}, {}  # plans by CRN, and by team
        self.dealer = Dealer(number, seed, today, self.workforce)
        self.truth = Truth(number, seed, today, self.workforce)
        self.book = Book(TABLES)
        self.reviews = ReviewDealer(today)
        self.clerks = self.workforce.of_role(Role.HUB)
        self.first_override = self.book.Override.next_id
        self.head = self.workforce.sign_in(Role.HEAD)
        self.approved: Counter[tuple] = Counter()  # overrides, of each team in each month

    def make(self, number):
        plan = self._plan(number)
        history.plan_history(plan, self.today)
        self._write(plan)
        self.reviews.deal(plan)
        life.settle(plan, self.workforce, self.today)
        self.truth.learn(plan)
        self._learn_what_is_left(plan)

    def _plan(self, number):
        if number < len(STORIES):
            plan = plan_story(number, self.seed, self.today, self.workforce, self.stories)
            self.stories[plan.crn] = plan
            return plan
        plan, today = self.dealer.deal(number), self.today
        registers.plan_registers(plan, today)
        people.plan_people(plan, today)
        checks.plan_checks(plan, today)
        acting.plan_raises(plan, today)
        acting.plan_actions(plan, today)
        team = plan.team.code if plan.team else ""
        coming_in.plan_information(plan, today, self.latest.get(team))
        assess_when.decide(plan, today)
        interim.plan_interims(plan, today)
        owed.plan_deadlines(plan, today)
        if plan.officer and plan.ours and not plan.limit:
            self.latest[team] = plan
        return plan

    def finish(self):
        """What is written through the services, once everybody is there."""
        self.book.close()
        key_names()
        points.write_points()
        desk.write_absences(self.workforce, self.today)
        desk.write_replies_in_hand(self.workforce, self.seed, self.today)
        limit_cases(limits=self.limits, by=None)
        set_issues(
            found=self.issues,
            kinds=sorted({kind for _, kind in self.issues}),
            case_ids=[case for case, _ in self.issues],
            today=self.today,
        )

    def _learn_what_is_left(self, plan):
        """Limits on access and data quality: few, so they go through the services."""
        if plan.limit:
            self.limits.append(limit_of(plan, self.workforce))
        for kind in issues_of(plan):
            self.issues[plan.case_id, kind] = ISSUES[kind]

    def _write(self, plan):
        book, today = self.book, self.today
        person_rows.write_case(book, plan, self.staff_rows)
        person_rows.write_person(book, plan, today)
        sentences.write_sentences(book, plan, today)
        registers.write_registers(book, plan)
        history.write_history(book, plan, self.workforce, self.staff_rows, today)
        clerk = self.clerks[plan.number % len(self.clerks)]
        enquiry_rows.write_enquiries(book, plan, clerk, self.agency_ids)
        loop_rows.write_loop(book, plan, clerk)
        enquiry_rows.write_deadlines(book, plan)
        contacts.write_contacts(book, plan, today, self.places)
        self._assess(plan)
        book.flush_when_full()

    def _assess(self, plan):
        """Once it is written what is known of the past, and by which keys."""
        book, today = self.book, self.today
        assessing.plan_assessment(plan, today, number=book.Override.next_id)
        assess_rows.write_assessments(book, plan)
        sentence_planning.plan_sentence_plan(plan, today)
        sentence_planning.owe_plan(plan)
        overriding.plan_overrides(
            plan,
            today,
            number=book.Override.next_id - self.first_override,
            approved=self.approved,
            head=self.head,
        )
        overriding.plan_routes(plan, today)
        assess_rows.write_planning(book, plan, self.head.user_id)
