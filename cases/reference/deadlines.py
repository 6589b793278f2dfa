"""Every kind of deadline the system keeps: how it falls due, whose it is, who hears when it is late.

Sources: published CRC service levels ("contract"), law, and dated local policy ("default"). The
kinds of every app stand together here, so that one table answers what is owed on a case.
"""

from dataclasses import dataclass
from enum import StrEnum, auto

from staff.permissions import Role


class Unit(StrEnum):
    DAYS = auto()
    WORKING_DAYS = auto()  # Monday to Friday less bank holidays of England and Wales


class Harm(StrEnum):
    """How bad it is to miss: the letters sort worst first."""

    PERSON = "a"  # somebody could be hurt
    SENTENCE = "b"  # the court's order is not carried out
    RECORD = "c"  # the record is late


@dataclass(frozen=True)
class Kind:
    """A kind of deadline. `ladder` is (working days late, who is told then), in rising order."""

    code: str
    title: str
    days: int  # after the trigger, which is day 0
    unit: Unit
    owner: Role
    harm: Harm
    source: str
    ladder: tuple[tuple[int, Role], ...] = ()


RO, SPO, HUB, HEAD = Role.OFFICER, Role.SPO, Role.HUB, Role.HEAD
WORKING = Unit.WORKING_DAYS

