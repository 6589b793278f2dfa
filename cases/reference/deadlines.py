"""Every kind of deadline the system keeps: how it falls due, whose it is, who hears when it is late.

Sources: published CRC service levels ("contract"), law, and dated local policy ("default"). The
kinds of every app stand together here, so that one table answers what is owed on a case.
"""

from dataclasses import dataclass
from enum import StrEnum, auto

from staff.permissions import Action, Role


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


RO, SPO, HUB, HEAD, COORDINATOR = Role.OFFICER, Role.SPO, Role.HUB, Role.HEAD, Role.COORDINATOR
TTG = Role.RESETTLEMENT
WORKING = Unit.WORKING_DAYS

KINDS = {
    kind.code: kind
    for kind in (
        # Arrival
        Kind("name_officer", "Name a responsible officer", 1, WORKING, SPO, Harm.SENTENCE, "default", ((0, SPO), (2, HEAD))),
        Kind("first_appointment", "Arrange the first appointment", 5, WORKING, RO, Harm.SENTENCE, "contract SL001", ((0, SPO),)),
        Kind("first_appointment_licence", "Arrange the first appointment after release", 1, WORKING, RO, Harm.PERSON, "contract SL002", ((0, SPO),)),
        Kind("first_ten_days", "Read the record and write the initial risk note", 10, WORKING, RO, Harm.PERSON, "default", ((0, SPO),)),
        Kind("hold_induction", "Hold the induction", 10, WORKING, RO, Harm.SENTENCE, "default", ((0, SPO),)),
        # Changing hands
        Kind("answer_transfer", "Have the hand-over answered", 2, WORKING, SPO, Harm.PERSON, "default", ((0, SPO), (2, HEAD))),
        Kind("discuss_escalation", "Discuss the risk with a senior", 0, Unit.DAYS, SPO, Harm.PERSON, "default", ((0, SPO), (1, HEAD))),
        Kind("answer_escalation", "Get the NPS’s answer", 5, WORKING, RO, Harm.PERSON, "default", ((0, SPO), (3, HEAD))),
        Kind("send_what_was_asked", "Send the NPS what it asked for", 1, WORKING, RO, Harm.PERSON, "default", ((0, SPO), (1, HEAD))),
        Kind("answer_rejection", "Challenge the NPS’s answer, or change the plan", 2, WORKING, RO, Harm.PERSON, "default", ((0, SPO), (2, HEAD))),
        Kind("hand_over_to_nps", "Hand the case over to a named NPS officer", 5, WORKING, RO, Harm.PERSON, "default", ((0, SPO), (5, HEAD))),
        # Standing still, and coming back: the length of the first is the policy's month
        Kind("ask_whereabouts", "Ask the police where they are", 31, Unit.DAYS, RO, Harm.PERSON, "default", ((0, SPO), (10, HEAD))),
        Kind("see_again", "See them now that they are back", 2, WORKING, RO, Harm.PERSON, "default", ((0, SPO),)),
        # The duty desk, the court, and meetings of agencies: of a report and of whoever travels the lengths are the work's own
        Kind("see_walk_in", "See whoever has walked in", 0, Unit.DAYS, RO, Harm.PERSON, "default", ((0, SPO),)),
        Kind("answer_court", "Answer the court", 0, Unit.DAYS, RO, Harm.SENTENCE, "default", ((0, SPO),)),
        Kind("send_meeting_report", "Send our report to the meeting", 1, WORKING, RO, Harm.PERSON, "default", ((0, SPO),)),
        Kind("say_of_meeting", "Say what the meeting decided, and what we are to do", 2, WORKING, RO, Harm.PERSON, "default", ((0, SPO),)),
        Kind("get_minutes", "Get the minutes of the meeting", 20, WORKING, HUB, Harm.RECORD, "default"),
        # Victims, the Home Office, and whoever might harm themselves
        Kind("tell_victim_liaison", "Tell the victim liaison officer", 1, WORKING, RO, Harm.PERSON, "default", ((0, SPO), (1, HEAD))),
        Kind("ask_welfare", "Ask whether they think of harming themselves", 1, WORKING, RO, Harm.PERSON, "default", ((0, SPO),)),
        Kind("ask_home_office", "Ask the Home Office how they stand", 5, WORKING, RO, Harm.SENTENCE, "default"),
        Kind("decide_travel", "Decide a request to travel", 2, WORKING, SPO, Harm.SENTENCE, "default"),
        Kind("see_back", "See that they are back from abroad", 1, WORKING, RO, Harm.SENTENCE, "default", ((0, SPO),)),
        # Worst days
        Kind("notify_further_offence", "Notify the serious further offence", 10, WORKING, SPO, Harm.RECORD, "default", ((0, HEAD),)),
        Kind("review_further_offence", "Hand in the review of the serious further offence", 91, Unit.DAYS, SPO, Harm.RECORD, "default", ((0, HEAD),)),
        Kind("acknowledge_complaint", "Acknowledge the complaint", 5, WORKING, SPO, Harm.RECORD, "default", ((0, HEAD),)),
        Kind("answer_complaint", "Answer the complaint", 20, WORKING, SPO, Harm.RECORD, "default", ((0, HEAD),)),
        # The end
        Kind("end_case", "Bring the case to its end", 42, Unit.DAYS, RO, Harm.SENTENCE, "default", ((0, SPO),)),
        Kind("propose_early_end", "Decide whether to propose an early end for good progress", 20, WORKING, RO, Harm.RECORD, "default"),
        Kind("tell_of_death", "Tell whoever must hear of a death", 1, WORKING, SPO, Harm.PERSON, "default", ((1, HEAD),)),
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
        # Enforcement: for the hub unless only the officer or a senior can; `lay_breach` and `answer_hub` have days of the work's own
        Kind("answer_failure", "Answer the failure: warn them, or refer it", 2, WORKING, RO, Harm.SENTENCE, "default", ((0, SPO),)),
        Kind("send_letter", "Send the letter", 2, WORKING, HUB, Harm.SENTENCE, "default", ((0, SPO), (3, HEAD))),
        Kind("mend_letter", "See to a letter that came back", 1, WORKING, RO, Harm.SENTENCE, "default", ((0, SPO),)),
        Kind("answer_hub", "Answer what the hub asks", 0, Unit.DAYS, RO, Harm.SENTENCE, "default", ((0, SPO),)),
        Kind("submit_breach", "Send the breach pack to the NPS", 8, WORKING, HUB, Harm.SENTENCE, "contract AE", ((0, SPO), (2, HEAD))),
        Kind("answer_nps", "Send the NPS what it asks for of the breach", 2, WORKING, HUB, Harm.SENTENCE, "default", ((0, SPO),)),
        Kind("get_breach_answer", "Get the NPS’s answer to the breach pack", 2, WORKING, HUB, Harm.RECORD, "contract SL15", ((2, SPO),)),
        Kind("amend_breach", "Send the amended breach report", 1, WORKING, HUB, Harm.SENTENCE, "default", ((0, SPO),)),
        Kind("see_amendment", "Read what was changed in the breach report", 2, WORKING, RO, Harm.RECORD, "default"),
        Kind("lay_breach", "Have the breach laid before the order ends", 30, Unit.DAYS, RO, Harm.SENTENCE, "law", ((0, SPO), (1, HEAD))),
        Kind("say_hearing", "Say what the court decided", 1, WORKING, HUB, Harm.SENTENCE, "default", ((2, SPO),)),
        Kind("read_withdrawn_breach", "Read why a breach was withdrawn", 5, WORKING, SPO, Harm.RECORD, "default", ((0, HEAD),)),
        Kind("win_back", "Agree the next contact now that a breach or a recall has begun", 2, WORKING, RO, Harm.PERSON, "default", ((0, SPO),)),
        Kind("decide_again", "Decide again where what it rested on was withdrawn", 1, WORKING, RO, Harm.SENTENCE, "default", ((0, SPO),)),
        Kind("write_part_a", "Complete Part A of the recall", 1, Unit.DAYS, RO, Harm.PERSON, "default", ((0, SPO), (1, HEAD))),
        Kind("countersign_recall", "Countersign the recall", 0, Unit.DAYS, SPO, Harm.PERSON, "default", ((0, HEAD),)),
        Kind("send_recall", "Send the recall to the NPS", 1, Unit.DAYS, HUB, Harm.PERSON, "default", ((0, SPO), (1, HEAD))),
        Kind("get_recall_answer", "Get the answer to the recall", 1, WORKING, HUB, Harm.PERSON, "default", ((0, SPO),)),
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
        # What a senior asked for, by a day of the senior's own
        Kind("do_senior_action", "Do what your senior asks for", 14, Unit.DAYS, RO, Harm.SENTENCE, "default", ((0, SPO),)),
        # Restrictions and unpaid work
        Kind("see_order_terms", "See the terms of the court's order", 2, WORKING, RO, Harm.PERSON, "default", ((0, SPO), (5, HEAD))),
        Kind("assess_work_risk", "Assess the risk of unpaid work", 5, WORKING, RO, Harm.PERSON, "default", ((0, SPO),)),
        Kind("renew_work_risk", "Bring the risk assessment for unpaid work up to date", 5, WORKING, RO, Harm.PERSON, "default", ((0, SPO),)),
        Kind("write_instruction", "Say what a flag means on a work site", 1, WORKING, RO, Harm.PERSON, "default", ((0, SPO),)),
        Kind("arrange_work", "Arrange unpaid work", 7, WORKING, COORDINATOR, Harm.SENTENCE, "contract SL006R", ((0, SPO),)),
        Kind("allocate_again", "Find other unpaid work", 2, WORKING, COORDINATOR, Harm.SENTENCE, "default", ((2, SPO),)),
        Kind("close_register", "Close the register", 1, WORKING, COORDINATOR, Harm.SENTENCE, "default", ((2, SPO),)),
        Kind("decide_course", "Decide whether a course counts", 5, WORKING, COORDINATOR, Harm.RECORD, "default"),
        Kind("review_work", "Look back on unpaid work with them", 5, WORKING, COORDINATOR, Harm.RECORD, "default", ((5, SPO),)),
        Kind("propose_extension", "Propose an application to extend", 10, WORKING, RO, Harm.SENTENCE, "default", ((0, SPO),)),
        # Through the Gate: of what is counted back from release the lengths are those of the policy on release
        Kind("screen_in_custody", "Get the basic custody screening", 3, Unit.DAYS, TTG, Harm.SENTENCE, "default", ((0, SPO),)),
        Kind("resettlement_plan", "Make the resettlement plan", 5, WORKING, TTG, Harm.SENTENCE, "contract SL13", ((0, SPO),)),
        Kind("plan_for_release", "Make the plan before release", 56, Unit.DAYS, TTG, Harm.SENTENCE, "default", ((0, SPO),)),
        Kind("answer_risk_items", "Accept or change what the resettlement plan says of risk", 5, WORKING, RO, Harm.PERSON, "default", ((0, SPO),)),
        Kind("contact_before_release", "Speak to them before release", 56, Unit.DAYS, RO, Harm.SENTENCE, "default", ((0, SPO),)),
        Kind("refer_for_home", "Refer them to the housing authority they choose", 28, Unit.DAYS, TTG, Harm.SENTENCE, "default", ((0, SPO),)),
        Kind("find_home", "Find somewhere for the first night", 56, Unit.DAYS, TTG, Harm.PERSON, "default", ((0, SPO), (10, HEAD))),
        Kind("refer_substances", "Refer the drug or alcohol need to a community service", 70, Unit.DAYS, TTG, Harm.PERSON, "default", ((0, SPO), (5, HEAD))),
        Kind("get_accepted", "Get an answer from the services asked", 70, Unit.DAYS, TTG, Harm.SENTENCE, "default", ((0, SPO),)),
        Kind("hand_over_release", "Hand over to the officer", 74, Unit.DAYS, TTG, Harm.SENTENCE, "default", ((0, SPO),)),
        Kind("accept_release", "Accept the hand-over, or ask what is missing", 2, WORKING, RO, Harm.SENTENCE, "default", ((0, SPO),)),
        Kind("answer_hand_over_query", "Answer what the officer asked", 2, WORKING, TTG, Harm.SENTENCE, "default", ((0, SPO),)),
        Kind("say_if_met", "Say whether they were met at the gate", 0, Unit.DAYS, TTG, Harm.PERSON, "default", ((0, SPO),)),
        Kind("say_first_night", "Say where they are on the first night", 1, WORKING, RO, Harm.PERSON, "default", ((0, SPO),)),
        Kind("say_later_night", "Say where they are now", 5, WORKING, RO, Harm.RECORD, "default"),
        Kind("say_first_service", "Say whether they went to the service", 1, WORKING, RO, Harm.SENTENCE, "default", ((0, SPO),)),
        # The GRID
        Kind("place_person", "Place in the GRID", 5, WORKING, RO, Harm.SENTENCE, "default", ((0, SPO),)),
        Kind("escalate_risk", "Refer the risk to the NPS", 1, WORKING, RO, Harm.PERSON, "default", ((0, SPO), (1, HEAD))),
        Kind("decide_lowering", "Decide a request to lower a placement", 2, WORKING, SPO, Harm.RECORD, "default"),
        # Interventions: the first length comes from the policy on them
        Kind("answer_intervention", "Answer the intervention that is proposed", 5, WORKING, RO, Harm.SENTENCE, "default", ((0, SPO),)),
        Kind("decide_unmet_need", "Decide what is done where no intervention fits", 5, WORKING, SPO, Harm.SENTENCE, "default", ((5, HEAD),)),
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
        "discuss_escalation",
        "book_interpreter",
        "review_case",
        "end_case",
        "see_walk_in",
        "answer_court",
        "send_meeting_report",
        "see_back",
        "plan_for_release",
        "contact_before_release",
        "refer_for_home",
        "find_home",
        "refer_substances",
        "get_accepted",
        "hand_over_release",
        "say_if_met",
        "answer_hub",
        "lay_breach",
        "write_part_a",
        "countersign_recall",
        "send_recall",
        "do_senior_action",
        "answer_intervention",
    }
)
# Wanted by an hour of the day on which it is due, which what it is about says
BY_AN_HOUR = ("answer_court", "answer_hub")
SINCE_AN_HOUR = ("see_walk_in",)  # somebody waits since then
BY_THE_LAST_POST = ("mend_letter",)  # of the officer's: all that the hub posts is in its own queue
# A senior decides it, and it is for the officer to bring it to them: it is in the list of both
BROUGHT_TO_THE_SENIOR = ("discuss_escalation",)
ONCE_DECIDED = ("escalate_risk",)  # runs from the start, and is done once a senior has decided that
CHECK_KINDS = ("send_check", "chase_check", "analyse_check")
OF_FURTHER_OFFENCES = ("notify_further_offence", "review_further_offence")
OF_COMPLAINTS = ("acknowledge_complaint", "answer_complaint")  # kept from whoever one is about
# Of which nobody else reads that it is owed
KEPT_TO = {
    "tell_victim_liaison": Action.VIEW_VICTIM_LIAISON,
    "do_senior_action": Action.VIEW_SENIOR_ACTIONS,
}
# Of which not everybody reads who reads of the case
TOLD_APART = tuple(sorted((*OF_COMPLAINTS, *KEPT_TO)))
ABOUT = (  # what of a case a deadline may be about, where that is one thing of several
    "enquiry",
    "reading",
    "action",
    "override",
    "route",
    "appointment",
    "review",
    "recommendation",
    "failure",
    "letter",
    "breach",
    "recall",
    "senior_action",
)
# What the hub works through: its queue is these, ranked by the hour at which they are due
HUB_KINDS = (
    "send_letter",
    "submit_breach",
    "answer_nps",
    "get_breach_answer",
    "amend_breach",
    "say_hearing",
    "send_recall",
    "get_recall_answer",
)
