"""What staff do with a case that has come: record it, say what came with it, ask for the rest, read it and write the note.

Sources: product rules, clocks (arrival); report 2.1. The rules are `cases.rules.arriving`; what extracts and the night
find is in `cases.services.arrivals_owed`.
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import Arrival, Case
from cases.queries.arriving import (
    arrivals_before,
    began_of,
    shown_by_record,
    still_to_read,
)
from cases.reference.arriving import BroughtState, CameFrom
from cases.reference.checks import Because
from cases.rules.arriving import (
    CLOCKS,
    NAME,
    TEN_DAYS,
    Came,
    check_arrival,
    check_note,
    clean_brought,
    is_known,
    items_of,
)
from cases.rules.signing import refusal
from cases.services.arrivals_owed import open_arrivals, settle_arrivals
from cases.services.asking import ask_those_never_asked
from cases.services.checks import lock_case
from cases.services.deadlines import meet_deadline
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.merging import marks, merged

NOT_OURS = (
    "Nobody of ours supervises this person, so they have not come to us. See who has the case."
)
NO_SENTENCE = "No sentence that runs is on record, so there is nothing to come to us for."
READ_ALREADY = (
    "The record is read, and its note stands. What is learnt from now on goes where it is assessed: information, "
    "the assessment or a raise."
)


@transaction.atomic
def record_arrival(*, case, came_from, arrived_on, by, now):
    """Record that somebody came, where no extract has said so: the clocks run from that day. Returns the arrival."""
    case, today = lock_case(case), localtime(now).date()
    if not Case.objects.ours().filter(pk=case.pk).exists():
        raise RuleBroken(NOT_OURS)
    came = _came(case, came_from, arrived_on)
    if came is None:
        raise RuleBroken(NO_SENTENCE)
    check_arrival(came, arrivals_before([case.pk])[case.pk], today)
    return _arrive(case, came, by=by, now=now)


@transaction.atomic
def arrive_by_hand_over(*, case, came_from, by, now):
    """Record that somebody came today because a hand-over to us was accepted, unless it is recorded. Returns it, or None."""
    case = lock_case(case)
    came = _came(case, came_from, localtime(now).date())
    if came is None or is_known(came, arrivals_before([case.pk])[case.pk]):
        return None
    return _arrive(case, came, by=by, now=now)


@transaction.atomic
def arrive_by_release(*, case, on, by, now):
    """Record that somebody came from prison on that day: the first appointment is owed. Returns it.

    None where it is recorded already, nobody of ours supervises them, or no sentence runs.
    """
    case = lock_case(case)
    if not Case.objects.ours().filter(pk=case.pk).exists():
        return None
    came = _came(case, CameFrom.PRISON, on)
    if came is None or is_known(came, arrivals_before([case.pk])[case.pk]):
        return None
    return _arrive(case, came, by=by, now=now)


@transaction.atomic
def withdraw_release(*, case, on, by, now):
    """They did not come from prison on that day after all: what that began is owed no more. Whether it stood.

    What was written of it is kept in its history.
    """
    case, today = lock_case(case), localtime(now).date()
    arrival = case.arrivals.filter(came_from=CameFrom.PRISON, arrived_on=on).first()
    if arrival is None:
        return False
    began = case.deadlines.unmet().filter(kind__in=CLOCKS, triggered_on=on).exclude(kind=NAME)
    for kind in sorted(began.values_list("kind", flat=True)):
        meet_deadline(case=case, kind=kind, by=by, today=today, void=True)
    record(by=by, action="withdrew_arrival", crn=case.crn, arrival=arrival.pk)
    arrival.delete()
    return True


def _came(case, came_from, arrived_on):
    """The arrival as the rules know it, on the sentence that runs; None where none does."""
    sentence = case.sentences.current().latest_of_each_case().first()
    if sentence is None:
        return None
    return Came(CameFrom(came_from), arrived_on, sentence.pk, _is_held(sentence, came_from))


def _arrive(case, came, *, by, now):
    today = localtime(now).date()
    (made,) = open_arrivals(came={case.pk: came}, by=by, today=today, now=now)
    settle_arrivals(case_ids=[case.pk], by=by, today=today)
    made.refresh_from_db()
    return made


def _is_held(sentence, came_from):
    """Whoever is said to be released is, though the extract has not heard of it yet."""
    return began_of(sentence).held and came_from != CameFrom.PRISON


@transaction.atomic
def record_brought(*, arrival, given, by, now, seen=None):
    """Say what came: `given` {code of Brought: {"state", "on", "words"}}, blank for nothing said. Returns a `Merged`.

    `seen`: marks of what stood when the page was drawn; None: what stands is written over. What two people said
    differently is not written, and is named in `conflicts`.
    """
    case, arrival = _lock(arrival)
    today = localtime(now).date()
    clean = {code: clean_brought(code, one, today) for code, one in given.items()}
    stands = marks(arrival.brought, clean) if seen is None else marks({}, clean) | dict(seen)
    outcome = merged(stands, clean, arrival.brought)
    if outcome.write:
        _put(arrival, outcome.write)
        record(
            by=by,
            action="recorded_what_came",
            crn=case.crn,
            arrival=arrival.pk,
            states={code: (one or {}).get("state", "") for code, one in outcome.write.items()},
        )
    return outcome


@transaction.atomic
def ask_for_missing(*, arrival, by, now):
    """Mark all that nobody has looked for as asked for today, and open the enquiries that must be made and never were.

    Returns (what was asked for, the enquiries opened).
    """
    case, arrival = _lock(arrival)
    today = localtime(now).date()
    items = items_of(arrival.brought, shown_by_record([arrival])[arrival.pk])
    wanted = [one.what for one in items if one.state == BroughtState.NOT_LOOKED]
    # Read only once each was sent since the sentence: one sent before it is asked again
    opened = ask_those_never_asked(
        case=case, because=Because.START, by=by, today=today, or_waited_for=False
    )
    if not wanted and not opened:
        raise RuleBroken("Everything that is missing has been asked for already.")
    asked = {"state": BroughtState.ASKED.value, "on": today.isoformat()}
    _put(arrival, {what.value: dict(asked) for what in wanted})
    record(
        by=by,
        action="asked_for_missing",
        crn=case.crn,
        arrival=arrival.pk,
        asked=[str(one) for one in wanted],
        enquiries=len(opened),
    )
    return wanted, opened


@transaction.atomic
def read_arrival(*, arrival, note, by, now):
    """Say that the record is read, with the initial risk note, which is kept as it is. Returns the arrival.

    Refused while anything has not been looked for, or an enquiry is neither sent nor explained.
    """
    case, arrival = _lock(arrival)
    today = localtime(now).date()
    if arrival.read_on:
        raise RuleBroken(READ_ALREADY)
    if left := still_to_read(case, arrival, today):
        raise RuleBroken(refusal(left))
    arrival.note = check_note(note)
    arrival.read_on, arrival.read_by = today, by
    arrival.save(update_fields=["note", "read_on", "read_by"])
    meet_deadline(case=case, kind=TEN_DAYS, by=by, today=today)
    record(by=by, action="read_arrival", crn=case.crn, arrival=arrival.pk)
    settle_arrivals(case_ids=[case.pk], by=by, today=today)
    arrival.refresh_from_db()
    return arrival


def _put(arrival, write):
    brought = arrival.brought | dict(write)
    arrival.brought = {code: one for code, one in brought.items() if one}
    arrival.save(update_fields=["brought"])


def _lock(arrival):
    """(case, arrival) as they stand now, the case locked first."""
    case = Case.objects.select_for_update(no_key=True).get(arrivals=arrival.pk)
    arrival = Arrival.objects.select_related("sentence").get(pk=arrival.pk)
    arrival.case = case
    return case, arrival
