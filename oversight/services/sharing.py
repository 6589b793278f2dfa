"""Asking for a proposal of whom many cases go to, and changing it by hand until it is published or dropped.

Source: features 123 (reallocation in bulk, proposed, edited, then published); product rules, gates.
"""

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.timezone import localdate

from cases.rules.interim import says_nothing
from cases.rules.words import counted, ended
from cases.services.telling import tell
from oversight.models import SharingMove, SharingOfficer, SharingOut
from oversight.queries.sharing import cases_to_share
from oversight.queries.sharing_list import what_of
from oversight.queries.sharing_standing import row_of, standing_of
from oversight.reference.sharing import UNDECIDED, Demand, Outcome, SharingState, Which
from oversight.rules.sharing_facts import pairs_of
from oversight.rules.sharing_stands import check_moved, choices_for, of_a_pair
from oversight.rules.sharing_words import explained
from staff.audit import record
from staff.errors import RuleBroken
from staff.models import Team
from staff.rules.dates import say_date

MOST_CASES = 1500  # of one proposal: of about twice the largest team
WHY_LEFT_OUT = "Say in a sentence why it is left out: it stays where it is."


@transaction.atomic
def ask_for_sharing(*, team, which, officers, by, now, officer=None, demands=()):
    """Ask for a proposal. It is worked out within minutes, by a task and not here. Returns it.

    `officers`: who takes part; `officer`: whose cases they are, where they are one officer's; `demands`: codes.
    """
    team = Team.objects.select_for_update(no_key=True).get(pk=team.pk)
    which, officers = Which(which), list(officers)
    if running := team.sharings.unfinished().select_related("asked_by").first():
        first = "Publish or drop it first" if running.state in UNDECIDED else "It is being carried out, so wait until it is done"  # fmt: skip
        raise RuleBroken(
            f"{running.asked_by.name} asked for a proposal for this team on {say_date(localdate(running.asked_at))}. {first}: "
            "two at once would be about the same cases."
        )
    _check_who(which, officer, officers)
    number = cases_to_share(by, team, which, officer, [one.pk for one in officers]).count()
    if not number:
        raise RuleBroken(
            "There is no such case to share out: each is offered already, or nobody has any."
        )
    if number > MOST_CASES:
        raise RuleBroken(f"That is {counted(number, 'case')}, and {MOST_CASES:,} at most are shared out at once.")  # fmt: skip
    made = SharingOut.objects.create(
        team=team, which=which, officer=officer if which == Which.OFFICER else None,
        demands=sorted(map(Demand, demands)), asked_at=now, asked_by=by,
    )  # fmt: skip
    SharingOfficer.objects.bulk_create(
        SharingOfficer(sharing=made, officer=one) for one in officers
    )
    record(by=by, action="asked_for_sharing", sharing=made.pk, team=team.code, cases=number)
    return made


def _check_who(which, officer, officers):
    if not officers:
        raise RuleBroken("Choose at least one officer to share the cases out among.")
    if which == Which.OFFICER and officer is None:
        raise RuleBroken("Say whose cases they are.")
    if which == Which.OFFICER and officer in officers:
        raise RuleBroken(f"{officer.name}’s cases are shared out, so they take no part themselves.")


@transaction.atomic
def ask_again(*, sharing, by, now):
    """Work it out again from the record as it stands, around what was settled and left out by hand."""
    one = lock_sharing(sharing)
    check_proposed(one)
    _begin_again(one)
    record(by=by, action="asked_again_for_sharing", sharing=one.pk)
    return one


def _begin_again(one):
    one.state, one.outcome, one.began_at, one.tries = SharingState.WORKING, "", None, 0
    one.counts = one.at_least = None
    one.save()


