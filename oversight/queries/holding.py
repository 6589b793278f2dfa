"""Who may be given a case, as the pages show it; and hand-overs across cases.

Source: product rules, GRID (the sender owns it until a named officer accepts); report 3.3. What a person chose about who
sees them is recorded with unpaid work.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse

from cases.models import Absence, Case, Transfer
from cases.models.worded_once import worded_once
from cases.queries.holder_page import ABOUT, MARKS, from_whom, moment, to_whom
from cases.queries.names import names_for_each
from cases.queries.paging import page_of
from cases.queries.reach import actions_on_each
from cases.reference.holding import TransferKind, TransferState
from cases.rules.transfers import OFFERED
from cases.rules.words import counted, shortened
from staff.kit import Tag, tag
from staff.permissions import Action
from staff.reference import STATED, StatedSex
from unpaidwork.queries.workers import workers_of
from unpaidwork.reference.risk import Choice

WEEK = timedelta(days=7)
LONGEST = 160  # letters of a reason that a row repeats
OF_A_CASE = ("case__officer", "case__team")


# Whom a person may be seen by


def choices_of(case, today):
    """Sentences of what is recorded about who may see this person; and whether what officers state of themselves matters."""
    worker = workers_of([case], today)[case.pk]
    said = [one.title for one in sorted(worker.supervised)]
    sentences = [f"Recorded with unpaid work: {one}." for one in said]
    if worker.choice != Choice.NOT_ASKED:
        sentences.append(f"She was asked with whom she works: {worker.choice.title.lower()}.")
    elif worker.woman:
        sentences.append("Nobody has asked her whether she would rather be seen by a woman: ask.")
    return sentences, bool(said) or worker.woman


def stating(rows):
    """The same rows, each with what the officer states of themselves."""
    return [replace(row, beside=(*row.beside, _stated(row.user))) for row in rows]


def _stated(user):
    if not user.sex:
        return "has not been asked whether they are a woman or a man"
    return f"states of themselves: {STATED[StatedSex(user.sex)].lower()}"


# Hand-overs across cases


@dataclass(frozen=True)
class TransferRow:
    crn: str
    name: str
    href: str
    kind: str
    sender: str
    receiver: str
    offered: str
    waits: str  # how long, or what came of it
    tag: Tag
    because: str
    next: str  # words of the link


def transfers_for(user):
    return Transfer.objects.filter(case__in=Case.objects.open_to(user, Action.VIEW_MOVEMENTS))


def page_of_waiting(user, *, after, size):
    """Those nobody has answered, the longest waiting first."""
    found = transfers_for(user).waiting().select_related(*OF_A_CASE, *ABOUT)
    return page_of(found, keys=("offered_at", "id"), after=after, size=size, known_by="pk")


def refused_lately(user, today):
    """Refused within the week: somebody has to decide what to do instead."""
    lately = refused_among(transfers_for(user), today).select_related(*OF_A_CASE, *ABOUT)
    return list(lately.order_by("-answered_at", "-pk"))


def refused_among(transfers, today):
    return transfers.filter(state=TransferState.REFUSED, answered_at__date__gt=today - WEEK)


def transfer_rows(transfers, user, today):
    cases = {one.case_id: one.case for one in transfers}.values()
    names = names_for_each(cases, actions_on_each(cases, user))
    return [_row(one, names[one.case_id], user, today) for one in transfers]


def _row(one, names, user, today):
    waits = counted((today - one.offered_at.date()).days, "day")
    yours = one.to_officer_id == user.pk
    return TransferRow(
        crn=one.case.crn,
        name=one.case.list_name,
        href=reverse("case-holder", args=[one.case.crn]),
        kind=TransferKind(one.kind).title,
        sender=from_whom(one),
        receiver=to_whom(one),
        offered=moment(one.offered_at),
        waits=f"Waiting {waits}" if one.state == OFFERED else moment(one.answered_at),
        tag=tag(MARKS[TransferState(one.state)]),
        because=shortened(names.text(one.because), LONGEST),
        next="Read and answer" if yours and one.state == OFFERED else "See the offer",
    )


def offered_to(user, today):
    """What waits for this member of staff's own answer, or for that of somebody for whom they cover; the longest first."""
    return transfer_rows(_waiting_for(user), user, today)


@worded_once
def _waiting_for(user):
    covered = Absence.objects.covered_by(user).values("user")
    cases = Case.objects.open_to(user, Action.VIEW_CASE)
    waiting = Transfer.objects.waiting().filter(Q(to_officer=user) | Q(to_officer__in=covered))
    found = waiting.filter(case__in=cases).select_related("case", *ABOUT)
    return found.order_by("offered_at", "pk")
