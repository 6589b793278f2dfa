"""Proposes whom each of many cases goes to, by OR-Tools CP-SAT: facts in, a proposal out, nothing decided.

Every demand is met or it is said which of them stands in the way: none is ever let go of silently. Whoever asks the same
twice is proposed the same, in whatever order the cases came: the search has one worker and a fixed seed, and is stopped by
how much it has worked, not by the clock; where the clock had to stop it, that is said.
Sources: features 123; design, stack (OR-Tools CP-SAT); `oversight.rules.sharing_facts` says what counts.
"""

from ortools.sat.python import cp_model

from oversight.rules.policy import WorkloadPolicy
from oversight.rules.sharing_facts import (
    Proposal,
    Status,
    ToShare,
    check_asked,
    counts_of,
    in_words,
    pairs_of,
    rooms_of,
)
from oversight.rules.sharing_first import first_answer
from oversight.rules.sharing_limits import no_room, plainly_in_the_way
from oversight.rules.sharing_model import (
    FOUND,
    least_of,
    may_have,
    put,
    solver_for,
    stopped_by_the_clock,
)
from oversight.rules.sharing_words import explained


def share_out(asked: ToShare, policy: WorkloadPolicy, *, seconds: float) -> Proposal:
    """The best answer that the solver finds in so many seconds at most. Raises RuleBroken for what is no question.

    To look at each pair and find a first answer takes a few seconds more where there are hundreds of cases.
    """
    check_asked(asked)
    working = in_words(policy)
    pairs = pairs_of(asked, policy)
    if stands := plainly_in_the_way(asked, policy, pairs):
        return Proposal(Status.CANNOT, in_the_way=stands, working=working)
    if sum(one.points for one in asked.cases) > sum(rooms_of(asked, policy).values()):
        # Plain without a search, which might end before it has shown as much
        stands = no_room(asked, policy, pairs, seconds)
        return Proposal(Status.CANNOT, in_the_way=stands, working=working)
    possible = {key: pair for key, pair in pairs.items() if may_have(pair, asked)}
    first = first_answer(asked, policy, possible)
    question = put(asked, policy, pairs, first)
    solver = solver_for(seconds)
    status = solver.solve(question.model)
    if status == cp_model.INFEASIBLE:
        stands = no_room(asked, policy, pairs, seconds)
        return Proposal(Status.CANNOT, in_the_way=stands, working=working)
    by_the_clock = stopped_by_the_clock(solver, status)
    answers = [first] if first else []
    if status in FOUND:
        answers.append({case: to for (case, to), it in question.given.items() if solver.value(it)})
    if not answers:
        return Proposal(Status.NOT_FOUND, working=working, by_the_clock=by_the_clock)
    chosen = min(answers, key=lambda one: counts_of(asked, pairs, policy, one))
    return Proposal(
        status=Status.BEST if status == cp_model.OPTIMAL else Status.GOOD,
        given=explained(asked, policy, pairs, chosen),
        counts=counts_of(asked, pairs, policy, chosen),
        at_least=max(_each_at_its_least(possible), least_of(solver)),
        working=working,
        by_the_clock=by_the_clock,
    )


def _each_at_its_least(possible):
    """What no answer counts less than, without asking the solver: each case where it counts least."""
    least: dict[int, int] = {}
    for (case, _), pair in possible.items():
        least[case] = min(least.get(case, pair.counts), pair.counts)
    return sum(least.values())
