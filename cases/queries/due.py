"""What is owed on a case as due rows: what, why, by whom, when, and the one next action.

Source: docs/screens.md, the due row; the kinds of deadline in cases.reference.deadlines.
"""

from dataclasses import replace

from django.db.models import Min, Q
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Case
from cases.queries.override_pages import CLOSED_AT, DECIDED_AT
from cases.queries.people import officer_of
from cases.reference.checks import CheckKind
from cases.reference.contacts import CALL_TO_THEM
from cases.reference.deadlines import KEPT_TO, KINDS
from cases.reference.information import InformationKind
from cases.reference.overrides import Act
from cases.rules.addresses import address
from cases.rules.checks import IN_SHORT
from cases.rules.deadlines import days_late, is_overdue
from cases.rules.words import counted, shortened, within_a_sentence
from staff.kit import DueRow, Link, on
from staff.permissions import TITLES, Action, Role

ABOUT = (
    "enquiry",
    "reading__information",
    "action",
    "override",
    "route",
    "appointment__contact",
    "review",
    "recommendation",
)  # what of a case a deadline may be about
ONE_OF = tuple(one.partition("__")[0] for one in ABOUT)
LONGEST = 80  # letters of an action that a row repeats
SOURCES = {"default": "local policy", "law": "law"}
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
    "discuss_escalation": ("Write what was decided", "escalation", Action.VIEW_MOVEMENTS),
    "answer_escalation": ("Record the answer", "escalation", Action.VIEW_MOVEMENTS),
    "send_what_was_asked": ("Send it", "escalation", Action.VIEW_MOVEMENTS),
    "answer_rejection": ("Answer it", "escalation", Action.VIEW_MOVEMENTS),
    "hand_over_to_nps": ("Hand it over", "escalation", Action.VIEW_MOVEMENTS),
    "decide_lowering": ("See the request", "placement", Action.VIEW_PLACEMENT),
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
}
SEEN_AT_WORK = {
    "assess_work_risk",
    "renew_work_risk",
    "write_instruction",
}  # by who cannot write them
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
}


def due_rows(case, names, may, today, kinds=None):
    """What is owed on this case, the worst to miss first. `may`: what the reader may do on it; `kinds`: of these alone.

    Nothing while it is not ours; its clocks are kept for when it comes back.
    """
    owed = case.deadlines.unmet().ours().beside_complaints().select_related(*ABOUT)
    owed = owed.exclude(kind__in=_kept_from(may))
    owed = owed.filter(kind__in=kinds) if kinds else owed
    ranked = sorted(owed, key=lambda one: (KINDS[one.kind].harm, one.due_on, one.pk))
    return [_due_row(one, case, names, may, today) for one in ranked]


def shown_to(user, rows, kind="kind"):
    """Of rows about deadlines, those whose kind this reader may read of. `kind`: the path to it."""
    for one, action in KEPT_TO.items():
        rows = rows.exclude(~Q(case__in=Case.objects.open_to(user, action)), **{kind: one})
    return rows


def _kept_from(may):
    return [kind for kind, action in KEPT_TO.items() if action not in may]


def nothing_until(case, may, today):
    """When something next falls due on a case that owes nothing today, in a sentence; else blank."""
    owed = case.deadlines.unmet().ours().beside_complaints()
    owed = owed.exclude(kind__in=_kept_from(may))
    first = owed.aggregate(due_on=Min("due_on"))["due_on"]
    return (
        f"Nothing more is due for this person until {on(first)}." if first and first > today else ""
    )


def listed_row(deadline, names, may, today):
    """The same in a list of many people: who it is about, and words that tell its link from others."""
    case = deadline.case
    row = _due_row(deadline, case, names, may, today)
    return replace(
        row,
        person=case.list_name,
        crn=case.crn,
        href=reverse("case", args=[case.crn]) if Action.VIEW_CASE in may else "",
        next=row.next and replace(row.next, hidden=f"for {case.name}: {row.what}"),
    )


def anchored(rows):
    """The first row of each person marked as where the way back from their case leads."""
    seen: set[str] = set()
    found = []
    for row in rows:
        found.append(row if row.crn in seen else replace(row, anchor=row.crn))
        seen.add(row.crn)
    return found


