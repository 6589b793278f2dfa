"""Plans the enquiries of a case with the gaps the inspectors found, at the rates they found them.

Sources: HMIP Thames Valley CRC 2018, 2.1 to 2.4 (checks promised and never made, replies that changed
nothing); the rates are those the product measures itself against: police asked in 49% of cases with a
concern and children's services in 55%, domestic abuse well analysed in 28%.
"""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from cases.management.demo import agencies, replies
from cases.management.demo.plan_parts import PlannedEnquiry
from cases.reference.checks import Because, Changes, CheckKind, EnquiryState, Reply
from cases.rules.calendar import add_working_days, is_working_day

# What became of an enquiry, in a hundred
OUTCOMES = {
    ("police", True): {"never_sent": 51, "never_chased": 9, "waiting": 6, "never_analysed": 6, "analysed": 28},
    ("police", False): {"never_sent": 33, "never_chased": 9, "waiting": 7, "never_analysed": 8, "analysed": 43},
    ("children", True): {"never_sent": 45, "never_chased": 10, "waiting": 8, "never_analysed": 9, "analysed": 28},
    ("adults", True): {"never_sent": 45, "never_chased": 12, "waiting": 8, "never_analysed": 7, "analysed": 28},
    ("address", True): {"never_sent": 40, "never_chased": 12, "waiting": 18, "never_analysed": 10, "analysed": 20},
}  # fmt: skip
SEND_DAYS, ANALYSE_DAYS = 2, 2  # working days, by the first policy on checks
MOST_CHASES = 4
REFRESH_MONTHS = 6
RELEASE_DAYS = 28
NOT_NEEDED = 0.35  # of those without children or concern, who have it said that none is needed
DOMESTIC = ("ADVP", "ADVV", "IMAR")
CHILD = ("RCCO", "RCPR", "RCHD")
ADULT = ("RVAD", "REG22")
NOT_TOLD = 0.06  # of those sent: that the person is not told
CHANGES_OF_INFORMATION = {"risk": 25, "flag": 20, "plan": 30, "contact": 8, "nothing": 17}


def plan_checks(plan, today):
    """Every enquiry that the rules would have opened by today, each left where staff left it."""
    if not plan.ours:
        return
    concern = plan.has(*DOMESTIC, *CHILD)
    ask(plan, today, CheckKind.POLICE, "police", DOMESTIC + CHILD, concern=concern)
    if plan.children or concern:
        ask(plan, today, CheckKind.CHILDREN, "children", DOMESTIC + CHILD, concern=True)
    elif plan.rng.random() < NOT_NEEDED:
        not_needed(plan, today)
    if plan.has(*ADULT):
        ask(plan, today, CheckKind.ADULTS, "adults", ADULT, concern=True)
    if _near_release(plan, today):
        ask(plan, today, CheckKind.ADDRESS, "address", (), concern=True)


def ask(plan, today, kind, rates, registers, *, concern):
    """One to each authority, at the latest of what made it due, come to what the rates give it."""
    rng = plan.rng
    triggered_on, because = _trigger(plan, today, registers)
    weights = OUTCOMES[rates, concern]

    def drawn():
        return rng.choices(list(weights), list(weights.values()))[0]

    outcome = drawn()
    flagged = plan.has(*registers)
    if outcome == "analysed" and flagged:
        refreshed_on = today - timedelta(days=rng.randint(15, 150))
        if refreshed_on > triggered_on + relativedelta(months=REFRESH_MONTHS):
            _add_earlier(plan, kind, triggered_on, because)
            triggered_on, because = refreshed_on, Because.REFRESH
        elif triggered_on + relativedelta(months=REFRESH_MONTHS) <= today:
            triggered_on, because = max(refreshed_on, triggered_on), Because.REVIEW
    for number, enquiry in enumerate(put(plan, kind, because, triggered_on)):
        come_to(plan, enquiry, drawn() if number else outcome, today)


def put(plan, kind, because, triggered_on):
    """One enquiry to each agency whom the book names for those around the person, not yet sent."""
    shares = agencies.shared_out(plan.site, kind, about(plan, kind))
    opened = [
        PlannedEnquiry(str(kind), str(because), triggered_on, agency, about=those)
        for agency, those in shares
    ]
    plan.enquiries += opened
    return opened


def come_to(plan, enquiry, outcome, today):
    """Take an enquiry as far as this outcome, or as far as the days since it fell due allow."""
    steps = {
        "never_sent": (),
        "never_chased": (_send,),
        "waiting": (_send, _keep_chasing),
        "never_analysed": (_send, _have_reply),
        "analysed": (_send, _have_reply, _analyse),
    }
    for take in steps[outcome]:
        if not take(plan, enquiry, today):
            break
    settle(enquiry, today)


def settle(enquiry, today):
    """What is owed now, since when and by when; and what to call it where that is past."""
    owed = {
        EnquiryState.DUE: ("send_check", enquiry.triggered_on, SEND_DAYS, "never sent"),
        EnquiryState.SENT: (
            "chase_check",
            _last_asked(enquiry),
            enquiry.agency.turnaround,
            "sent and not chased",
        ),
        EnquiryState.REPLIED: (
            "analyse_check",
            enquiry.replied_on,
            ANALYSE_DAYS,
            "reply not analysed",
        ),
    }.get(enquiry.state)
    if owed is None:
        enquiry.step, enquiry.step_from, enquiry.due_on = "", None, None
        return
    enquiry.step, enquiry.step_from, days, gap = owed
    enquiry.due_on = add_working_days(enquiry.step_from, days)
    enquiry.defect = gap if enquiry.due_on < today else ""


