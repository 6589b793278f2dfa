"""An enquiry from due to analysed: its steps, when each is due, who hears, and how it reads.

Sources: product rules, checks; report 2.1 to 2.4; lengths and ladder are local policy ("checks").
What falls due in the first place is in cases.rules.enquiries.
"""

from dataclasses import dataclass

from cases.reference.checks import (
    MAY_BECOME,
    MAY_GO_BACK,
    OPEN_STATES,
    PUT_RIGHT,
    Because,
    Changes,
    CheckKind,
    EnquiryState,
    Reply,
)
from cases.reference.deadlines import KINDS
from cases.rules.calendar import latest_start
from cases.rules.deadlines import due_on
from cases.rules.words import days_ago, sentence, times, within_a_sentence
from staff.errors import RuleBroken
from staff.permissions import Role
from staff.rules.dates import say_date

STEP = {  # what is owed while an enquiry is in this state
    EnquiryState.DUE: "send_check",
    EnquiryState.SENT: "chase_check",
    EnquiryState.REPLIED: "analyse_check",
}
IN_SHORT = {
    CheckKind.POLICE: "police",
    CheckKind.CHILDREN: "children's social care",
    CheckKind.ADULTS: "adult social care",
    CheckKind.COURT_TERMS: "court order terms",
    CheckKind.ADDRESS: "address",
    CheckKind.PRISON: "prison",
    CheckKind.OTHER_AREA: "other area",
}
NOT_AN_ANSWER = frozenset({Reply.PARTIAL, Reply.REFUSED})  # replies after which one may ask again


@dataclass(frozen=True, slots=True)
class CheckPolicy:
    """The provider's policy on checks. Days are working days."""

    version: int
    send_days: int
    chase_days: int  # the agency's turnaround, unless it has one of its own
    analyse_days: int
    senior_days: int  # after sending, with a concern and no end to it
    head_days: int
    refresh_months: int
    release_days: int  # calendar days before release
    backlog_a_week: int  # imported cases taken up, for each team
    interim_days: int  # from the trigger until the interim plan is written, without a concern
    interim_concern_days: int  # and with one
    interim_longest_days: int  # calendar days an interim plan may run
    interim_sample_one_in: int  # of the plans a senior need not agree, how many are read

    def lengths(self, turnaround=None):
        """Working days allowed for each step, by kind of deadline. `turnaround`: the agency's own."""
        return {
            "send_check": self.send_days,
            "chase_check": turnaround or self.chase_days,
            "analyse_check": self.analyse_days,
        }


# Lengths that versions of the policy set before they were there do not name
ADDED_SINCE = {
    "interim_days": 10,
    "interim_concern_days": 2,
    "interim_longest_days": 28,
    "interim_sample_one_in": 10,
}


def read_check_policy(body, version):
    """Raises RuleBroken where a length is missing or is not a whole number above nought."""
    try:
        whole = ADDED_SINCE | body
        days = {name: _positive(whole[name]) for name in CheckPolicy.__slots__[1:]}
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise RuleBroken(f"The policy on checks cannot be read: {problem}.") from problem
    if days["head_days"] < days["senior_days"]:
        raise RuleBroken("The head of service cannot be told before the senior probation officer.")
    return CheckPolicy(version=version, **days)


def _positive(number):
    if isinstance(number, bool) or not isinstance(number, int) or number < 1:
        raise ValueError(f"{number!r} is not a number of days")
    return number


# States and steps


def check_move(state, to):
    """Refuse what an enquiry in this state cannot become."""
    if to not in MAY_BECOME[EnquiryState(state)]:
        now, wanted = EnquiryState(state).title, EnquiryState(to).title
        if state == to:
            raise RuleBroken(
                f"This enquiry is at “{now}” already. Open it again to see who did that, and when."
            )
        raise RuleBroken(
            f"This enquiry is at “{now}”. It cannot become “{within_a_sentence(wanted)}”."
        )


def check_back(state, to):
    """Refuse what an enquiry in this state cannot go back to where a reply is put right."""
    if to not in MAY_GO_BACK.get(EnquiryState(state), ()):
        raise RuleBroken(
            f"This enquiry is at “{EnquiryState(state).title}”. There is no reply to put right on it."
        )


def step_began_on(enquiry):
    """The day the current step's clock started; None when nothing more is owed."""
    match EnquiryState(enquiry.state):
        case EnquiryState.DUE:
            return enquiry.triggered_on
        case EnquiryState.SENT:
            return max(filter(None, (enquiry.sent_on, enquiry.chased_on)))
        case EnquiryState.REPLIED:
            return enquiry.replied_on
    return None