def _due_row(deadline, case, names, may, today):
    kind = KINDS[deadline.kind]
    return DueRow(
        what=_what(deadline, names),
        due=on(deadline.due_on),
        late=how_late(deadline.due_on, today),
        by=_by(deadline, case),
        rule=names.text(deadline.why),
        source=said_source(kind.source),
        next=_next(deadline, case, may, is_overdue(deadline.due_on, today)),
    )


def how_late(due_on, today):
    """ "3 working days late", "late since Friday" over a weekend; blank while on time."""
    if not is_overdue(due_on, today):
        return ""
    late = days_late(due_on, today)
    return f"{counted(late, 'working day')} late" if late else "late since the last working day"


def said_source(source):
    """Where the length of a clock comes from, in words."""
    return SOURCES.get(source, source)


def _what(deadline, names):
    """The kind of work, and which of several things it is about."""
    title = KINDS[deadline.kind].title
    if deadline.enquiry:
        return f"{title}: {IN_SHORT[CheckKind(deadline.enquiry.kind)]}"
    if deadline.reading:
        kind = InformationKind(deadline.reading.information.kind).title
        return f"{title}: {within_a_sentence(kind)}"
    if deadline.action:
        return f"{title}: {shortened(names.text(deadline.action.what), LONGEST)}"
    if deadline.override:
        return f"{title}: {within_a_sentence(Act(deadline.override.act).title)}"
    if deadline.route:
        return f"{title}: {shortened(names.text(deadline.route.removed), LONGEST)}"
    if deadline.recommendation:
        return f"{title}: {shortened(names.text(deadline.recommendation.what), LONGEST)}"
    if deadline.appointment:
        contact = deadline.appointment.contact
        what = within_a_sentence(contact.type_name or contact.type_code)
        return f"{title}: {what}, {on(localtime(contact.started_at).date())}"
    return title


def _by(deadline, case):
    if deadline.owner_role == Role.OFFICER:
        return officer_of(case)
    return TITLES[Role(deadline.owner_role)]


def _ring(case, may):
    """Whoever left the desk unseen is rung, and that is written in the log."""
    here = address(reverse("record-contact", args=[case.crn]), kind=CALL_TO_THEM)
    return Link("Ring them now", here) if Action.RECORD_CONTACT in may else None


def _next(deadline, case, may, late):
    words, page, action = NEXT.get(deadline.kind, ("", "", None))
    if deadline.kind == "chase_check" and late:
        words, page = "Record a chase", "chase-check"
    if deadline.override and deadline.kind == "decide_override":
        page = DECIDED_AT.get(Act(deadline.override.act), page)
    if deadline.override and deadline.kind == "close_override":
        page = CLOSED_AT.get(Act(deadline.override.act), page)
    if not page:
        return None
    if deadline.kind == "call_same_day" and not deadline.appointment_id:
        return _ring(case, may)
    about = next(filter(None, (getattr(deadline, f"{one}_id") for one in ONE_OF)), None)
    if page in OF_THE_WHOLE_CASE:
        about = None
    if action in may:
        return Link(words, reverse(page, args=[case.crn, *([about] if about else [])]))
    if deadline.kind in SEEN_AT_WORK and Action.VIEW_UNPAID_WORK in may:
        return Link("See what is missing", reverse(page, args=[case.crn]))
    if deadline.enquiry_id and Action.VIEW_CHECKS in may:
        return Link("See the enquiry", reverse("check", args=[case.crn, deadline.enquiry_id]))
    if deadline.reading_id and Action.VIEW_INFORMATION in may:
        return Link("See it", reverse("see-information", args=[case.crn, deadline.reading_id]))
    if deadline.override_id and Action.VIEW_OVERRIDES in may:
        return Link("See the request", reverse("override", args=[case.crn, deadline.override_id]))
    if deadline.route_id and Action.VIEW_PLAN in may:
        return Link("See the decision", reverse("see-route", args=[case.crn, deadline.route_id]))
    if deadline.review_id and Action.VIEW_REVIEW in may:
        return Link("See the review", reverse("review", args=[case.crn, deadline.review_id]))
    if deadline.recommendation_id and Action.VIEW_RECOMMENDATIONS in may:
        key = deadline.recommendation_id
        return Link("See it", reverse("recommendation", args=[case.crn, key]))
    return None
