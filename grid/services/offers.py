"""Taking up an offer: the place is kept while somebody is asked, or given. Only of what can be offered to them, or is kept already.

Source: features 78 and idea 9; report 2.3.
"""

from django.db import transaction
from django.utils.timezone import localtime

from grid.models import SeriesPlace
from grid.queries.offers import offers_to
from grid.reference.groups import PlaceState
from grid.rules.fitting import Kind, kind_of
from grid.services.intervention_policy import intervention_policy
from grid.services.places import give_place, keep_place
from grid.services.policy import grid_policy
from staff.errors import RuleBroken

NOT_OFFERED = "This cannot be offered to them any more. Look at what can be offered now."


@transaction.atomic
def keep_offer(*, referral, series, by, now):
    """Keep this place for somebody who waits while they are asked. Returns the `SeriesPlace`."""
    _check_offered(referral, series, now)
    return keep_place(
        referral=referral, series=series, by=by, now=now, instead=is_instead(referral, series)
    )


@transaction.atomic
def give_offer(*, referral, series, seen, by, now):
    """Give somebody who waits this place, which closes what waited for a decision. Returns the `SeriesPlace`.

    `seen`: the sentences that stood beside it when it was read.
    """
    _check_offered(referral, series, now)
    return give_place(
        referral=referral, series=series, seen=seen, by=by, now=now, instead=is_instead(referral, series)
    )  # fmt: skip


def is_instead(referral, series) -> bool:
    """Whether it is something else meanwhile. What has the same content, one to one, is what they wait for."""
    return kind_of(series.code, referral.code) is Kind.OTHER


def _check_offered(referral, series, now):
    """A place that is kept for them stays theirs to take, also when its first session has come too near to be offered."""
    kept = SeriesPlace.objects.live(now).filter(
        referral=referral, series=series, state=PlaceState.KEPT
    )
    if kept.exists():
        return
    today = localtime(now).date()
    policies = grid_policy(today), intervention_policy(today)
    found = offers_to([referral.case_id], policies, now)[referral.case_id]
    mine = next((one for one in found if one.referral.pk == referral.pk), None)
    if mine is None or mine.offer_of(series.pk) is None:
        raise RuleBroken(NOT_OFFERED)
