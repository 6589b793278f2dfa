"""A proposal as it stands with all that was changed by hand, and what has changed in the record since it was worked out."""

from dataclasses import dataclass, replace

from cases.models import Case
from cases.rules.gaps import gates
from oversight.models import SharingMove
from oversight.queries.policy import workload_policy, workload_policy_of
from oversight.queries.sharing import question_of
from oversight.rules.policy import WorkloadPolicy
from oversight.rules.sharing_facts import TRAVEL, ToShare, kept_together, together
from oversight.rules.sharing_kept import read_kept
from oversight.rules.sharing_stands import choices_for, of_a_pair
from staff.models import User
from staff.permissions import Action

PEOPLE = ("case", "from_officer", "to_officer", "settled_by")
APART = "apart"  # of one case and an officer who holds somebody from whom it must be kept apart
KEPT = "A case that is kept from you has changed."
GONE = "is not among the cases that can be shared out any more: it was offered, has ended, or is kept from whoever asked"


def is_answered(move, row):
    """Whether what is warned of was before whoever settled the case by hand when they said why."""
    return bool(move.because) and not row.get("new")


def is_held(move):
    """Whether somebody who works here holds it, who has it until it is accepted."""
    return move.from_officer is not None and move.from_officer.is_active


def is_moving(move):
    """Whether it would go to somebody who does not hold it."""
    return not move.left_out and move.from_officer_id != move.to_officer_id


def row_of(found):
    """A warning as a move keeps it."""
    return {"key": found.key, "sentence": found.sentence, "rule": found.rule}


@dataclass(frozen=True)
class Standing:
    """`asked` as it was worked out, without what was left out since; `chosen`: {case: officer}."""

    asked: ToShare
    policy: WorkloadPolicy
    chosen: dict[int, int]
    moves: dict[int, SharingMove]  # of each case that has one, left out or not
    meet: frozenset[
        int
    ]  # cases who must be kept apart from another that would go to the same officer

    @property
    def whole(self):
        """Whether each case has somebody: otherwise nothing can be published."""
        return bool(self.chosen) and len(self.chosen) == len(self.asked.cases)

    def warned(self, move):
        """What is warned of, as a move keeps it; whom they would meet hangs on where the other goes by now."""
        if move.case_id not in self.meet:
            return move.warned
        officer = next(one for one in self.asked.officers if one.key == move.to_officer_id)
        return [*move.warned, row_of(together(officer))]


def standing_of(sharing):
    """From what was kept when it was worked out, whatever the record says by now."""
    moves = {one.case_id: one for one in sharing.moves.select_related(*PEOPLE).order_by("case")}
    kept = read_kept(sharing.facts)
    out = {pk for pk, one in moves.items() if one.left_out}
    stays = [one for one in kept.cases if one.key in out]
    chosen = {pk: one.to_officer_id for pk, one in moves.items() if pk not in out}
    asked = replace(
        kept,
        cases=tuple(one for one in kept.cases if one.key not in out),
        officers=tuple(_keeping(one, stays) for one in kept.officers),
        locked={pk: chosen[pk] for pk in chosen if moves[pk].settled_at},
    )
    meet = frozenset(one for pair in kept_together(asked, chosen) for one in pair)
    return Standing(asked, workload_policy_of(sharing.policy_version), chosen, moves, meet)


def _keeping(officer, stays):
    """What is left out stays with whoever holds it."""
    more = sum(one.points for one in stays if one.holder == officer.key)
    return replace(officer, points=officer.points + more) if more else officer


def changed_since(sharing, standing, today, reader=None):
    """{case: why it cannot be published as it is proposed}, by the record and the policy as they stand now.

    Of a case that is kept from the `reader`, no more than that there is one.
    """
    policy = workload_policy(today)
    now = question_of(sharing, today, policy)
    facts = {one.key: one for one in now.asked.cases}
    moving = {pk: to for pk, to in standing.chosen.items() if is_moving(standing.moves[pk])}
    holders = dict(Case.objects.filter(pk__in=list(moving)).values_list("pk", "officer"))
    people = User.objects.in_bulk([pk for pk in holders.values() if pk])
    chosen = {pk: to for pk, to in standing.chosen.items() if pk in facts}
    cases = tuple(one for one in now.asked.cases if one.key in chosen)
    asked = replace(now.asked, cases=cases)
    found = {}
    for pk in moving:
        move = standing.moves[pk]
        if holders[pk] != move.from_officer_id:
            who = people[holders[pk]].name if holders[pk] else "Nobody"
            found[pk] = f"{who} holds {move.case.crn} now."
        elif pk not in facts:
            found[pk] = f"{move.case.crn} {GONE}."
        elif why := _not_as_it_was(move, facts[pk], asked, policy, chosen, _own(move, standing, holders)):  # fmt: skip
            found[pk] = f"{move.case.crn}: {why}"
    if reader is None:
        return found
    open_to = Case.objects.open_to(reader, Action.SHARE_OUT_CASES).filter(pk__in=list(found))
    seen = set(open_to.values_list("pk", flat=True))
    return {pk: why if pk in seen else KEPT for pk, why in found.items()}


def _own(move, standing, holders):
    """Keys of warnings that come of what this proposal itself has moved: all of it was answered for when it was published."""
    given = {pk for pk, one in standing.moves.items() if one.given_at}
    mates = {pk for pair in standing.asked.apart if move.case_id in pair for pk in pair} & given
    to = move.to_officer_id
    # Whom they would meet is with that officer by now, or until somebody else accepts them
    meets = {APART} if any(holders[pk] == to for pk in mates) else set()
    # The diary of what they were given is theirs: where they see people follows from it
    return meets | ({TRAVEL} if any(standing.moves[pk].to_officer_id == to for pk in given) else set())  # fmt: skip


def _not_as_it_was(move, facts, asked, policy, chosen, own):
    """What refuses it now, or is warned of now, was not then, and does not come of the proposal itself: `own`."""
    choices = choices_for(facts, asked, policy, chosen, only=move.to_officer_id)
    if not choices:
        return f"{move.to_officer.name} does not take part any more."
    (choice,) = choices
    known = {one["key"] for one in move.warned} | own
    new = [one for one in of_a_pair(choice.found) if one.key not in known]
    return " ".join(one.sentence for one in (*gates(choice.found), *new))
