"""Working proposals out, in the background: whoever is killed loses nothing, and nobody waits for ever.

Source: features 123; architecture, "the database is the queue". No row is held while the solver works: a senior may drop
the proposal meanwhile, and then the answer is thrown away.
"""

import time
from datetime import timedelta
from decimal import Decimal
from functools import partial

from django.db import transaction
from django.utils.timezone import localtime

from cases.rules.words import shortened
from cases.services.jobs import each_by_itself
from oversight.models import SharingMove, SharingOut
from oversight.models.sharing import LONGEST_SENTENCE
from oversight.queries.policy import workload_policy
from oversight.queries.sharing import cases_of, question_of
from oversight.queries.sharing_standing import row_of
from oversight.reference.sharing import Outcome, SharingState
from oversight.rules.sharing_facts import Status
from oversight.rules.sharing_kept import as_kept
from oversight.rules.sharing_nobody import without_nobodys
from oversight.rules.sharing_out import share_out
from oversight.services.sharing import lock_sharing, tell_of
from staff.audit import record
from staff.errors import RuleBroken

SECONDS = 10.0  # for which the solver may look for a better answer
GIVEN_UP_AFTER = timedelta(minutes=5)  # whoever began it is taken to have died
MOST_TRIES = 3
FAILED = "Proposals that could not be worked out, left for the next minute"
NOT_POSSIBLE = "It was begun three times and came to no end. Ask for fewer cases at once, and tell whoever runs the service."


def work_out_waiting(*, now):
    """Work out whatever waits to be. Returns how many came to an end."""
    waiting = SharingOut.objects.to_be_worked_out(now - GIVEN_UP_AFTER).order_by("asked_at", "pk")
    steps = [partial(work_out, pk, now=now) for pk in waiting.values_list("pk", flat=True)]
    return sum(each_by_itself(*steps, failed=FAILED))


def work_out(pk, *, now, seconds=SECONDS):
    """One of them, from taking it up to keeping the answer. Returns 1, or 0 where somebody else has it or dropped it."""
    one = _take_up(pk, now=now)
    if one is None:
        return 0
    today, began = localtime(now).date(), time.monotonic()
    policy = workload_policy(today)
    question = question_of(one, today, policy)
    try:
        proposal, nobodys = _proposed(question.asked, policy, seconds)
    except RuleBroken as refusal:
        return _keep(one, now, question, policy, began, Outcome.CANNOT, in_the_way=[str(refusal)])
    return _keep(
        one, now, question, policy, began, Outcome(str(proposal.status)),
        given=proposal.given, counts=proposal.counts, at_least=proposal.at_least,
        in_the_way=list(proposal.in_the_way), by_the_clock=proposal.by_the_clock, nobodys=nobodys,
    )  # fmt: skip


def _proposed(asked, policy, seconds):
    """The proposal, and {case: why} of those that nobody may have: they are left out by themselves, and stop no other."""
    proposal = share_out(asked, policy, seconds=seconds)
    if proposal.status != Status.CANNOT:
        return proposal, {}
    rest, nobodys = without_nobodys(asked, policy)
    if not nobodys or not rest.cases:
        return proposal, {}
    return share_out(rest, policy, seconds=seconds), nobodys


@transaction.atomic
def _take_up(pk, *, now):
    """The proposal, marked as begun; None where there is nothing to do about it any more."""
    waiting = SharingOut.objects.to_be_worked_out(now - GIVEN_UP_AFTER)
    held = waiting.select_for_update(skip_locked=True, no_key=True, of=("self",))
    one = held.select_related("team", "officer", "asked_by").filter(pk=pk).first()
    if one is None:
        return None
    one.began_at, one.tries = now, one.tries + 1
    if one.tries > MOST_TRIES:
        one.state, one.outcome, one.worked_out_at = SharingState.PROPOSED, Outcome.FAILED, now
        one.in_the_way = [NOT_POSSIBLE]
    one.save()
    if not one.outcome:
        return one
    _tell(one, "It could not be worked out.", now)
    return None


@transaction.atomic
def _keep(one, now, question, policy, began, outcome, given=(), nobodys=None, **found):
    one = _still(one)
    if one is None:
        return 0
    one.state, one.outcome, one.worked_out_at = SharingState.PROPOSED, outcome, now
    one.policy_version, one.facts = policy.version, as_kept(question.asked)
    one.took = Decimal(str(round(time.monotonic() - began, 1)))
    for name, value in found.items():
        setattr(one, name, value)
    one.save()
    _keep_moves(one, question, given)
    _leave_out(one, question, nobodys or {})
    _tell(
        one,
        "Read it, then change, publish or drop it." if given else "There is no proposal: read why.",
        now,
    )
    record(by=None, action="worked_out_sharing", sharing=one.pk, outcome=str(outcome), cases=len(question.asked.cases))  # fmt: skip
    return 1


def _tell(one, said, now):
    """Whoever asked hears that it is ready, over the first of its cases."""
    case = cases_of(one).order_by("pk").first()
    if case:
        tell_of(one, one.asked_by, said, case=case, now=now)


def _still(taken_up):
    """It, held; None where it was dropped, or somebody else began it anew."""
    one = lock_sharing(taken_up)
    return one if one.state == SharingState.WORKING and one.began_at == taken_up.began_at else None


def _keep_moves(one, question, given):
    """What is proposed now in place of what was, but for what was settled by hand and still stands, and what is left out."""
    settled = {
        move.case_id: move for move in one.moves.taking_part().filter(settled_at__isnull=False)
    }
    gone = settled.keys() - question.asked.locked.keys()
    taken_away = one.moves.taking_part().exclude(case__in=settled.keys() - gone)
    taken_away.delete()
    one.moves.left_out_by_itself().delete()
    facts = {each.key: each for each in question.asked.cases}
    made, changed = [], []
    for each in given:
        move = settled.get(each.case) if each.locked else None
        if move is None:
            made.append(_move(one, each, facts[each.case], question.holders[each.case]))
            continue
        move.points, move.warned = facts[each.case].points, _warned_again(move, each.warned)
        move.from_officer_id = question.holders[each.case]
        changed.append(move)
    SharingMove.objects.bulk_create(made, batch_size=1000)
    SharingMove.objects.bulk_update(changed, ["points", "warned", "from_officer"], batch_size=1000)


def _leave_out(one, question, nobodys):
    """What nobody may have stays where it is: by nobody's hand, so that it is asked about again when all is worked out again."""
    points = {each.key: each.points for each in question.asked.cases}
    SharingMove.objects.bulk_create(
        SharingMove(
            sharing=one, case_id=case, from_officer_id=question.holders[case], points=points[case],
            left_out=shortened(why, LONGEST_SENTENCE),
        )
        for case, why in nobodys.items()
    )  # fmt: skip


def _warned_again(move, found):
    """Of a case that was settled by hand what its sentence never answered is marked, and is asked when it is published."""
    known = {row["key"] for row in move.warned if not row.get("new")}
    return [row_of(one) | ({} if one.key in known else {"new": True}) for one in found]


def _move(one, given, facts, holder):
    return SharingMove(
        sharing=one,
        case_id=given.case,
        from_officer_id=holder,
        to_officer_id=given.officer,
        points=facts.points,
        why=list(given.speaks),
        warned=[row_of(each) for each in given.warned],
    )
