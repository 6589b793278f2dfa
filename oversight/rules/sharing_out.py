"""Proposes whom each of many cases goes to, by OR-Tools: facts in, a proposal out, nothing decided.

In three steps. A first answer is made by hand, as it were, from the question with cases that may be split, and bettered.
Where it goes beyond somebody's room, as few points as possible are to: none where that can be, and where it cannot it is said
by how many and with whom, or, if it was demanded, that there is no answer. Of all such answers CP-SAT then looks for the one
that counts least, among what the bound leaves over.
Whoever asks the same twice is proposed the same, in whatever order the cases came: the search has one worker and a fixed
seed, and is stopped by how much it has worked, not by the clock; where the clock had to stop it, that is said.
Sources: features 123; design, stack (OR-Tools CP-SAT); `oversight.rules.sharing_facts` says what counts.
"""

from ortools.sat.python import cp_model

from oversight.reference.sharing import Demand
from oversight.rules.policy import WorkloadPolicy
from oversight.rules.sharing_bound import bound_from, relaxed
from oversight.rules.sharing_facts import (
    Proposal,
    Status,
    ToShare,
    beyond_rooms,
    check_asked,
    counts_of,
    in_words,
    pairs_of,
)
from oversight.rules.sharing_first import first_answer
from oversight.rules.sharing_kinds import answer_of, kinds_of
from oversight.rules.sharing_limits import no_room, plainly_in_the_way, spread
from oversight.rules.sharing_model import (
    FOUND,
    least_beyond,
    least_of,
    may_have,
    put,
    solver_for,
    stopped_by_the_clock,
)
from oversight.rules.sharing_words import explained

OF_ROOM = 0.3  # of the seconds: how few points must go beyond room, where the first answer leaves that open


def share_out(asked: ToShare, policy: WorkloadPolicy, *, seconds: float) -> Proposal:
    """The best answer that the solver finds in so many seconds at most. Raises RuleBroken for what is no question.

    To look at each pair and find a first answer takes a few seconds more where there are hundreds of cases.
    """
    check_asked(asked)
    pairs = pairs_of(asked, policy)
    if stands := plainly_in_the_way(asked, policy, pairs):
        return Proposal(Status.CANNOT, in_the_way=stands, working=in_words(policy))
    return _Search(asked, policy, pairs, seconds).proposal()


class _Search:
    """One question of which each case has somebody who may have it, room apart."""

    def __init__(self, asked, policy, pairs, seconds):
        self.asked, self.policy, self.pairs, self.seconds = asked, policy, pairs, seconds
        self.possible = {key: pair for key, pair in pairs.items() if may_have(pair, asked)}
        self.kinds = kinds_of(asked, self.possible)

    def proposal(self):
        split = relaxed(self.asked, self.policy, self.kinds)
        start = answer_of(self.kinds, split.parts) if split else {}
        first = first_answer(self.asked, self.policy, self.possible, start)
        least = least_beyond(self.asked, self.policy, self.kinds, first, self.seconds * OF_ROOM)
        if least.points and Demand.CEILING in self.asked.demands:
            return self._none(least)
        if least.answer != first:
            first = first_answer(self.asked, self.policy, self.possible, least.answer)
        return self._best(first, least)

    def _none(self, least):
        working = in_words(self.policy)
        if not least.at_least:
            return Proposal(Status.NOT_FOUND, working=working, by_the_clock=least.by_the_clock)
        stands = no_room(self.asked, self.policy, self.pairs, least, self.seconds)
        return Proposal(Status.CANNOT, in_the_way=stands, working=working)

    def _best(self, first, least):
        chosen, at_least, clock = self._searched(first, least.points)
        counts = self._counts(chosen)
        best = at_least >= counts and least.proved
        return Proposal(
            status=Status.BEST if best else Status.GOOD,
            given=explained(self.asked, self.policy, self.pairs, chosen),
            counts=counts,
            at_least=at_least,
            in_the_way=self._spread(chosen, least),
            working=in_words(self.policy),
            by_the_clock=clock or least.by_the_clock,
        )

    def _searched(self, first, spare):
        """The best answer that is come by, what none counts less than, and whether the clock ended the search."""
        most, among, at_least = self._counts(first), None, _each_at_its_least(self.kinds)
        if split := relaxed(self.asked, self.policy, self.kinds, spare):
            bound = bound_from(split.prices, self.asked, self.policy, self.kinds, spare)
            among, at_least = bound.worth_a_look(most), max(at_least, bound.at_least)
        if at_least >= most:
            return first, at_least, False
        question = put(self.asked, self.policy, self.kinds, first, counts=(at_least, most), spare=spare, among=among)  # fmt: skip
        solver = solver_for(self.seconds)
        status = solver.solve(question.model)
        answers = [first]
        if status in FOUND:
            numbers = {key: solver.value(number) for key, number in question.numbers.items()}
            answers.append(answer_of(self.kinds, numbers))
        chosen = min(answers, key=self._counts)
        shown = self._counts(chosen) if status == cp_model.OPTIMAL else least_of(solver)
        return chosen, max(at_least, shown), stopped_by_the_clock(solver, status)

    def _counts(self, answer):
        return counts_of(self.asked, self.pairs, self.policy, answer)

    def _spread(self, chosen, least):
        beyond = beyond_rooms(self.asked, self.policy, chosen)
        return spread(self.asked, self.policy, beyond, least.at_least) if beyond else ()


def _each_at_its_least(kinds):
    """What no answer counts less than, without asking a solver: each case where it counts least."""
    return sum(len(kind.cases) * min(counts for _, counts in kind.counts) for kind in kinds)