@transaction.atomic
def move_in_sharing(*, sharing, case, officer, because, by, now):
    """Settle by hand whom one case is proposed for. `because`: the sentence that clears what is warned of. Returns the move."""
    one = lock_sharing(sharing)
    check_proposed(one)
    standing = standing_of(one)
    facts = next((each for each in standing.asked.cases if each.key == case.pk), None)
    if facts is None:
        raise RuleBroken(f"{case.crn} takes no part in this proposal. Take it in again first.")
    stands = {pk: to for pk, to in standing.chosen.items() if pk != case.pk}
    choices = choices_for(facts, standing.asked, standing.policy, stands, only=officer.pk)
    if not choices:
        raise RuleBroken(f"{officer.name} takes no part in this proposal.")
    because = check_moved(choices[0], because, stays=facts.holder == officer.pk)
    chosen = stands | {case.pk: officer.pk}
    pairs = pairs_of(standing.asked, standing.policy, only={case.pk})
    (given,) = explained(standing.asked, standing.policy, pairs, chosen, only=[case.pk])
    values = {
        "from_officer_id": case.officer_id if case.pk not in standing.moves else standing.moves[case.pk].from_officer_id,
        "to_officer": officer, "points": facts.points, "why": list(given.speaks),
        "warned": [row_of(each) for each in of_a_pair(choices[0].found)], "settled_at": now, "settled_by": by, "because": because,
    }  # fmt: skip
    move, _ = SharingMove.objects.update_or_create(sharing=one, case=case, defaults=values)
    record(by=by, action="moved_in_sharing", crn=case.crn, sharing=one.pk, officer=officer.username)
    return move


@transaction.atomic
def leave_out_of_sharing(*, sharing, case, because, by, now):
    """The case stays where it is, for a reason. Returns the move."""
    one = lock_sharing(sharing)
    check_proposed(one)
    if says_nothing(because):
        raise RuleBroken(WHY_LEFT_OUT)
    return leave_out(one, case, ended(because), by=by, now=now)


def leave_out(one, case, because, *, by, now):
    facts = next((each for each in one.facts["cases"] if each["key"] == case.pk), None)
    if facts is None:
        raise RuleBroken(f"{case.crn} takes no part in this proposal.")
    settled = {"left_out": because, "settled_at": now, "settled_by": by}
    fresh = {"from_officer_id": case.officer_id, "points": facts["points"]} | settled
    move, _ = SharingMove.objects.update_or_create(
        sharing=one, case=case, defaults=settled, create_defaults=fresh
    )
    record(by=by, action="left_out_of_sharing", crn=case.crn, sharing=one.pk)
    return move


@transaction.atomic
def take_in_again(*, sharing, case, by, now):
    """What was left out takes part again, and all is worked out again around what is settled."""
    one = lock_sharing(sharing)
    check_proposed(one)
    left_out = one.moves.filter(case=case).exclude(left_out="")
    if not left_out.exists():
        raise RuleBroken(f"{case.crn} takes part already.")
    left_out.delete()
    _begin_again(one)
    record(by=by, action="took_in_again_to_sharing", crn=case.crn, sharing=one.pk)
    return one


@transaction.atomic
def drop_sharing(*, sharing, by, now):
    """Nothing of it is done. Each case stays where it is."""
    one = lock_sharing(sharing)
    if one.state not in UNDECIDED:
        raise RuleBroken(f"This proposal is {SharingState(one.state).title.lower()} already.")
    close(one, SharingState.DROPPED, by=by, now=now)
    record(by=by, action="dropped_sharing", sharing=one.pk)
    return one


def close(one, to, *, by, now):
    one.state, one.closed_at, one.closed_by = to, now, by
    one.save()


def check_proposed(one):
    if one.state == SharingState.WORKING:
        raise RuleBroken("It is being worked out. Wait until that is done, or drop it.")
    if one.state != SharingState.PROPOSED:
        raise RuleBroken(
            f"This proposal is {SharingState(one.state).title.lower()}: nothing more can be done about it."
        )
    if one.outcome == Outcome.FAILED:
        raise RuleBroken("It could not be worked out. Drop it and ask anew.")


def lock_sharing(sharing):
    found = SharingOut.objects.select_related("team", "officer", "asked_by")
    return found.select_for_update(of=("self",), no_key=True).get(pk=sharing.pk)


def tell_of(one, user, said, *, case, now):
    """They hear how it stands, by a notice over one of its cases."""
    text = f"Sharing out cases, {what_of(one)}. {said}"
    tell(case=case, users=[user], text=text, href=reverse("sharing", args=[one.pk]), now=now)


def moves_of(one):
    """Those that would give a case to somebody who does not hold it, in the order of their cases."""
    return (
        one.moves.moving().select_related("case", "from_officer", "to_officer").order_by(F("case"))
    )
