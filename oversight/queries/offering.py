"""Many cases that somebody offers at once, one by one: what refuses it, and what is warned of, kind by kind.

Sources: features 123 and 124. Each is compared as a case that is offered alone, and all that one officer is offered together.
"""

from dataclasses import dataclass

from django.db.models import Q

from cases.rules.gaps import gates
from cases.rules.holding import Considered
from oversight.queries.policy import workload_policy
from oversight.queries.sharing import asked_about
from oversight.queries.sharing_standing import row_of
from oversight.rules.comparing import VERSION
from oversight.rules.policy import WorkloadPolicy
from oversight.rules.sharing_facts import ToShare, kept_together, together
from oversight.rules.sharing_said import Warned
from oversight.rules.sharing_stands import (
    Choice,
    Stands,
    choices_for,
    of_a_pair,
    of_officer,
    over_full,
    stands_of,
)
from staff.models import User
from staff.permissions import Role


@dataclass(frozen=True)
class Offering:
    """Cases with the officer whom each is to be offered to."""

    asked: ToShare
    policy: WorkloadPolicy
    chosen: dict[int, int]  # {case: officer}
    choices: dict[
        int, list[Choice]
    ]  # {case: each officer of whoever receives any, and of their team}
    stands: dict[int, Stands]  # by officer
    meet: frozenset[
        int
    ]  # cases who must be kept apart from another that would go to the same officer

    @property
    def crns(self):
        return {one.key: one.crn for one in self.asked.cases}

    def _of(self, case):
        return next(one for one in self.choices[case] if one.officer.key == self.chosen[case])

    @property
    def refused(self):
        """[(CRN, why)] of those that cannot be offered to whoever is chosen."""
        found = [(self.crns[case], gates(self._of(case).found)) for case in self.chosen]
        return [(crn, " ".join(one.sentence for one in shut)) for crn, shut in found if shut]

    @property
    def warned(self):
        """Warneds: each asks for one sentence."""
        pairs = [
            (self.crns[case], row) for case in sorted(self.chosen) for row in self.rows_of(case)
        ]
        return Warned.gathered(pairs, over_full(self.stands.values(), self.policy))

    def rows_of(self, case):
        """What is warned of one case and whoever it is offered to, as it is kept."""
        choice = self._of(case)
        found = of_a_pair(choice.found)
        return [row_of(one) for one in (*found, *([together(choice.officer)] if case in self.meet else []))]  # fmt: skip

    def considered(self, case, said):
        """What is kept of one of them. `said`: {key of a warning: the sentence that clears it}."""
        stands = self.stands[self.chosen[case]]
        rows = [(row["key"], row["sentence"]) for row in self.rows_of(case)]
        rows += of_officer(stands, self.policy).items()
        may = sum(not one.refused for one in self.choices[case])
        return Considered(
            warned=tuple({"key": key, "sentence": words, "said": said[key]} for key, words in rows),
            points=next(one.points for one in self.asked.cases if one.key == case),
            percent_before=stands.before.percent,
            percent_after=stands.after.percent,
            compared=may,
            left_out=len(self.choices[case]) - may,
            rules_version=VERSION,
            policy_version=self.policy.version,
        )


def offering_of(offers, today):
    """`offers`: [(case, officer)]. As many statements for one case as for sixty."""
    policy = workload_policy(today)
    receivers = {officer.pk: officer for _, officer in offers}
    teams = {one.team_id for one in receivers.values() if one.team_id}
    officers = User.objects.filter(is_active=True, role=Role.OFFICER)
    officers = officers.filter(Q(team__in=teams) | Q(pk__in=receivers))
    holders = {case.pk: case.officer_id for case, _ in offers}
    asked = asked_about(holders, officers, today, policy)
    known = {one.key for one in asked.cases}
    here = {one.key for one in asked.officers}
    chosen = {case.pk: to.pk for case, to in offers if case.pk in known and to.pk in here}
    choices = {
        one.key: choices_for(one, asked, policy, chosen) for one in asked.cases if one.key in chosen
    }
    stands = {one.officer.key: one for one in stands_of(asked, chosen)}
    meet = frozenset(one for pair in kept_together(asked, chosen) for one in pair)
    return Offering(asked, policy, chosen, choices, stands, meet)
