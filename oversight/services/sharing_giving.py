"""Carrying out what was published: whoever nobody held is given an officer, what somebody holds is offered.

Source: features 123; product rules, GRID (the sender owns it until a named officer accepts); architecture, "the database is
the queue". A bit at a time, each in a transaction of its own: no request waits for it, no case is held for long, and whoever
is killed loses nothing. Each case goes by the service that does so for one alone, which decides again with the case held. One
that has changed since it was published stays where it is, and whoever published hears why.
"""

from collections import defaultdict
from functools import partial

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import Case, Departure
from cases.queries.recipients import let_in
from cases.rules.holding import Considered
from cases.rules.words import counted, ended, shortened
from cases.services.departures import named, offer_all, offer_together
from cases.services.holding import keep_why, lock_officers, name_officer
from cases.services.jobs import each_by_itself
from oversight.models import SharingMove, SharingOut
from oversight.models.sharing import LONGEST_SENTENCE
from oversight.queries.sharing_standing import changed_since, is_answered, is_held, standing_of
from oversight.reference.sharing import SharingState
from oversight.rules.comparing import VERSION
from oversight.rules.sharing_said import in_the_record
from oversight.rules.sharing_stands import choices_for, of_officer, stands_of
from oversight.services.sharing import close, moves_of, tell_of
from staff.audit import record
from staff.errors import RuleBroken
from staff.permissions import Action

AT_ONCE = 50  # cases of one bit: some seconds for which their officers may have to wait
KEPT = "is kept from whoever published it by now, or they do not reach it any more"
NOT_POSSIBLE = "It could not be carried out. Give it by itself, and tell whoever runs the service."
FAILED = "Proposals of which a bit could not be carried out, left for the next time"


def give_waiting(*, now):
    """Carry out whatever has been published. Returns how many cases were given an officer or offered."""
    waiting = SharingOut.objects.filter(state=SharingState.GIVING).order_by("published_at", "pk")
    steps = [partial(_give_all, pk, now=now) for pk in waiting.values_list("pk", flat=True)]
    return sum(each_by_itself(*steps, failed=FAILED))


def _give_all(pk, *, now):
    done = 0
    try:
        while (went := give_some(pk, now=now)) is not None:
            done += went
    except Exception:
        _set_aside(pk)
        raise
    return done


@transaction.atomic
def _set_aside(pk):
    """Once something failed that is no rule, cases go one by one; one that fails by itself stays, and holds up no other."""
    one = SharingOut.objects.select_for_update(no_key=True).get(pk=pk)
    if one.tries:
        for move in _next(one):
            move.not_given = NOT_POSSIBLE
            move.save(update_fields=["not_given"])
    one.tries += 1
    one.save(update_fields=["tries"])


@transaction.atomic
def give_some(pk, *, now):
    """A bit of one proposal. Returns how many cases went; None where it is at its end, or somebody else is at it."""
    giving = SharingOut.objects.select_related("team", "officer", "asked_by", "published_by")
    held = giving.select_for_update(of=("self",), skip_locked=True, no_key=True)
    one = held.filter(pk=pk, state=SharingState.GIVING).first()
    if one is None:
        return None
    moves = _next(one)
    if not moves:
        _finish(one, now)
        return None
    _hold(moves)
    standing = standing_of(one)
    changed = _kept(one, moves) | changed_since(one, standing, localtime(now).date())
    for move in moves:
        move.not_given = _why(changed.get(move.case_id, ""))
    going = [move for move in moves if not move.not_given]
    _give(one, going, standing, now)
    SharingMove.objects.bulk_update(moves, ["given_at", "not_given"])
    return sum(move.given_at is not None for move in moves)


def _next(one):
    """What goes next: of one holder, so that they and each receiver are told once; those that nobody holds first."""
    left = list(moves_of(one).to_be_given())
    holder = min((move.from_officer_id or 0 for move in left), default=None)
    most = 1 if one.tries else AT_ONCE
    return [move for move in left if (move.from_officer_id or 0) == holder][:most]


def _kept(one, moves):
    """{case: why} of what whoever published it may not share out by now: nobody decides about what is kept from them."""
    open_to = Case.objects.open_to(one.published_by, Action.SHARE_OUT_CASES)
    seen = set(open_to.filter(pk__in=[move.case_id for move in moves]).values_list("pk", flat=True))
    return {move.case_id: f"{move.case.crn} {KEPT}." for move in moves if move.case_id not in seen}


def _hold(moves):
    """Whatever the services of one case would hold, in the order in which they do: departures, cases, officers."""
    leaving = Departure.objects.running().filter(user__in={move.from_officer_id for move in moves})
    cases = Case.objects.filter(pk__in=[move.case_id for move in moves])
    for rows in (leaving, cases):
        list(rows.order_by("pk").select_for_update(no_key=True).values("pk"))
    lock_officers({move.to_officer_id for move in moves})


def _give(one, moves, standing, now):
    """All of them together; where one of them is refused, each by itself, so that it stops no other."""
    try:
        with transaction.atomic():
            _carry_out(one, moves, standing, now)
    except RuleBroken:
        for move in moves:
            _give_alone(one, move, standing, now)
    else:
        for move in moves:
            move.given_at = now


def _give_alone(one, move, standing, now):
    try:
        with transaction.atomic():
            _carry_out(one, [move], standing, now)
    except RuleBroken as refusal:
        move.not_given = _why(str(refusal))
    else:
        move.given_at = now


def _why(words):
    return ended(shortened(words, LONGEST_SENTENCE - 1)) if words else ""


def _carry_out(one, moves, standing, now):
    by, together = one.published_by, moves_of(one).count()
    offers = defaultdict(list)
    stands = {each.officer.key: each for each in stands_of(standing.asked, standing.chosen)}
    for move in moves:
        stood = _considered(one, move, standing, stands[move.to_officer_id])
        said = any(is_answered(move, row) for row in standing.warned(move))  # beside the warning
        words = in_the_record(move.why, "" if said else move.because, together)
        known = {"case": move.case, "officer": move.to_officer, "because": words, "by": by, "now": now}  # fmt: skip
        if is_held(move):
            offers[move.from_officer].append((move.case, move.to_officer, words))
            keep_why(considered=stood, **known)
            continue
        with named(move.case):
            name_officer(considered=stood, **known)
    for holder, theirs in offers.items():
        leaving = Departure.objects.running().filter(user=holder).first()
        if leaving:
            offer_all(departure=leaving, offers=theirs, note=one.note, by=by, now=now)
        else:
            offer_together(offers=theirs, note=one.note, whose=f" of {holder.name}", by=by, now=now)


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


def _finish(one, now):
    """Carried out to its end: whoever published it hears what went, and that something did not."""
    moves = list(moves_of(one))
    stayed = sum(bool(move.not_given) for move in moves)
    went = counted(len(moves) - stayed, "case")
    but = f" {counted(stayed, 'case')} stayed where {'it was' if stayed == 1 else 'they were'}: read why." if stayed else ""  # fmt: skip
    close(one, SharingState.PUBLISHED, by=one.published_by, now=now)
    # Over one that is not kept from them since: of another they would never read it
    about = next((move.case for move in moves if let_in(move.case, {one.published_by_id})), None)
    if about:
        tell_of(one, one.published_by, f"It is carried out: {went} given an officer or offered.{but}", case=about, now=now)  # fmt: skip
    record(by=None, action="carried_out_sharing", sharing=one.pk, given=len(moves) - stayed, stayed=stayed)  # fmt: skip
