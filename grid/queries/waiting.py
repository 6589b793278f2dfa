"""Who waits for an intervention, in what order, and what each may expect: of one list or of all, in the same few statements.

Source: `grid.rules.waiting` (the order and the forecast); features 75. Positions are of the whole list, whoever reads it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from cases.models import Case
from grid.models import Referral, SeriesPlace
from grid.queries.facts import gather
from grid.queries.hooks import Hooks, hooks_of
from grid.queries.seekers import seekers_of
from grid.queries.series import open_series
from grid.reference.groups import PlaceState
from grid.reference.interventions import INTERVENTIONS, Hook
from grid.rules.coming import Seeker
from grid.rules.groups_open import OpenSeries
from grid.rules.intervention_policy import InterventionPolicy
from grid.rules.likelihood import likelihood_of
from grid.rules.outlook import HELD, Outlook, outlook, say_expected, suited_by
from grid.rules.placement import current_harm
from grid.rules.suitability_record import harm_known, likelihood_known
from grid.rules.waiting import Forecast, Waiting, forecast, needs_another_way, why_there


@dataclass(frozen=True)
class OnList:
    """One referral that waits, beside what the whole list says of it."""

    referral: Referral
    expected: Forecast
    why: tuple[str, ...]  # they stand there
    why_unscored: tuple[str, ...]  # the same, for readers who may not see what the GRID weighs
    another_way: bool  # to be offered something else: no place, none in time, or none soon
    held: bool  # in custody now

    @property
    def seeker(self) -> Seeker:
        return self.expected.waiting.seeker

    @property
    def outlook(self) -> Outlook:
        return outlook(self.expected)

    @property
    def words(self) -> str:
        """What they may expect."""
        return HELD if self.held else say_expected(self.expected)


def who_waits(codes: Iterable[str] | None = None):
    """Referrals on a list, of our own cases: nobody whom the NPS keeps is given a place. `codes`: of the interventions; None: any."""
    found = Referral.objects.waiting().filter(case__in=Case.objects.ours())
    if codes is not None:
        found = found.filter(code__in=list(codes))
    return found.select_related("case__officer", "case__team").order_by(
        "code", "waiting_since", "pk"
    )


def waiting_of(code: str, policy: InterventionPolicy, today: date) -> list[Waiting]:
    """Everybody on the list of one intervention, in no order."""
    rows = list(who_waits([code]))
    return [waits for waits, _ in _waiting(rows, policy, today)]


def waiting_list(
    code: str, policy: InterventionPolicy, now, today: date, planned: list[OpenSeries] | None = None
) -> list[OnList]:
    """The list of one intervention, the next to have a place first."""
    return waiting_lists(policy, now, today, [code], planned)[code]


def waiting_lists(
    policy: InterventionPolicy,
    now,
    today: date,
    codes: Iterable[str] | None = None,
    planned: list[OpenSeries] | None = None,
) -> dict[str, list[OnList]]:
    """{intervention: its list}, in the same statements however many wait for however many. `planned`: where they are known."""
    wanted = list(INTERVENTIONS if codes is None else codes)
    rows = list(who_waits(wanted))
    if planned is None:
        planned = open_series(now, wanted)
    waiting: defaultdict[str, list[Waiting]] = defaultdict(list)
    about = {}
    for row, (waits, hooks) in zip(rows, _waiting(rows, policy, today), strict=True):
        waiting[row.code].append(waits)
        about[row.code, row.case_id] = (row, hooks.held)
    return {code: list(_in_order(code, waiting[code], planned, about, policy, today)) for code in wanted}  # fmt: skip


def _in_order(code, waiting, planned, about, policy, today):
    dose = policy.terms[code].dose
    of_this = [one for one in planned if one.code == code]
    for expected in forecast(waiting, of_this, dose, policy.waiting, today):
        referral, held = about[code, expected.waiting.seeker.case]
        asked = (expected.waiting, dose, policy.waiting, today)
        yield OnList(
            referral=referral,
            expected=expected,
            why=why_there(*asked),
            why_unscored=why_there(*asked, scored=False),
            another_way=needs_another_way(expected, policy.waiting, today),
            held=held,
        )


def _waiting(rows, policy, today) -> list[tuple[Waiting, Hooks]]:
    """Of these referrals, in their order, with what brings each to it."""
    ids = list(dict.fromkeys(row.case_id for row in rows))
    seekers, hooks, gathered = seekers_of(ids, today), hooks_of(ids, today), gather(ids, today)
    using = _using(rows)
    return [
        (
            Waiting(
                seeker=_seeker(seekers[row.case_id], hooks[row.case_id]),
                suited=_suited(row, hooks[row.case_id], policy),
                since=row.waiting_since,
                likelihood=likelihood_known(likelihood_of(gathered[row.case_id].facts)).value,
                harm=harm_known(current_harm(gathered[row.case_id].facts.harms)).value,
                using=using.get(row.pk, ""),
            ),
            hooks[row.case_id],
        )
        for row in rows
    ]


def _seeker(seeker, hooks):
    """Somebody in custody can come at no time: they keep their place, and take none that others could have."""
    return replace(seeker, week=None) if hooks.held else seeker


def _suited(row, hooks, policy):
    return suited_by(
        row.code,
        Hook(row.hook),
        hooks.attached,
        ordered=row.ordered,
        days_counted=policy.terms[row.code].days_counted,
    )


def _using(rows):
    """{referral: what they do meanwhile}, where they have a place in something else."""
    taken = SeriesPlace.objects.filter(
        referral__in=[row.pk for row in rows], instead=True, state=PlaceState.TAKEN
    )
    found = taken.order_by("given_at", "pk").values_list("referral", "series__code")
    return {referral: INTERVENTIONS[code].title for referral, code in found}
