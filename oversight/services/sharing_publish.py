"""Publishing a proposal: whoever nobody held is given an officer, what somebody holds is offered, all or none of it.

Source: features 123; product rules, GRID (the sender owns it until a named officer accepts) and gates. Each case goes by the
service that does so for one alone, which decides again with the case held.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import Case, Departure
from cases.rules.holding import Considered
from cases.rules.words import counted, shortened
from cases.services.departures import named, offer_all, offer_together
from cases.services.holding import keep_why, lock_officers, name_officer
from oversight.models.sharing import LONGEST_SENTENCE
from oversight.queries.sharing_standing import changed_since, is_answered, standing_of
from oversight.reference.sharing import SharingState
from oversight.rules.comparing import VERSION
from oversight.rules.sharing_said import Warned, check_said, in_the_record
from oversight.rules.sharing_stands import choices_for, of_officer, over_full, stands_of
from oversight.services.sharing import check_proposed, close, leave_out, lock_sharing, moves_of
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
    """What came of it."""

    sharing: object
    named: int
    offered: int


@transaction.atomic
def publish_sharing(*, sharing, note, said, by, now):
    """Do what is proposed. `note`: for whoever is offered cases; `said`: {key: why it is right all the same}.

    What has changed since refuses the whole, by name, and loses nothing of what was changed by hand.
    """
    one, today = lock_sharing(sharing), localtime(now).date()
    check_proposed(one)
    moves, standing = list(moves_of(one)), standing_of(one)
    if not standing.whole:
        raise RuleBroken(NOT_WHOLE)
    if not moves:
        raise RuleBroken(NOTHING)
    _hold(moves)
    _check_unchanged(changed_since(one, standing, today, by))
    if not sees_all(moves, by):
        raise RuleBroken(NOT_ALL_SEEN)
    one.note, one.said = note.strip(), check_said(warned_of(one, standing), said)
    done = _carry_out(one, moves, standing, by=by, now=now)
    close(one, SharingState.PUBLISHED, by=by, now=now)
    record(by=by, action="published_sharing", sharing=one.pk, named=done.named, offered=done.offered)  # fmt: skip
    return done


def _hold(moves):
    """Whatever the services of one case would hold, in the order in which they do: departures, cases, officers."""
    leaving = Departure.objects.running().filter(user__in={move.from_officer_id for move in moves})
    cases = Case.objects.filter(pk__in=[move.case_id for move in moves])
    for rows in (leaving, cases):
        list(rows.order_by("pk").select_for_update(no_key=True).values("pk"))
    lock_officers({move.to_officer_id for move in moves})


def warned_of(one, standing):
    """What is warned of and not cleared by hand, kind by kind: each asks for one sentence."""
    moving = [move for move in standing.moves.values() if not move.left_out and move.from_officer_id != move.to_officer_id]  # fmt: skip
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


def is_held(move):
    """Whether somebody who works here holds it, who has it until it is accepted."""
    return move.from_officer is not None and move.from_officer.is_active


def _carry_out(one, moves, standing, *, by, now):
    offers = defaultdict(list)
    stands = {each.officer.key: each for each in stands_of(standing.asked, standing.chosen)}
    for move in moves:
        stood = _considered(one, move, standing, stands[move.to_officer_id])
        said = any(is_answered(move, row) for row in standing.warned(move))  # beside the warning
        words = in_the_record(move.why, "" if said else move.because, len(moves))
        known = {"case": move.case, "officer": move.to_officer, "because": words, "by": by, "now": now}  # fmt: skip
        if is_held(move):
            offers[move.from_officer].append((move.case, move.to_officer, words))
            keep_why(considered=stood, **known)
            continue
        with named(move.case):
            name_officer(considered=stood, **known)
    for holder, theirs in sorted(offers.items(), key=lambda each: each[0].pk):
        leaving = Departure.objects.running().filter(user=holder).first()
        if leaving:
            offer_all(departure=leaving, offers=theirs, note=one.note, by=by, now=now)
        else:
            offer_together(offers=theirs, note=one.note, whose=f" of {holder.name}", by=by, now=now)
    offered = sum(map(len, offers.values()))
    return Published(one, len(moves) - offered, offered)


def _considered(one, move, standing, stands):
    """What stood beside the officer, as it is kept of a case that is given alone."""
    facts = next(each for each in standing.asked.cases if each.key == move.case_id)
    choices = choices_for(facts, standing.asked, standing.policy, standing.chosen)
    may = sum(not each.refused for each in choices)
    rows = [
        (row["key"], row["sentence"], move.because if is_answered(move, row) else one.said[row["key"]])
        for row in standing.warned(move)
    ]  # fmt: skip
    whole = of_officer(stands, standing.policy)
    rows += [(key, sentence, one.said[key]) for key, sentence in whole.items()]
    return Considered(
        warned=tuple({"key": key, "sentence": words, "said": said} for key, words, said in rows),
        points=move.points,
        percent_before=stands.before.percent,
        percent_after=stands.after.percent,
        compared=may,
        left_out=len(choices) - may,
        rules_version=VERSION,
        policy_version=one.policy_version,
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
