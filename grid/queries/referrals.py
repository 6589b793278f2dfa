"""Whom something is proposed to, who waits for what, and what of it no longer suits.

Source: `grid.rules.proposals`. The same few statements for one case and for thousands.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from cases.models import Case, Sentence
from cases.queries.among import among
from cases.reference.codes import Place
from grid.models import Referral, SeriesPlace
from grid.queries.facts import gather
from grid.queries.suitability import described
from grid.reference.groups import PlaceState, ReferralState
from grid.reference.interventions import Hook
from grid.rules.facts import Sentenced
from grid.rules.intervention_ranking import Ranking, ranked
from grid.rules.placement import Outcome, place
from grid.rules.proposals import Earlier, as_referred, kept_out, no_longer
from grid.rules.suitability import Suitability, judge_all
from grid.rules.suitability_facts import Person

# So that each is one object, however many rows say it
STATES = {each.value: each for each in ReferralState}
HOOKS = {each.value: each for each in Hook}


@dataclass(frozen=True, slots=True)
class Beside:
    """The whole catalogue beside the person of a case, with what was proposed to them and what came of it."""

    crn: str
    outcome: Outcome
    sentence: Sentenced | None  # the one that rules
    person: Person
    judged: dict[str, Suitability]  # by code
    ranking: Ranking
    earlier: tuple[Earlier, ...]

    @property
    def out(self) -> str:
        """Why nothing is for them, within a sentence; blank: it is."""
        return kept_out(self.outcome, held=self.person.held)


def beside(case_ids, today, grid_policy, policy) -> dict[int, Beside]:
    """{case: Beside}. `policy`: on interventions."""
    gathered = gather(case_ids, today)
    people, earlier = described(gathered, today), earlier_of(gathered)
    return {
        pk: _beside(gathered[pk], people[pk], earlier[pk], grid_policy, policy) for pk in gathered
    }


def _beside(gathered, person, earlier, grid_policy, policy):
    person = as_referred(person, earlier)
    judged = judge_all(person, policy)
    return Beside(
        crn=gathered.crn,
        outcome=place(gathered.facts, grid_policy),
        sentence=gathered.facts.sentence,
        person=person,
        judged={one.intervention.code: one for one in judged},
        ranking=ranked(judged, person),
        earlier=tuple(earlier),
    )


def earlier_of(case_ids) -> dict[int, list[Earlier]]:
    """{case: what was ever proposed to them or asked for}, in the order in which it was."""
    found: dict[int, list[Earlier]] = defaultdict(list)
    rows = Referral.objects.filter(case__in=among(case_ids)).order_by("pk")
    for pk, case, code, state, hook, closed_on in rows.values_list(
        "pk", "case", "code", "state", "hook", "closed_on"
    ):
        found[case].append(Earlier(code, STATES[state], HOOKS[hook], closed_on, pk))
    return found


def to_look_at(policy, today: date):
    """Cases to which something may be proposed, or of which something proposed may lapse. `policy`: on interventions.

    Those of which the ruling sentence began lately are among them; `grid.rules.proposals.is_recent` tells which they are.
    """
    since = today - timedelta(weeks=policy.groups.recent_weeks)
    lately = Sentence.objects.current().filter(
        Q(started_on__gte=since) | Q(released_on__gte=since), case=OuterRef("pk")
    )
    waits = Referral.objects.proposed().filter(case=OuterRef("pk"))
    return Case.objects.filter(Q(Exists(lately), standing__place=Place.GROUP) | Exists(waits))


def no_longer_suits(referrals, today, grid_policy, policy) -> dict[int, str]:
    """{key of a referral: why it suits them no more}, of those on the waiting list of which it is so.

    The words tell no score and repeat nothing of what a court wrote, so that whoever may read the list may read them.
    """
    waiting = [one for one in referrals if one.state == ReferralState.ACCEPTED]
    begun = set(
        SeriesPlace.objects.filter(
            referral__in=among(waiting), state=PlaceState.TAKEN, instead=False
        ).values_list("referral", flat=True)
    )
    found = beside({one.case_id for one in waiting}, today, grid_policy, policy)
    said = {
        one.pk: no_longer(
            found[one.case_id].judged[one.code],
            in_series=one.pk in begun,
            out=found[one.case_id].out,
        )
        for one in waiting
    }
    return {key: words for key, words in said.items() if words}
