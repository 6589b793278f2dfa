"""Taking a complaint, saying who sees to it, acknowledging and answering it. Whoever it is about has no part in any of it.

Each settles, inside the lock of the case, the clocks and whose they are. Source: local policy on complaints; product
rules, clocks.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Complaint, Deadline, Notice
from cases.queries.recipients import deciders_of, let_in, seniors_of
from cases.reference.deadlines import OF_COMPLAINTS
from cases.rules.complaints import (
    ABOUT_YOU,
    check_acknowledged,
    check_answer,
    check_complaint,
    check_handler,
    seen_to_by,
)
from cases.services.checks import lock_case
from cases.services.deadlines import due_under
from cases.services.one_of_several import settle_first_owed
from cases.services.policy import clocks
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken
from staff.models import User
from staff.permissions import Role
from staff.rules.dates import say_date

ACKNOWLEDGES, ANSWERS = OF_COMPLAINTS
MOVED = "Somebody else has written on this complaint meanwhile. Read it again, and then say it."
ANSWERED = "This complaint has been answered."


@dataclass(frozen=True)
class Owed:
    """What of several complaints is owed first."""

    since: date
    due_on: date
    why: str


@transaction.atomic
def take_complaint(*, case, made_by, who, about, words, wants, received_on, by, now):
    """Somebody is not content: kept in their words. `about`: a member of staff, or None. Returns the `Complaint`."""
    case, today = lock_case(case), localtime(now).date()
    who, words = check_complaint(
        made_by=made_by, who=who, words=words, received_on=received_on, today=today
    )
    if about == by:
        raise RuleBroken(ABOUT_YOU)
    made = Complaint.objects.create(
        case=case,
        made_by=made_by,
        who=who,
        about=about,
        words=words,
        wants=wants.strip(),
        received_on=received_on,
        recorded_at=now,
        recorded_by=by,
    )
    record(by=by, action="took_complaint", crn=case.crn, complaint=made.pk)
    _settle(case, by=by, today=today)
    _tell_of(made, by=by, now=now)
    return made


@transaction.atomic
def take_up_complaint(*, complaint, handler, about, acknowledged_on, version, by, now):
    """Who answers it and whom it is about, as is known now; and the day on which it was acknowledged, or None.

    Returns the complaint, written on once more than `version`.
    """
    found, today = _lock(complaint, version, by), localtime(now).date()
    before, known = found.about_id, found.handler_id
    found.about, found.handler = about, handler
    _check_may(found, by)
    check_handler(handler=handler.role, about=_role(about), is_about_them=handler == about)
    if acknowledged_on:
        check_acknowledged(acknowledged_on, received_on=found.received_on, today=today)
    found.acknowledged_on = acknowledged_on
    _save(found, "handler", "about", "acknowledged_on")
    record(by=by, action="took_up_complaint", crn=found.case.crn, complaint=found.pk)
    if about and about.pk != before:
        _no_more_told(found, now=now)
    _settle(found.case, by=by, today=today, done=(ACKNOWLEDGES,) if acknowledged_on else ())
    if handler.pk not in (known, by.pk):
        _tell(found, [handler], "It falls to you to answer a complaint on {crn}.", now)
    return found


@transaction.atomic
def answer_complaint(*, complaint, outcome, answer, learnt, version, by, now):
    """What it came to, what whoever made it is answered, and what was learnt. Returns the complaint."""
    found, today = _lock(complaint, version, by), localtime(now).date()
    _check_may(found, by)
    said = check_answer(outcome=outcome, answer=answer, learnt=learnt)
    found.outcome, found.answer, found.learnt = said
    found.answered_on, found.answered_by = today, by
    found.handler = found.handler or by
    found.acknowledged_on = found.acknowledged_on or today
    _save(found, "outcome", "answer", "learnt", "answered_on", "answered_by", "handler", "acknowledged_on")  # fmt: skip
    record(by=by, action="answered_complaint", crn=found.case.crn, complaint=found.pk)
    _settle(found.case, by=by, today=today, done=OF_COMPLAINTS)
    return found


def _lock(complaint, version, by):
    """As it stands now, its case locked first; refused to whom it is about, once answered, or where somebody was first."""
    case = lock_case(complaint.case)
    found = Complaint.objects.select_related("about", "handler").get(pk=complaint.pk)
    found.case = case
    if found.about_id == by.pk:
        raise RuleBroken(ABOUT_YOU)
    if found.answered_on:
        raise RuleBroken(ANSWERED)
    if found.version != version:
        raise RuleBroken(MOVED)
    return found


def _check_may(found, by):
    check_handler(handler=by.role, about=_role(found.about), is_about_them=found.about_id == by.pk)


def _role(member):
    return member.role if member else None


def _save(found, *columns):
    found.version += 1
    found.save(update_fields=[*columns, "version"])


def _settle(case, *, by, today, done=()):
    """The clocks of what is to be acknowledged and answered, and whose they are: a head's while any of them falls to one."""
    open_ones = list(case.complaints.unanswered().select_related("about"))
    for kind in OF_COMPLAINTS:
        waits = [one for one in open_ones if kind == ANSWERS or one.acknowledged_on is None]
        owed = min(
            (_owed(kind, one, today) for one in waits),
            key=lambda one: (one.due_on, one.since),
            default=None,
        )
        settle_first_owed(case=case, kind=kind, owed=owed, by=by, today=today, done=kind in done)
        owner = _owner(waits)
        running = Deadline.objects.unmet().filter(case=case, kind=kind)
        running.exclude(owner_role=owner).update(owner_role=owner)


def _owner(waits):
    owners = {seen_to_by(_role(one.about)) for one in waits}
    return Role.HEAD if Role.HEAD in owners else Role.SPO


def _owed(kind, one, today):
    why = f"A complaint came on {say_date(one.received_on)}"
    return Owed(one.received_on, due_under(clocks(today), kind, one.received_on), why)


def _tell_of(made, *, by, now):
    """Those to whom it falls; where there are none whom it is not about, whoever looks at quality."""
    case, today = made.case, localtime(now).date()
    heads = User.objects.filter(role=Role.HEAD).values_list("pk", flat=True)
    first = (
        seniors_of(case, today)
        if seen_to_by(_role(made.about)) == Role.SPO
        else let_in(case, list(heads))
    )
    told = [one for one in first if one.pk != made.about_id]
    told = told or deciders_of(case, {made.about_id})
    users = [one for one in told if one.pk != by.pk]
    _tell(
        made, users, "A complaint was made on {crn}. Say who answers it, and acknowledge it.", now
    )


def _tell(found, users, text, now):
    tell(
        case=found.case,
        users=users,
        text=text.format(crn=found.case.crn),
        href=_page(found),
        now=now,
    )


def _no_more_told(found, *, now):
    """Whoever it turns out to be about is shown nothing of it that they were told before that was known."""
    told = Notice.objects.filter(user=found.about, href=_page(found), seen_at=None)
    told.update(seen_at=now)


def _page(found):
    return reverse("complaint", args=[found.case.crn, found.pk])
