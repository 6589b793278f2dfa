"""What can be offered to those who wait: every series that fits each of them, or the honest no, for one case or for many at once.

Sources: `grid.rules.fitting` (what fits, and in what order); features 78 and idea 9 (the place in the queue is kept).
"""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.timezone import localtime

from cases.queries.among import among
from grid.models import Referral, SeriesPlace
from grid.queries.referrals import Beside, beside
from grid.queries.series import open_series
from grid.queries.waiting import OnList, waiting_lists, who_waits
from grid.reference.groups import PlaceState, ReferralState
from grid.reference.interventions import Hook
from grid.rules.coming import Suited
from grid.rules.fitting import Nothing, Offer, Offers, Refused, fitting
from grid.rules.order_end import OrderEnd
from grid.rules.suitability import Suitability
from grid.rules.suitability_facts import Met

NEVER_INSTEAD = frozenset({ReferralState.DECLINED, ReferralState.DONE})  # said no to, or done


@dataclass(frozen=True)
class Offered:
    """One referral that waits, and what can be offered."""

    on_list: OnList
    answer: Offers | Nothing

    @property
    def referral(self) -> Referral:
        return self.on_list.referral

    @property
    def offers(self) -> tuple[Offer, ...]:
        """The best first."""
        return self.answer.offers if isinstance(self.answer, Offers) else ()

    @property
    def refused(self) -> tuple[Refused, ...]:
        return self.answer.refused

    @property
    def missing(self) -> tuple[str, ...]:
        """What there would have to be; none where something fits."""
        return self.answer.missing if isinstance(self.answer, Nothing) else ()

    @property
    def may_be_unmet(self) -> bool:
        """Whether nothing that is planned fits somebody who has said when they can come, and could come now."""
        asked = self.on_list.seeker.week is not None and not self.on_list.held
        return asked and isinstance(self.answer, Nothing)

    @property
    def is_unmet(self) -> bool:
        """The same, where they are offered something else and do nothing meanwhile."""
        return (
            self.may_be_unmet
            and self.on_list.another_way
            and not self.on_list.expected.waiting.using
        )

    def offer_of(self, series: int) -> Offer | None:
        """The offer of this series; None where it does not fit."""
        return next((one for one in self.offers if one.series.pk == series), None)


def offers_to(case_ids, policies, now) -> dict[int, list[Offered]]:
    """{case: what can be offered for each referral of theirs that waits}, in the same statements however many they are.

    The whole of each list that they are on is worked out: nobody's forecast can be told without it. `policies`: of the
    GRID and on interventions.
    """
    ids, today, policy = list(case_ids), localtime(now).date(), policies[1]
    rows = list(who_waits().filter(case__in=among(ids)))
    found: dict[int, list[Offered]] = {pk: [] for pk in ids}
    if not rows:
        return found
    planned = open_series(now)
    lists = waiting_lists(policy, now, today, sorted({row.code for row in rows}), planned)
    on_list = {(code, one.referral.case_id): one for code, those in lists.items() for one in those}
    waiting = list(dict.fromkeys(row.case_id for row in rows))
    people, there = beside(waiting, today, *policies), _in_already(waiting)
    for row in rows:
        of_them = on_list[row.code, row.case_id]
        others = _others(row.code, people[row.case_id], there[row.case_id])
        suited = of_them.expected.waiting.suited
        answer = fitting(of_them.seeker, suited, others, planned, policy.waiting, today)
        found[row.case_id].append(Offered(of_them, answer))
    return found


def _others(wanted: str, person: Beside, there: set[str]) -> list[Suited]:
    """What else suits them, the best first, but what an officer said no to, what they have done and what they are in.

    One to one of the same content is among it, whether or not that content is planned of their days already.
    """
    if person.out:
        return []
    without = there | {one.code for one in person.earlier if one.state in NEVER_INSTEAD} | {wanted}
    suits = [*person.ranking.suits, *person.ranking.instead, *_equal(wanted, person)]
    by_code = {one.intervention.code: one for one in suits}
    return [_suited(one) for code, one in by_code.items() if code not in without]


def _equal(wanted, person):
    """What has the same content and suits them."""
    return [
        one
        for one in person.judged.values()
        if one.intervention.equal_to == wanted and one.verdict is Met.MET
    ]


def _suited(one: Suitability) -> Suited:
    by = one.by
    if by is None:
        return Suited(one.intervention.code, OrderEnd(None, Hook.VOLUNTARY))
    counts = one.terms.days_counted and by.hook is Hook.RAR
    return Suited(
        one.intervention.code,
        OrderEnd(by.until, by.hook),
        days_left=by.to_book if counts else None,
        ordered=by.ordered == one.intervention.code,
    )


def _in_already(ids):
    """{case: interventions in a series of which they have a place}"""
    found: defaultdict[int, set[str]] = defaultdict(set)
    taken = SeriesPlace.objects.filter(case__in=among(ids), state=PlaceState.TAKEN)
    for case, code in taken.values_list("case", "series__code"):
        found[case].add(code)
    return found
