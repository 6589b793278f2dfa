"""What a referral, a series, a session, a place in it, an unmet need and a proposed timetable can be.

Source: product rules, groups; report 2.3. Which may become which is `grid.rules.group_states`.
"""

from cases.reference.codes import Titled


class ReferralState(Titled):
    PROPOSED = "proposed", "Proposed: the officer is to answer"
    ACCEPTED = "accepted", "On the waiting list"
    DECLINED = "declined", "Declined by the officer"
    LAPSED = "lapsed", "No longer proposed"
    WITHDRAWN = "withdrawn", "Taken off the waiting list"
    DONE = "done", "Finished"


# Those of which a case has one at most of each intervention
OPEN_REFERRALS = frozenset({ReferralState.PROPOSED, ReferralState.ACCEPTED})


class SeriesState(Titled):
    OPEN = "open", "Runs, or is to run"
    CALLED_OFF = "called_off", "Called off"


class SessionState(Titled):
    STANDS = "stands", "To be held, or held"
    CALLED_OFF = "called_off", "Called off"


class PlaceState(Titled):
    KEPT = "kept", "Kept while they are asked"
    TAKEN = "taken", "In the series"
    LET_GO = "let_go", "Not taken up"
    LEFT = "left", "Left the series"
    FINISHED = "finished", "Finished the series"


LIVE_PLACES = frozenset({PlaceState.KEPT, PlaceState.TAKEN})


class Because(Titled):
    """Why an officer declines what is proposed."""

    NOT_RIGHT = "not_right", "It is not right for them"
    DONE_ALREADY = "done_already", "They have done it, or the same, already"
    OTHER_FIRST = "other_first", "Something else comes first"
    CANNOT = "cannot", "Work, care or health keeps them from it"
    WILL_NOT = "will_not", "They do not want it, and cannot be made to come"
    OTHER = "other", "Something else"


class Decision(Titled):
    """What a senior decides where nothing that is planned fits somebody."""

    ONE_TO_ONE = "one_to_one", "Work one to one with their officer meanwhile"
    SERVICE = "service", "Another service does this work"
    WAIT = "wait", "They wait, and we say until when"
    NEW_SERIES = "new_series", "A series is put on that fits"
    NOT_AT_ALL = "not_at_all", "It is not done, and we say so to the court or the plan"


class CanGo(Titled):
    """What somebody said of a place."""

    PREFERS = "prefers", "They prefer it"
    CANNOT = "cannot", "They cannot or must not go there"


class TimetableState(Titled):
    WORKING = "working", "Being worked out"
    PROPOSED = "proposed", "Proposed: to be looked through"
    PUBLISHING = "giving", "Being published"
    PUBLISHED = "published", "Published"
    DROPPED = "dropped", "Given up"


UNFINISHED_TIMETABLES = frozenset(
    {TimetableState.WORKING, TimetableState.PROPOSED, TimetableState.PUBLISHING}
)