def next_step(enquiry, policy, extra=frozenset(), began=None):
    """What is owed now and by when: a kind of deadline and a date. None when nothing is.

    `began`: the day from which it is owed, where a reply that was read long ago is to be read again.
    """
    began = began or step_began_on(enquiry)
    if began is None:
        return None
    kind = STEP[EnquiryState(enquiry.state)]
    return kind, due_on(kind, began, policy.lengths(enquiry.turnaround_days), extra)


def say_changes(changes):
    """ "It changes the risk of harm and the plan", "It changes nothing". `changes`: of `Changes`, one at least."""
    if Changes.NOTHING in changes:
        return "It changes nothing"
    *some, last = [within_a_sentence(one.title) for one in changes]
    return f"It changes {', '.join(some)} and {last}" if some else f"It changes {last}"


def is_overdue(state, due_on, today):
    """The date of its current step has passed."""
    return state in OPEN_STATES and due_on < today


# Who hears


def check_rungs(today, policy, extra=frozenset()):
    """Who is told, with the last day an enquiry was sent for them to be told by now; lowest first."""
    return [
        (Role.SPO, latest_start(policy.senior_days, today, extra)),
        (Role.HEAD, latest_start(policy.head_days, today, extra)),
    ]


def told_of_check(kind, *, counted_from, concern, today, policy, extra=frozenset()):
    """Who is told that this step is late. Without a concern nobody is, one by one: it is rolled up.

    `counted_from` is the day the enquiry was sent; for one never sent, the day it should have been.
    `concern`: domestic abuse, a child or a named victim.
    """
    if not concern:
        return KINDS[kind].owner
    reached = [role for role, latest in check_rungs(today, policy, extra) if counted_from <= latest]
    return reached[-1] if reached else KINDS[kind].owner


# Words


def why_due(enquiry):
    """Why the current step is owed: "Start of supervision, 1 October 2018"."""
    match EnquiryState(enquiry.state):
        case EnquiryState.SENT:
            return f"Sent {say_date(enquiry.sent_on)}{_chased(enquiry.chases)}, no reply"
        case EnquiryState.REPLIED:
            # Not what it said: on its own that would read as if it covered everybody
            return f"Reply of {say_date(enquiry.replied_on)}, to be read"
    return f"{because_of(enquiry)}, {say_date(enquiry.triggered_on)}"


def say_chased(due_on, today):
    """By when a reply that is waited for is chased, in words. Taken off, an earlier one may leave it late already."""
    day = say_date(due_on)
    return f"chased by {day}" if due_on >= today else f"late: it was to be chased by {day}"


def why_due_again(enquiry, on):
    """The same of a reply that was put right that day, after it was analysed."""
    return f"Reply of {say_date(enquiry.replied_on)}, put right {say_date(on)}, to be read again"


def because_of(enquiry):
    """What made it due, in words."""
    if enquiry.because_note == PUT_RIGHT:
        return PUT_RIGHT
    return Because(enquiry.because).title


def why_late(enquiry):
    """The same of a late one, in words that stay true: "Police enquiry sent 3 May 2018, no reply"."""
    match EnquiryState(enquiry.state):
        case EnquiryState.SENT:
            sent = f"sent {say_date(enquiry.sent_on)}{_chased(enquiry.chases)}"
            return f"{_name(enquiry)} enquiry {sent}, no reply"
        case EnquiryState.REPLIED:
            return f"{_name(enquiry)} reply of {say_date(enquiry.replied_on)} not yet analysed"
    return f"{_name(enquiry)} enquiry due since {say_date(enquiry.triggered_on)}, not yet sent"


def how_it_stands(enquiry, today):
    """The same as of today: "Police enquiry sent 12 days ago, chased twice, no reply"."""
    match EnquiryState(enquiry.state):
        case EnquiryState.SENT:
            sent = f"sent {days_ago((today - enquiry.sent_on).days)}{_chased(enquiry.chases)}"
            return f"{_name(enquiry)} enquiry {sent}, no reply"
        case EnquiryState.REPLIED:
            ago = days_ago((today - enquiry.replied_on).days)
            return f"{_name(enquiry)} reply came {ago}, not yet analysed"
    fell_due = days_ago((today - enquiry.triggered_on).days)
    return f"{_name(enquiry)} enquiry fell due {fell_due}, not yet sent"


def _name(enquiry):
    return sentence(IN_SHORT[CheckKind(enquiry.kind)])


def _chased(chases):
    return f", chased {times(chases)}" if chases else ""
