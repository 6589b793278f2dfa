"""Makes the demonstration caseload: plans each person, writes what follows from the plan, keeps the truth."""

from django.db import transaction

from cases.management.demo import people, registers, sentences, signins
from cases.management.demo.planning import Dealer
from cases.management.demo.staffing import StaffRows
from cases.management.demo.workforce import Workforce
from cases.management.demo.writing import Book
from cases.models import (
    Address,
    Allocation,
    Assignment,
    Case,
    Circumstance,
    Contact,
    Deadline,
    Disability,
    Enquiry,
    EnquiryStep,
    Identifier,
    ImportedAssessment,
    Issue,
    LicenceCondition,
    Limit,
    Named,
    Offence,
    OtherName,
    Person,
    Predictor,
    Reachable,
    Registration,
    RelatedPerson,
    Requirement,
    Sentence,
    Subject,
)
from staff.audit import record

# What is pointed at comes before what points at it
TABLES = (
    Case, Person, OtherName, Identifier, Reachable, Address, Disability, Circumstance, RelatedPerson,
    Allocation, Assignment, Limit, Named, Issue, Sentence, Offence, Requirement, LicenceCondition,
    Registration, Predictor, ImportedAssessment, Contact, Enquiry, Subject, EnquiryStep, Deadline,
)  # fmt: skip


@transaction.atomic
def make_caseload(*, number, seed, today, tell):
    """Write the whole caseload or none of it. `tell` is called with each number of people done."""
    workforce = Workforce(number, seed)
    staff_rows = StaffRows(workforce, today)
    dealer = Dealer(number, seed, today, workforce)
    book = Book(TABLES)
    for done in range(number):
        plan = dealer.deal(done)
        registers.plan_registers(plan, today)
        people.plan_people(plan, today)
        people.write_case(book, plan, staff_rows)
        people.write_person(book, plan, today)
        sentences.write_sentences(book, plan, today)
        registers.write_registers(book, plan)
        book.flush_when_full()
        tell(done + 1)
    book.close()
    record(by=None, action=signins.MADE, people=number, seed=seed, today=today.isoformat())
    return {}, book.rows()
