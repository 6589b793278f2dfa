"""Who had the last session of a series that is over, and who has still something of it to make up for in the next one.

Source: product rules, groups; `grid.rules.groups_open` (what somebody missed of a rolling series is made up for in the next).
"""

from grid.models import GroupAttendance, SeriesSession
from grid.queries.group_register import KNOWN, is_by_others
from grid.queries.unbooked import begun_of
from grid.reference.group_marks import OUTCOME_OF, OUTCOME_OF_VOLUNTARY, Mark

HAD = (Mark.TOOK_PART, Mark.DID_NOT_COMPLY)  # of a session: they were there for it
HAD_IN_THE_CASE = {of[mark] for of in (OUTCOME_OF, OUTCOME_OF_VOLUNTARY) for mark in HAD}


def last_session(series, now):
    """The last that stands; None where one is still to come, or none stands."""
    last = SeriesSession.objects.standing().filter(series=series).order_by("-starts_at").first()
    return last if last and last.ends_at <= now else None


def had(session):
    """The cases of those who were at it."""
    there = GroupAttendance.objects.expected().filter(session=session).select_related(*KNOWN)
    return {one.case_id for one in there if _was_there(one)}


def to_make_up(series, places):
    """{place: the number of the last session that they missed at the beginning}, of those who began a rolling series late.

    What somebody does meanwhile is none of what they wait for, and is not made up for.
    """
    if not series.rolling:
        return {}
    begun = begun_of(places)
    first = {
        one.pk: min(one.begins_with, begun[one.pk].number) if one.pk in begun else one.begins_with
        for one in places
        if not one.instead
    }
    return {place: number - 1 for place, number in first.items() if number > 1}


def _was_there(one):
    """As the case has it: their officer may have said it there, or put right since what the register says."""
    by_register, code = one.mark and not is_by_others(one), one.appointment.contact.outcome_code
    return one.mark in HAD if by_register else code in HAD_IN_THE_CASE
