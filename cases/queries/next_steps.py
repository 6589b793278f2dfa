"""What is done next about each kind of deadline: in which words, on which page, by whom.

Source: docs/screens.md, the due row. A kind that is not here is read and has no page of its own.
"""

from staff.permissions import Action

NEXT = {  # kind: (words, name of the page, what the reader must be allowed to do)
    "send_check": ("Send the enquiry", "send-request", Action.RECORD_CHECK),
    "chase_check": ("Record the reply", "record-reply", Action.RECORD_CHECK),
    "analyse_check": ("Analyse the reply", "analyse-reply", Action.ANALYSE_CHECK),
    "interim_plan": ("Write the plan", "write-interim-plan", Action.WRITE_INTERIM_PLAN),
    "renew_interim_plan": ("Renew the plan", "write-interim-plan", Action.WRITE_INTERIM_PLAN),
    "agree_interim_plan": ("Answer the plan", "answer-interim-plan", Action.AGREE_INTERIM_PLAN),
    "read_information_today": ("Read it", "read-information", Action.READ_INFORMATION),
    "read_information": ("Read it", "read-information", Action.READ_INFORMATION),
    "make_plan": ("Write the plan", "write-plan", Action.WRITE_PLAN),
    "plan_action": ("Say it is done", "finish-action", Action.ANALYSE_CHECK),
    "assess_after_raise": ("Assess it", "assessment", Action.VIEW_ASSESSMENT),
    "countersign_assessment": ("Read it", "countersign-assessment", Action.COUNTERSIGN),
    "put_assessment_right": ("Put it right", "assess", Action.WRITE_ASSESSMENT),
    "answer_transfer": ("See the offer", "case-holder", Action.VIEW_CASE),
    "place_person": ("See what is missing", "placement", Action.VIEW_PLACEMENT),
    "escalate_risk": ("Refer it", "escalation", Action.VIEW_MOVEMENTS),
    "discuss_escalation": ("Write what was decided", "escalation", Action.DECIDE_PLACEMENT),
    "answer_escalation": ("Record the answer", "escalation", Action.VIEW_MOVEMENTS),
    "send_what_was_asked": ("Send it", "escalation", Action.VIEW_MOVEMENTS),
    "answer_rejection": ("Answer it", "escalation", Action.VIEW_MOVEMENTS),
    "hand_over_to_nps": ("Hand it over", "escalation", Action.VIEW_MOVEMENTS),
    "decide_lowering": ("See the request", "placement", Action.VIEW_PLACEMENT),
    "answer_intervention": ("Answer it", "answer-intervention", Action.ANSWER_REFERRAL),
    "decide_unmet_need": ("Decide", "decide-unmet-need", Action.DECIDE_UNMET_NEED),
    "decide_override": ("Decide", "decide-override", Action.DECIDE_OVERRIDE),
    "close_override": ("Close it", "close-override", Action.DECIDE_OVERRIDE),
    "read_override": ("Read it", "read-override", Action.READ_OVERRIDE),
    "book_replacement": ("Book it", "book-replacement", Action.DECIDE_ROUTE),
    "review_case": ("Review the case", "write-review", Action.WRITE_REVIEW),
    "review_event": ("Review it", "write-review", Action.WRITE_REVIEW),
    "countersign_review": ("Read it", "countersign-review", Action.COUNTERSIGN),
    "read_hollow_review": ("Read it", "countersign-review", Action.COUNTERSIGN),
    "put_review_right": ("Put it right", "put-review-right", Action.WRITE_REVIEW),
    "answer_recommendation": ("Answer it", "answer-recommendation", Action.ANSWER_RECOMMENDATION),
    "do_recommendation": ("Show what changed", "do-recommendation", Action.ANSWER_RECOMMENDATION),
    "decide_contest": ("Decide", "decide-contest", Action.DECIDE_CONTEST),
    "do_senior_action": ("Say it is done", "do-senior-action", Action.DO_SENIOR_ACTION),
    "home_visit": ("Arrange it", "arrange-visit", Action.VISIT_HOME),
    "decide_visit_safety": ("Decide", "decide-visit-safety", Action.DECIDE_VISIT_SAFETY),
    "name_officer": ("Name an officer", "name-officer", Action.NAME_OFFICER),
    "hold_induction": ("Hold it", "case-inductions", Action.HOLD_INDUCTION),
    "first_ten_days": ("See what came", "case-arrivals", Action.VIEW_MOVEMENTS),
    "first_appointment": ("Book it", "book-appointment", Action.BOOK_APPOINTMENT),
    "first_appointment_licence": ("Book it", "book-appointment", Action.BOOK_APPOINTMENT),
    "book_interpreter": ("Book them", "book-interpreter", Action.BOOK_APPOINTMENT),
    "offer_again": ("Offer another", "book-again", Action.BOOK_APPOINTMENT),
    "monthly_contact": ("Book it", "book-appointment", Action.BOOK_APPOINTMENT),
    "book_rar_day": ("See and book", "case-rar", Action.VIEW_PLAN),
    "ask_whereabouts": ("Say what they answered", "standing-still", Action.VIEW_CASE),
    "see_walk_in": ("See who waits", "case-walk-ins", Action.SEE_WALK_IN),
    "see_again": ("Book it", "book-appointment", Action.BOOK_APPOINTMENT),
    "tell_of_death": ("See who has to hear", "death", Action.VIEW_CASE),
    "notify_further_offence": (
        "Say who was notified",
        "further-offence",
        Action.VIEW_FURTHER_OFFENCE,
    ),
    "review_further_offence": ("Hand it in", "further-offence", Action.VIEW_FURTHER_OFFENCE),
    "log_outcome": ("Say what came of it", "appointment", Action.RECORD_OUTCOME),
    "call_same_day": ("Ring them now", "record-call", Action.RECORD_OUTCOME),
    "decide_absence": ("Decide", "decide-absence", Action.DECIDE_ABSENCE),
    "see_order_terms": ("Record its terms", "case-restrictions", Action.SET_RESTRICTIONS),
    "screen_in_custody": ("Record it", "record-screening", Action.RECORD_CUSTODY),
    "resettlement_plan": ("Make it", "resettlement-plan", Action.WRITE_RESETTLEMENT),
    "plan_for_release": ("Make it", "resettlement-plan", Action.WRITE_RESETTLEMENT),
    "answer_risk_items": ("Read them", "risk-items", Action.TAKE_OVER_RELEASE),
    "contact_before_release": ("Book it", "book-appointment", Action.BOOK_APPOINTMENT),
    "find_home": ("See the offers", "release-home", Action.VIEW_RELEASE),
    "refer_for_home": ("Refer them", "release-needs", Action.VIEW_RELEASE),
    "refer_substances": ("Refer it", "release-needs", Action.VIEW_RELEASE),
    "get_accepted": ("See the referrals", "release-needs", Action.VIEW_RELEASE),
    "hand_over_release": ("Hand over", "hand-over", Action.VIEW_RELEASE),
    "accept_release": ("Answer it", "hand-over", Action.TAKE_OVER_RELEASE),
    "answer_hand_over_query": ("Answer it", "hand-over", Action.VIEW_RELEASE),
    "say_if_met": ("See the meeting", "case-release", Action.VIEW_RELEASE),
    "say_first_night": ("Say it", "say-night", Action.WRITE_RESETTLEMENT),
    "say_later_night": ("Say it", "say-night", Action.WRITE_RESETTLEMENT),
    "say_first_service": ("See the referrals", "release-needs", Action.VIEW_RELEASE),
    "assess_work_risk": ("Assess it", "work-risk", Action.WRITE_WORK_RISK),
    "renew_work_risk": ("Bring it up to date", "work-risk", Action.WRITE_WORK_RISK),
    "write_instruction": ("Write it", "work-instructions", Action.WRITE_WORK_RISK),
    "end_case": ("Prepare it", "case-ending", Action.VIEW_MOVEMENTS),
    "propose_early_end": ("Decide", "decide-early-end", Action.END_CASE),
    "arrange_work": ("Arrange it", "allocate-work", Action.ALLOCATE_WORK),
    "allocate_again": ("Find other work", "allocate-work", Action.ALLOCATE_WORK),
    "close_register": ("See the session", "case-unpaid-work", Action.VIEW_UNPAID_WORK),
    "decide_course": ("Decide", "work-hours", Action.CREDIT_HOURS),
    "review_work": ("Look back", "review-work", Action.CREDIT_HOURS),
    "ask_home_office": ("Say whom you asked", "home-office", Action.VIEW_HOME_OFFICE),
    "decide_travel": ("Decide", "home-office", Action.VIEW_HOME_OFFICE),
    "see_back": ("Say that they are back", "home-office", Action.VIEW_HOME_OFFICE),
    "ask_welfare": ("Ask them", "welfare", Action.ASK_WELFARE),
    "tell_victim_liaison": ("Tell them", "victim-liaison", Action.VIEW_VICTIM_LIAISON),
    "answer_court": ("Answer it", "court-requests", Action.ANSWER_COURT),
    "send_meeting_report": ("Say that it was sent", "agency-meetings", Action.VIEW_MEETINGS),
    "say_of_meeting": ("Say what it decided", "agency-meetings", Action.VIEW_MEETINGS),
    "get_minutes": ("See the meeting", "agency-meetings", Action.VIEW_MEETINGS),
    "acknowledge_complaint": ("Say who answers it", "case-complaints", Action.VIEW_COMPLAINTS),
    "answer_complaint": ("Answer it", "case-complaints", Action.VIEW_COMPLAINTS),
    "propose_extension": ("See the hours", "case-unpaid-work", Action.VIEW_UNPAID_WORK),
    "answer_failure": ("Answer it", "answer-failure", Action.ANSWER_FAILURE),
    "answer_hub": ("Answer it", "hub-asked", Action.ANSWER_FAILURE),
    "send_letter": ("See the letter", "letter", Action.SEND_LETTER),
    "mend_letter": ("See the letter", "letter", Action.SEND_LETTER),
    "submit_breach": ("Put the pack together", "breach-pack", Action.SUBMIT_BREACH),
    "answer_nps": ("Put the pack right", "breach-pack", Action.SUBMIT_BREACH),
    "get_breach_answer": ("Record the answer", "say-nps-answer", Action.SUBMIT_BREACH),
    "amend_breach": ("See what is asked", "breach", Action.SUBMIT_BREACH),
    "see_amendment": ("Read what changed", "breach", Action.ANSWER_FAILURE),
    "lay_breach": ("See the breach", "breach", Action.VIEW_ENFORCEMENT),
    "say_hearing": ("Say what came of it", "say-hearing", Action.SUBMIT_BREACH),
    "read_withdrawn_breach": ("Read it", "read-withdrawn-breach", Action.READ_WITHDRAWN_BREACH),
    "decide_again": ("Decide again", "decide-again", Action.ANSWER_FAILURE),
    "write_part_a": ("Write Part A", "write-part-a", Action.ASK_RECALL),
    "countersign_recall": ("Read it", "countersign-recall", Action.COUNTERSIGN_RECALL),
    "send_recall": ("Say that it was sent", "send-recall", Action.SUBMIT_BREACH),
    "get_recall_answer": ("Record the answer", "answer-recall", Action.SUBMIT_BREACH),
    "win_back": ("Agree it", "win-back", Action.ANSWER_FAILURE),
}
BESIDE = {  # what may be done beside the one next action
    "send_check": (
        ("Record it sent another way", "send-check", Action.RECORD_CHECK),
        ("Say it is not needed", "not-needed", Action.ANALYSE_CHECK),
    ),
}
CHASE = ("Record a chase", "chase-check", Action.RECORD_CHECK)  # once the reply is late
# Until a senior has decided: by whoever decides, whoever waits for it, and anybody else who may read of it
UNDECIDED = (
    ("Write what was decided", Action.DECIDE_PLACEMENT),
    ("Waiting for your senior’s decision", Action.ESCALATE_RISK),
    ("Waiting for a senior’s decision", Action.VIEW_MOVEMENTS),
)
SEEN = {  # by whoever may not do it: the words for the same page, by the first thing that they are allowed
    "see_order_terms": (("See what is missing", Action.VIEW_RESTRICTIONS),),
    "assess_work_risk": (("See what is missing", Action.VIEW_UNPAID_WORK),),
    "renew_work_risk": (("See what is missing", Action.VIEW_UNPAID_WORK),),
    "write_instruction": (("See what is missing", Action.VIEW_UNPAID_WORK),),
    "discuss_escalation": (
        ("Discuss it with your senior", Action.ESCALATE_RISK),
        ("See what is to be discussed", Action.VIEW_MOVEMENTS),
    ),
}
OF_THE_WHOLE_CASE = {  # pages that are of no one thing, whatever a deadline is about
    "case-unpaid-work",
    "case-holder",
    "name-officer",
    "case-arrivals",
    "case-inductions",
    "escalation",
    "standing-still",
    "death",
    "case-ending",
    "decide-early-end",
    "further-offence",
    "case-walk-ins",
    "hub-asked",
    "win-back",
}
OF_ITSELF = {"decide-again"}  # pages that are of a deadline, whatever that is about


def next_of(kind, late):
    """(words, name of the page, what the reader must be allowed to do) of what is done next; blank where there is no page.

    `late`: the day on which it was due has passed. Every list says it in these words.
    """
    return CHASE if kind == "chase_check" and late else NEXT.get(kind, ("", "", None))


def steps_of_check(kind, late):
    """The same of an enquiry: all that may be done about it now, the one next action first."""
    if kind == "chase_check":  # it is chased or answered, whichever comes first
        return [next_of(kind, late), next_of(kind, not late)]
    return [next_of(kind, late), *BESIDE.get(kind, ())]


def first_allowed(said, may):
    """The words for a reader who may do this much; blank for whom there are none."""
    return next((words for words, action in said if action in may), "")
