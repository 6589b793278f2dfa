"""What a court asks of us: recorded, answered the same day by whoever is here, or withdrawn.

Source: supervision reference 7; product rules, clocks.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import CourtRequest
from cases.queries.court_facts import kept_from_court
from cases.queries.recipients import owner_and_cover
from cases.reference.courts import CourtWants, SentBy
from cases.rules.agency_meetings import Owed, first_owed
from cases.rules.courts import (
    RequestState,
    check_move,
    check_reply,
    check_request,
    check_withdrawn,
    say_moment,
    state_of,
)
from cases.services.checks import lock_case
from cases.services.contact_log import record_contact
from cases.services.one_of_several import settle_first_owed
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken

ANSWERS = "answer_court"
TO_AN_AGENCY = "CIEB"  # as the log calls it
HOW = {
    SentBy.EMAIL: "by secure e-mail",
    SentBy.TELEPHONE: "by telephone",
    SentBy.IN_COURT: "in court",
}


@transaction.atomic
def record_request(*, case, court, asked_by, wants, words, asked_at, needed_by, by, now):
    """A court asks. It is owed by the hour it is needed, also of somebody who has left us. Returns the `CourtRequest`."""
    case = lock_case(case)
    check_request(
        court=court,
        asked_by=asked_by,
        wants=wants,
        words=words,
        asked_at=asked_at,
        needed_by=needed_by,
        now=now,
    )
    same = case.court_requests.waiting().filter(court=court.strip(), wants=wants, needed_by=needed_by)  # fmt: skip
    if same.exists():
        raise RuleBroken("This is recorded already and waits to be answered.")
    made = CourtRequest.objects.create(
        case=case,
        court=court.strip(),
        asked_by=asked_by.strip(),
        wants=CourtWants(wants),
        words=words.strip(),
        asked_at=asked_at,
        needed_by=needed_by,
        recorded_by=by,
    )
    record(by=by, action="recorded_court_request", crn=case.crn, request=made.pk, wants=str(wants))
    _settle(case, by=by, now=now)
    _tell(made, f"A court needs an answer by {say_moment(localtime(needed_by))}", by=by, now=now)
    return made


@transaction.atomic
def reply_to_court(*, request, reply, composed, sent_by, by, now):
    """The court has been told. `composed`: the line that the record gave, over which this was written.

    It is written in the log, and whoever holds the case hears of it where somebody else answered. Returns the request.
    """
    request = _lock(request)
    _check(request, RequestState.REPLIED)
    case = request.case
    request.reply = check_reply(reply, composed, kept_from_court(case), case.name)
    request.sent_by = SentBy(sent_by)
    request.replied_at, request.replied_by = now, by
    request.save()
    record_contact(
        case=case,
        type_code=TO_AN_AGENCY,
        at=now,
        notes=f"To {request.court}, {HOW[request.sent_by]} ({request.asked_by}):\n\n{request.reply}",
        sensitive=True,  # what a court was told is not repeated on anything they are given
        by=by,
        now=now,
    )
    record(by=by, action="answered_court", crn=case.crn, request=request.pk, how=str(request.sent_by))  # fmt: skip
    _settle(case, by=by, now=now, done=True)
    _tell(request, "A court was answered for you", by=by, now=now, for_information=True)
    return request


@transaction.atomic
def withdraw_request(*, request, because, by, now):
    """The court no longer needs it."""
    request = _lock(request)
    _check(request, RequestState.WITHDRAWN)
    request.withdrawn_because = check_withdrawn(because)
    request.withdrawn_at, request.withdrawn_by = now, by
    request.save()
    record(by=by, action="withdrew_court_request", crn=request.case.crn, request=request.pk)
    _settle(request.case, by=by, now=now)
    return request


def _lock(request):
    """As it stands now, its case locked first, so that two cannot answer."""
    case = lock_case(request.case)
    found = CourtRequest.objects.select_related("replied_by", "withdrawn_by").get(pk=request.pk, case=case)  # fmt: skip
    found.case = case
    return found


def _check(request, to):
    who = request.replied_by or request.withdrawn_by
    at = request.replied_at or request.withdrawn_at
    check_move(
        state_of(request.replied_at, request.withdrawn_at),
        to,
        who=who.name if who else "",
        at=say_moment(localtime(at)) if at else "",
    )


def _settle(case, *, by, now, done=False):
    waiting = case.court_requests.waiting().order_by("needed_by", "pk")
    owed = first_owed(_owed(one) for one in waiting)
    today = localtime(now).date()
    settle_first_owed(case=case, kind=ANSWERS, owed=owed, by=by, today=today, done=done)


def _owed(one):
    needed, asked = localtime(one.needed_by), localtime(one.asked_at)
    return Owed(asked.date(), needed.date(), f"{one.court} needs it by {say_moment(needed)}")


def _tell(request, words, *, by, now, for_information=False):
    case = request.case
    if case.officer_id == by.pk:
        return
    others = [one for one in owner_and_cover(case, localtime(now).date()) if one.pk != by.pk]
    href = reverse("court-requests", args=[case.crn])
    tell(
        case=case,
        users=others,
        text=f"{words}: {case.crn}.",
        href=href,
        now=now,
        for_information=for_information,
    )