def reached(enquiry, outcome):
    """Whether it got as far as this outcome in the days there were."""
    state = {"never_sent": "due", "never_analysed": "replied", "analysed": "analysed"}
    if outcome in state:
        return enquiry.state == state[outcome]
    return enquiry.state == "sent" and bool(enquiry.defect) == (outcome == "never_chased")


def begin_again(enquiry):
    """As though nothing had been done about it."""
    enquiry.state = str(EnquiryState.DUE)
    enquiry.sent_on = enquiry.replied_on = enquiry.analysed_on = None
    enquiry.chases = []
    enquiry.told_person, enquiry.not_told = None, ""
    enquiry.reply = enquiry.reply_text = enquiry.changes = enquiry.analysis = ""


def not_needed(plan, today):
    """Children's services not asked, with the reason said."""
    on = min(_working(plan.arrived_on + timedelta(days=plan.rng.randint(0, 4))), today)
    agency = agencies.asked_about(plan.site, CheckKind.CHILDREN)
    enquiry = PlannedEnquiry(
        str(CheckKind.CHILDREN),
        str(Because.START),
        plan.arrived_on,
        agency,
        state=str(EnquiryState.NOT_NEEDED),
    )
    enquiry.not_needed = plan.rng.choice(replies.NOT_NEEDED)
    enquiry.not_needed_on = on
    plan.enquiries.append(enquiry)


def _trigger(plan, today, registers):
    """The latest day that made it due: arrival, taking up, a concern, or four weeks before release."""
    latest, because = plan.arrived_on, Because.START
    if plan.taken_up_on:
        latest, because = plan.taken_up_on, Because.IMPORTED
    for one in plan.registers:
        if one.code in registers and one.ended_on is None and latest < one.started_on <= today:
            latest, because = one.started_on, Because.NEW_CONCERN
    if _near_release(plan, today):
        opens = plan.order.release_due_on - timedelta(days=RELEASE_DAYS)
        if opens > latest:
            latest, because = opens, Because.RELEASE
    return latest, because


def _near_release(plan, today):
    order = plan.order
    return order.kind == "custody" and order.release_due_on - timedelta(days=RELEASE_DAYS) <= today


def about(plan, kind):
    """Those around the person whom this agency can answer about."""
    if kind == CheckKind.POLICE:
        return plan.people
    return plan.children if kind == CheckKind.CHILDREN else []


def _send(plan, enquiry, today):
    """Most are sent in time; some only when a supervisor or an audit asks."""
    late = plan.rng.random() < 0.25
    days = plan.rng.randint(5, 40) if late else plan.rng.choice((0, 1, 1, 2, 2, 3))
    sent_on = add_working_days(enquiry.triggered_on, days)
    if sent_on > today:
        return False
    enquiry.state, enquiry.sent_on = str(EnquiryState.SENT), sent_on
    enquiry.told_person = plan.rng.random() >= NOT_TOLD
    enquiry.not_told = "" if enquiry.told_person else plan.rng.choice(replies.NOT_TOLD)
    return True


def _keep_chasing(plan, enquiry, today):
    """Asked and asked again, so that the last time is still within the agency's turnaround."""
    rng = plan.rng
    within = rng.randint(0, enquiry.agency.turnaround)
    asked = [working_before(today - timedelta(days=within))]
    if asked[0] <= enquiry.sent_on:
        return False
    while len(asked) < MOST_CHASES and rng.random() < 0.6:
        before = working_before(asked[0] - timedelta(days=7))
        if before < enquiry.triggered_on:
            break
        asked.insert(0, before)
    enquiry.sent_on, *enquiry.chases = asked
    return False


def _have_reply(plan, enquiry, today):
    replied_on = add_working_days(_last_asked(enquiry), plan.rng.randint(2, 16))
    if replied_on > today:
        return False
    enquiry.state, enquiry.replied_on = str(EnquiryState.REPLIED), replied_on
    known = plan.concern and enquiry.kind in {"police", "children"}
    enquiry.reply = plan.rng.choices(
        [str(Reply.INFORMATION), str(Reply.NO_TRACE), str(Reply.PARTIAL)],
        [62, 33, 5] if known else [18, 78, 4],
    )[0]
    enquiry.reply_text = replies.text_of(plan.rng, enquiry)
    if enquiry.reply == Reply.PARTIAL:
        enquiry.unanswered = enquiry.about[1:] or enquiry.about
    return True


def _analyse(plan, enquiry, today):
    analysed_on = add_working_days(enquiry.replied_on, plan.rng.choice((0, 1, 1, 2, 2, 4, 7)))
    if analysed_on > today:
        return False
    enquiry.state, enquiry.analysed_on = str(EnquiryState.ANALYSED), analysed_on
    weights = (
        CHANGES_OF_INFORMATION if enquiry.reply == Reply.INFORMATION else {str(Changes.NOTHING): 1}
    )
    enquiry.changes = plan.rng.choices(list(weights), list(weights.values()))[0]
    enquiry.analysis = plan.rng.choice(replies.ANALYSES[enquiry.changes])
    return True


def _add_earlier(plan, kind, triggered_on, because):
    """The answer of six months before, which the newer one took the place of."""
    agency, those = agencies.shared_out(plan.site, kind, about(plan, kind))[0]
    enquiry = PlannedEnquiry(str(kind), str(because), triggered_on, agency, about=those)
    later = triggered_on + relativedelta(months=REFRESH_MONTHS)
    if all(take(plan, enquiry, later) for take in (_send, _have_reply, _analyse)):
        enquiry.state = str(EnquiryState.SUPERSEDED)
        plan.enquiries.append(enquiry)


def _last_asked(enquiry):
    return enquiry.chases[-1] if enquiry.chases else enquiry.sent_on


def _working(day):
    return add_working_days(day - timedelta(days=1), 1)


def working_before(day):
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
