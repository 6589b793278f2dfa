"""Sending what waits in the outbox, each message once; and what a person decides of the rest.

A message is marked before it is handed over and after. Whoever sends it holds a lock of its own
meanwhile, which PostgreSQL lets go when they die: what is then still marked as going may have gone,
and a person decides. Source: architecture, "the database is the queue".
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q

from cases.agencies.failures import MayHaveGone, NotSent
from cases.agencies.handing_over import carried, hand_over
from cases.models import Message
from cases.reference.agencies import Delivery, Means, MessageKind
from cases.services.checks import lock_case
from cases.services.enforcement import letters_back
from cases.services.reminders import address_now, still_to_go
from staff.audit import record
from staff.errors import RuleBroken

LOCKS_OF_MESSAGES = 0x6D736773  # keeps our advisory locks apart from anybody else's
ATTEMPTS = 3
WAITS = (timedelta(minutes=5), timedelta(minutes=30))  # before the second attempt, and the third
A_MINUTES_WORK = 100  # messages
TO_THE_PERSON = {  # asked about again at the moment they go
    MessageKind.REMINDER: still_to_go,
    MessageKind.LETTER: letters_back.still_to_go,
}
NOT_DELIVERED = "The e-mail could not be delivered"
STOPPED = "The e-mail was stopped by {name}"
WORDS_AS_THEY_GO = (MessageKind.REFERRAL,)  # they hold a link of which only a digest is kept


@dataclass(frozen=True, slots=True)
class Writer:
    """What puts a kind of message into words at the moment it goes.

    `write(message, now)` runs in the transaction that marks the message. It returns a copy with words, which is handed
    over and never saved; or None where the message does not go (it has been stopped) or not yet (its case is busy).
    """

    kind: MessageKind
    write: Callable


def send_waiting(*, now, size=A_MINUTES_WORK, writer=None):
    """Send up to so many of those that may go by now; returns how many went.

    Where nobody carries its means a message waits. Any number may run at once. With a `writer` those of its kind go,
    and without one those that have their words.
    """
    find_unsure(now=now)
    sent = 0
    left: list[int] = []
    for _ in range(size):
        message, in_words = _take(now, left, writer)
        if message is None:
            break
        if message.delivery != Delivery.GOING:  # one that does not go, or not yet
            left.append(message.pk)
            continue
        try:
            sent += _send(message, in_words, now)
        finally:
            _let_go(message.pk)
    return sent


@transaction.atomic
def find_unsure(*, now):
    """Mark what was being sent by somebody who died; returns how many. It may have gone."""
    going = Message.objects.filter(delivery=Delivery.GOING).order_by("pk")
    orphans = [pk for pk in going.values_list("pk", flat=True) if _hold_until_the_end(pk)]
    return Message.objects.filter(pk__in=orphans, delivery=Delivery.GOING).update(
        delivery=Delivery.UNSURE, settled_at=now
    )


@transaction.atomic
def send_again(*, message, by, now):
    """Let it go once more, to the address that is now in the book, on the account or safe to use."""
    _lock_its_case(message)
    message = _held(message, {Delivery.UNSURE, Delivery.FAILED})
    message.address = _address_now(message, now)
    message.delivery, message.attempts, message.problem = Delivery.WAITING, 0, ""
    message.not_before, message.settled_at = now, None
    return _settle(message, "sent_message_again", by)


@transaction.atomic
def say_it_went(*, message, by, now):
    """A person has found out that it went, or has sent it another way. Never of a letter that was said not to have gone."""
    _lock_its_case(message)
    message = _held(message, {Delivery.UNSURE, Delivery.FAILED})
    if message.kind == MessageKind.LETTER:
        letters_back.check_gone(message)
    message.delivery, message.settled_at = Delivery.SENT, now
    return _settle(message, "said_message_went", by)


@transaction.atomic
def cancel_message(*, message, by, now):
    """Leave it unsent. Never a request or a referral: it would wait for an answer to what was not asked.

    A letter of enforcement has then come back, and its officer sees to it.
    """
    _lock_its_case(message)
    message = _held(message, {Delivery.WAITING, Delivery.UNSURE, Delivery.FAILED})
    if message.kind == MessageKind.REFERRAL:
        raise RuleBroken(
            "The referral would wait for an answer of a service that was told nothing. "
            "Send it again, or tell the service another way and say that it went."
        )
    if message.kind == MessageKind.REQUEST:
        raise RuleBroken(
            "The enquiry would wait for an answer to a question nobody was asked. "
            "Send it again, or send it another way and say that it went."
        )
    message.delivery, message.settled_at = Delivery.CANCELLED, now
    if message.kind == MessageKind.LETTER:
        because = STOPPED.format(name=by.name)
        letters_back.email_did_not_go(message=message, because=because, by=by, now=now)
    return _settle(message, "cancelled_message", by)


def _lock_its_case(message):
    """The case before the message, as whoever books or sends does."""
    if message.kind == MessageKind.REMINDER:
        lock_case(message.appointment.contact.case)
    if message.kind == MessageKind.LETTER:
        lock_case(message.document.case)


def _address_now(message, now):
    if message.kind == MessageKind.REMINDER:
        return address_now(message=message, now=now)
    if message.kind == MessageKind.LETTER:
        letters_back.check_again(message)
        return message.address
    if message.means == Means.TEXT:
        return message.user.mobile or message.address
    if message.kind in WORDS_AS_THEY_GO:  # whoever writes it looks its address up as well
        return message.address
    return (message.agency or message.user).email or message.address


def _take(now, left, writer):
    """The next that may go, marked as going and held by us alone, and what is handed over; None when there is none.

    What goes to the person is asked about again first, and comes back unmarked where it does not go, as does what its
    writer leaves. `left`: those that this run has already left as they are.
    """
    with transaction.atomic():
        due = Message.objects.due(now).exclude(pk__in=left)
        due = due.filter(Q(means__in=carried()) | Q(kind=MessageKind.REMINDER))
        late = Q(kind__in=WORDS_AS_THEY_GO)
        due = due.filter(late, kind=writer.kind) if writer else due.exclude(late)
        due = due.select_for_update(skip_locked=True, of=("self",))
        message = due.select_related("document").order_by("not_before", "pk").first()
        if message is None:
            return None, None
        still = TO_THE_PERSON.get(message.kind)
        if still and not still(message=message, now=now):
            return message, None
        in_words = writer.write(message, now) if writer else message
        if in_words is None:
            return message, None
        _hold(message.pk)
        message.delivery, message.attempts = Delivery.GOING, message.attempts + 1
        message.save()
        return message, in_words


def _send(message, in_words, now):
    """Hand it over and keep what became of it; whether it went."""
    try:
        hand_over(in_words)
    except NotSent as problem:
        again = message.attempts < ATTEMPTS
        message.delivery = Delivery.WAITING if again else Delivery.FAILED
        message.not_before = now + WAITS[message.attempts - 1] if again else message.not_before
        message.settled_at = None if again else now
        message.problem = _kind_of(problem)
    except MayHaveGone as problem:
        message.delivery, message.settled_at = Delivery.UNSURE, now
        message.problem = _kind_of(problem)
    else:
        message.delivery, message.settled_at, message.problem = Delivery.SENT, now, ""
    with transaction.atomic():
        if message.delivery == Delivery.FAILED and message.kind == MessageKind.LETTER:
            known = {"because": NOT_DELIVERED, "by": None, "now": now}
            letters_back.email_did_not_go(message=message, **known)
        message.save()
    return message.delivery == Delivery.SENT


def _kind_of(problem):
    """What kind of thing went wrong: never what anybody said of it, which may name somebody."""
    return str(problem) or type(problem.__cause__).__name__


def _held(message, allowed):
    message = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if message.delivery not in allowed:
        now = Delivery(message.delivery).title
        raise RuleBroken(f"This message is at “{now}”. Somebody has settled it meanwhile.")
    return message


def _settle(message, action, by):
    message.save()
    record(by=by, action=action, message=message.pk, kind=message.kind)
    return message


# Held by whoever sends a message, for as long as their connection lives


def _hold(pk):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCKS_OF_MESSAGES, _narrow(pk)])


def _let_go(pk):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCKS_OF_MESSAGES, _narrow(pk)])


def _hold_until_the_end(pk):
    """Whether nobody holds it, so that whoever marked it has died; ours to the end of the transaction."""
    with connection.cursor() as cursor:
        key = [LOCKS_OF_MESSAGES, _narrow(pk)]
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", key)
        return cursor.fetchone()[0]


def _narrow(pk):
    """A key as the half of a lock's number that is ours."""
    return pk % 2**31
