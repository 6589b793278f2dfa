"""Publishing a proposal: what it asks of whoever does, and that it still stands. A task carries it out: `sharing_giving`.

Source: features 123; product rules, GRID (the sender owns it until a named officer accepts) and gates.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import Case
from cases.rules.words import counted, shortened
from oversight.models.sharing import LONGEST_SENTENCE
from oversight.queries.sharing_standing import (  # fmt: skip
    changed_since,
    is_answered,
    is_held,
    is_moving,
    standing_of,
)
from oversight.reference.sharing import SharingState
from oversight.rules.sharing_said import Warned, check_said
from oversight.rules.sharing_stands import over_full, stands_of
from oversight.services.sharing import check_proposed, leave_out, lock_sharing, moves_of
from staff.audit import record
from staff.errors import RuleBroken
from staff.permissions import Action

NAMED_AT_ONCE = 10  # of what has changed, in one refusal
NOT_WHOLE = "Not every case has somebody yet. Work it out again, settle the rest or leave it out."
NOT_ALL_SEEN = (
    "A case of it is kept from you, so that you cannot answer for where it goes. Whoever asked for it publishes it; or drop "
    "it and ask for one of your own, in which that case takes no part."
)
NOTHING = "Nothing would move: each case stays where it is. Drop it instead."


@dataclass(frozen=True)
class Published:
    """How many cases are given an officer, and how many offered to one."""

    named: int
    offered: int


@transaction.atomic
def publish_sharing(*, sharing, note, said, by, now):
    """Have what is proposed carried out. `note`: for whoever is offered cases; `said`: {key: why it is right all the same}.

    What has changed since refuses the whole, by name, and loses nothing of what was changed by hand.
    """
    one, today = lock_sharing(sharing), localtime(now).date()
    check_proposed(one)
    moves, standing = list(moves_of(one)), standing_of(one)
    if not standing.whole:
        raise RuleBroken(NOT_WHOLE)
    if not moves:
        raise RuleBroken(NOTHING)
    _check_unchanged(changed_since(one, standing, today, by))
    if not sees_all(moves, by):
        raise RuleBroken(NOT_ALL_SEEN)
    one.note, one.said = note.strip(), check_said(warned_of(one, standing), said)
    one.state, one.published_at, one.published_by = SharingState.GIVING, now, by
    one.tries = 0  # from now on: how often carrying it out failed
    one.save()
    offered = sum(map(is_held, moves))
    done = Published(len(moves) - offered, offered)
    record(by=by, action="published_sharing", sharing=one.pk, named=done.named, offered=done.offered)  # fmt: skip
    return done


def warned_of(one, standing):
    """What is warned of and not cleared by hand, kind by kind: each asks for one sentence."""
    moving = [move for move in standing.moves.values() if is_moving(move)]
    pairs = [
        (move.case.crn, row)
        for move in moving
        for row in standing.warned(move)
        if not is_answered(move, row)
    ]
    whole = over_full(stands_of(standing.asked, standing.chosen), standing.policy)
    return Warned.gathered(pairs, whole)


def sees_all(moves, user):
    """Whether each case that would move is open to them: nobody decides about a case that is kept from them."""
    keys = {move.case_id for move in moves}
    return Case.objects.open_to(user, Action.SHARE_OUT_CASES).filter(pk__in=keys).count() == len(keys)  # fmt: skip


def _check_unchanged(changed):
    if not changed:
        return
    said = list(dict.fromkeys(changed[pk] for pk in sorted(changed)))
    first, more = said[:NAMED_AT_ONCE], len(said) - NAMED_AT_ONCE
    rest = f" And {counted(more, 'more case')}." if more > 0 else ""
    raise RuleBroken(
        f"Nothing was published, because something has changed since it was worked out. {' '.join(first)}{rest} Leave out "
        "what has changed, or work it out again: what you settled by hand is kept."
    )


@transaction.atomic
def leave_out_changed(*, sharing, by, now):
    """Leave out each case that has changed since it was worked out, with what has changed. Returns how many."""
    one = lock_sharing(sharing)
    check_proposed(one)
    standing = standing_of(one)
    changed = changed_since(one, standing, localtime(now).date())
    for pk in sorted(changed):
        because = shortened(changed[pk], LONGEST_SENTENCE)
        leave_out(one, standing.moves[pk].case, because, by=by, now=now)
    return len(changed)