KINDS = {
    kind.code: kind
    for kind in (
        # Arrival
        Kind("name_officer", "Name a responsible officer", 1, WORKING, SPO, Harm.SENTENCE, "default", ((0, SPO), (2, HEAD))),
        Kind("first_appointment", "Arrange the first appointment", 5, WORKING, RO, Harm.SENTENCE, "contract SL001", ((0, SPO),)),
        Kind("first_appointment_licence", "Arrange the first appointment after release", 1, WORKING, RO, Harm.PERSON, "contract SL002", ((0, SPO),)),
        Kind("first_ten_days", "Read the record and write the initial risk note", 10, WORKING, RO, Harm.PERSON, "default", ((0, SPO),)),
        # Checks: the lengths come from the policy, these are its first values
        Kind("send_check", "Send the enquiry", 2, WORKING, RO, Harm.PERSON, "default"),
        Kind("chase_check", "Chase the reply", 5, WORKING, HUB, Harm.PERSON, "default"),
        Kind("analyse_check", "Read and analyse the reply", 2, WORKING, RO, Harm.PERSON, "default"),
        # While an enquiry is open: the first two lengths come from the policy on checks, or the plan itself
        Kind("interim_plan", "Write the interim plan", 10, WORKING, RO, Harm.PERSON, "default", ((0, SPO), (5, HEAD))),
        Kind("renew_interim_plan", "Renew the interim plan", 28, Unit.DAYS, RO, Harm.PERSON, "default", ((0, SPO), (5, HEAD))),
        Kind("agree_interim_plan", "Agree the interim plan", 2, WORKING, SPO, Harm.PERSON, "default", ((2, HEAD),)),
        # What came in, what was raised, and what is to be done about it
        Kind("read_information_today", "Read today what has come in", 0, Unit.DAYS, RO, Harm.PERSON, "default", ((0, SPO), (1, HEAD))),
        Kind("read_information", "Read what has come in", 2, WORKING, RO, Harm.PERSON, "default", ((0, SPO),)),
        Kind("assess_after_raise", "Assess in full what was raised", 10, WORKING, RO, Harm.PERSON, "default", ((0, SPO), (5, HEAD))),
        Kind("plan_action", "Do what the plan says", 28, Unit.DAYS, RO, Harm.PERSON, "default", ((0, SPO),)),
        # Assessment and plan
        Kind("countersign_assessment", "Read and countersign the assessment", 2, WORKING, SPO, Harm.PERSON, "default", ((2, HEAD),)),
        Kind("put_assessment_right", "Put the assessment right and sign it again", 2, WORKING, RO, Harm.PERSON, "default", ((0, SPO),)),
        Kind("make_plan", "Make the plan with the person, and sign it", 15, WORKING, RO, Harm.SENTENCE, "contract SL003", ((0, SPO),)),
        Kind("book_replacement", "Book what takes the place of a route taken away", 10, WORKING, SPO, Harm.SENTENCE, "default", ((0, SPO), (5, HEAD))),
        # Overrides: the length of the second is the override's own
        Kind("decide_override", "Decide a request to go ahead", 1, WORKING, SPO, Harm.PERSON, "default", ((1, HEAD),)),
        Kind("close_override", "Close or renew what was approved", 7, Unit.DAYS, SPO, Harm.PERSON, "default", ((1, HEAD),)),
        Kind("read_override", "Read an override that was approved", 5, WORKING, HEAD, Harm.RECORD, "default"),
        # Appointments: of a month, and of what interrupts it, the lengths are the work's own
        Kind("monthly_contact", "Offer a face-to-face appointment this month", 31, Unit.DAYS, RO, Harm.SENTENCE, "contract AK", ((0, SPO),)),
        Kind("log_outcome", "Say what came of the appointment", 1, WORKING, RO, Harm.SENTENCE, "default", ((2, SPO),)),
        Kind("call_same_day", "Ring them today and ask if they are safe", 0, Unit.DAYS, RO, Harm.PERSON, "default", ((0, SPO),)),
        Kind("offer_again", "Offer another appointment after a missed one", 5, WORKING, RO, Harm.SENTENCE, "contract AK", ((0, SPO),)),
        Kind("decide_absence", "Decide what a missed appointment comes to", 6, WORKING, RO, Harm.SENTENCE, "default", ((0, SPO),)),
        Kind("book_interpreter", "Book the interpreter", 2, WORKING, RO, Harm.SENTENCE, "default"),
        Kind("book_rar_day", "Book a rehabilitation activity day", 5, WORKING, RO, Harm.SENTENCE, "default", ((5, SPO),)),
        # Home visits
        Kind("home_visit", "Visit them at home", 15, WORKING, RO, Harm.PERSON, "default", ((0, SPO), (10, HEAD))),
        Kind("decide_visit_safety", "Decide how staff may visit", 2, WORKING, SPO, Harm.PERSON, "default", ((2, HEAD),)),
        # Reviews: by date the length is that of the GRID group; an event allows its own
        Kind("review_case", "Review the case", 182, Unit.DAYS, RO, Harm.SENTENCE, "default", ((0, SPO), (10, HEAD))),
        Kind("review_event", "Review what has happened", 10, WORKING, RO, Harm.PERSON, "default", ((0, SPO), (5, HEAD))),
        Kind("countersign_review", "Read and countersign the review", 2, WORKING, SPO, Harm.PERSON, "default", ((2, HEAD),)),
        Kind("put_review_right", "Put the review right and sign it again", 2, WORKING, RO, Harm.PERSON, "default", ((0, SPO),)),
        Kind("read_hollow_review", "Read a review that recorded no change", 5, WORKING, SPO, Harm.PERSON, "default", ((5, HEAD),)),
        # What an audit recommended
        Kind("answer_recommendation", "Accept or contest what an audit recommends", 5, WORKING, RO, Harm.RECORD, "default", ((0, SPO),)),
        Kind("do_recommendation", "Do what an audit recommends, and show the change", 15, WORKING, RO, Harm.RECORD, "default", ((0, SPO), (10, HEAD))),
        Kind("decide_contest", "Decide a contested recommendation", 5, WORKING, HEAD, Harm.RECORD, "default"),
        # The GRID
        Kind("place_person", "Place in the GRID", 5, WORKING, RO, Harm.SENTENCE, "default", ((0, SPO),)),
        Kind("escalate_risk", "Refer the risk to the NPS", 1, WORKING, RO, Harm.PERSON, "default", ((0, SPO), (1, HEAD))),
        Kind("decide_lowering", "Decide a request to lower a placement", 2, WORKING, SPO, Harm.RECORD, "default"),
    )
}  # fmt: skip

# Whose length another policy, or the work itself, sets: not the policy on clocks
SET_ELSEWHERE = frozenset(
    {
        "interim_plan",
        "renew_interim_plan",
        "read_information_today",
        "plan_action",
        "book_replacement",
        "close_override",
        "monthly_contact",
        "call_same_day",
        "book_interpreter",
        "review_case",
    }
)
CHECK_KINDS = ("send_check", "chase_check", "analyse_check")
ABOUT = (  # what of a case a deadline may be about, where that is one thing of several
    "enquiry",
    "reading",
    "action",
    "override",
    "route",
    "appointment",
    "review",
    "recommendation",
)
