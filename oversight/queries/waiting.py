"""What of supervision and of training waits for a reader, as links on My work: one statement, whoever they are.

Source: features 124 and 125. What is agreed on no case has no clock, so that it is said here; and that training runs out is
said some weeks beforehand.
"""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse

from cases.rules.words import counted
from oversight.models import AgreedAction, Supervision
from oversight.queries.leavers import LAST_DAY, left_on
from oversight.queries.officers import training_of, with_training
from oversight.queries.supervision import officers_within, sessions_within
from oversight.reference.allocation import TRAINING
from oversight.rules.development import runs_out
from staff.kit import Link, on
from staff.models import User
from staff.permissions import Action, Role, reach

ARRANGE = "arrange"  # of the list of training: where something is to be arranged


def waiting_of(user, today):
    if user.role == Role.OFFICER:
        return _of_themselves(user, today)
    if not reach(user.role, Action.HOLD_SUPERVISION):
        return []
    if user.role == Role.SPO:
        return _of_their_officers(user, today)
    late = sessions_within(user, Action.HOLD_SUPERVISION).to_hold(today)
    return _to_hold(late.count())


def _of_themselves(user, today):
    sessions = Supervision.objects.filter(officer=OuterRef("pk")).order_by("planned_on")
    agreed = AgreedAction.objects.unsettled().filter(supervision__officer=OuterRef("pk"))
    found = with_training(User.objects.filter(pk=user.pk), today).annotate(
        to_read=Exists(sessions.to_be_read()),
        next_on=Subquery(sessions.unfinished().values("planned_on")[:1]),
        agreed_by=ArraySubquery(agreed.order_by("pk").values("due_on")),
    )
    row = found.get()
    mine = reverse("officer-supervision", args=[user.pk])
    links = []
    if row.to_read:
        links.append(Link("A supervision to read and answer", mine))
    if row.agreed_by:
        late = sum(due_on < today for due_on in row.agreed_by)
        said = counted(
            len(row.agreed_by), "thing agreed in supervision", "things agreed in supervision"
        )
        links.append(Link(f"{said}, on no case{f', {late} of them late' if late else ''}", mine))
    if row.next_on:
        links.append(Link(f"Your next supervision: {on(row.next_on)}", mine))
    return [*links, *_runs_out(row, today)]


def _runs_out(row, today):
    """Of an officer's own training."""
    here = reverse("officer-workload", args=[row.pk])
    return [
        Link(
            f"Your training in {TRAINING[one.kind].lower()}: {one.words[:1].lower()}{one.words[1:]}",
            here,
        )
        for one in runs_out(training_of(row), today)
    ]


def _of_their_officers(user, today):
    late = Supervision.objects.to_hold(today).filter(officer=OuterRef("pk"))
    officers = officers_within(user, Action.HOLD_SUPERVISION)
    rows = list(with_training(officers, today).annotate(to_hold=Exists(late), last_day=LAST_DAY))
    links = _to_hold(sum(one.to_hold for one in rows))
    here = [one for one in rows if not left_on(one.last_day, today)]
    number = sum(bool(runs_out(training_of(one), today)) for one in here)
    if number:
        said = counted(
            number, "officer whose training runs out", "officers whose training runs out"
        )
        links.append(Link(said, f"{reverse('team-training')}?show={ARRANGE}"))
    return links


def _to_hold(number):
    said = counted(number, "supervision to hold or sign", "supervisions to hold or sign")
    return [Link(said, reverse("supervisions"))] if number else []
