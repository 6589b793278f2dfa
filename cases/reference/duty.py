"""The duty desk: who is on, who walks in, and what somebody is given for the way.

Source: product rules, roles (duty officer); supervision reference 2.4; what a fare is paid for is local policy.
"""

from cases.reference.codes import Titled


class WalkInState(Titled):
    WAITING = "waiting", "Waiting to be seen"
    SEEN = "seen", "Seen"
    LEFT = "left", "Left without being seen"


class CameFor(Titled):
    """What somebody who walks in says they come for."""

    APPOINTMENT = "appointment", "An appointment, early, late or on another day"
    RELEASED = "released", "Released from prison or court today"
    HELP = "help", "Help with somewhere to live, money or food"
    UPSET = "upset", "Upset, or worried about themselves or somebody else"
    PAPERS = "papers", "To bring or to collect papers"
    OTHER = "other", "Something else"


class FareKind(Titled):
    CASH = "cash", "Cash"
    TICKET = "ticket", "Ticket bought for them"
    VOUCHER = "voucher", "Travel voucher or warrant"
