"""Plans the sentence a person is serving, and when it was passed, relative to today.

Sources: the sentence mix of a CRC in 2018 (community orders and suspended sentence orders first);
Offender Rehabilitation Act 2014 (licence, then supervision to a year after release).
"""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from cases.management.demo.plan_parts import Order

KINDS = {
    "community": 36,
    "suspended": 22,
    "unpaid_work": 14,
    "licence": 9,
    "pss": 8,
    "custody": 9,
    "recalled": 2,
}
# The likelier somebody is to be reconvicted, the likelier they are to have been in prison
OF_HIGH_BANDS = {"community": 24, "suspended": 16, "unpaid_work": 1, "licence": 20, "pss": 16, "custody": 18, "recalled": 5}  # fmt: skip
STAND_ALONE_LEVELS = {"L", "M"}
LONG_SHARE = 0.12
SATURDAY = 5
DAYS_BEFORE_RELEASE = 6  # so that weekends at either end leave somebody still inside


def kind_for(rng, level, band):
    """A kind of sentence that goes with the group."""
    weights = dict(OF_HIGH_BANDS if band in {"75", "90"} else KINDS)
    if level not in STAND_ALONE_LEVELS:
        weights["unpaid_work"] = 0
    return rng.choices(list(weights), list(weights.values()))[0]


def working(day):
    """This day, or the Friday before it: courts sit and prisons release on weekdays."""
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def order_for(rng, kind, today, days_ago=None, months=None):
    """A sentence of this kind in the midst of being served on `today`."""
    if kind in {"community", "suspended", "unpaid_work"}:
        return _in_the_community(rng, kind, today, days_ago, months)
    return _custodial(rng, kind, today, days_ago, months)


def _in_the_community(rng, kind, today, days_ago, months):
    months = months or rng.choices([6, 12, 18, 24], [8, 57, 20, 15])[0]
    months = 12 if kind != "community" and months < 12 else months
    if days_ago is None:
        days_ago = int(rng.triangular(0, months * 30 - 12, months * 7))
    convicted_on = working(today - timedelta(days=days_ago))
    end_on = convicted_on + relativedelta(months=months)
    return Order(kind, convicted_on, convicted_on, months, end_on)


def _custodial(rng, kind, today, days_ago, told_months):
    long = not told_months and kind != "pss" and rng.random() < LONG_SHARE
    months = told_months or (
        rng.randint(25, 36)
        if long
        else rng.choices([2, 4, 6, 9, 12, 16, 20], [14, 20, 22, 14, 13, 10, 7])[0]
    )
    if kind == "licence" and months < 4:
        months = 4
    half = timedelta(days=months * 15)
    since_release = _since_release(rng, kind, months) if days_ago is None else days_ago
    if kind == "custody":
        served = min(since_release, half.days - DAYS_BEFORE_RELEASE)
        convicted_on = working(today - timedelta(days=served))
    else:
        convicted_on = working(today - timedelta(days=since_release) - half)
    released_on = None if kind == "custody" else working(convicted_on + half)
    out_on = released_on or working(convicted_on + half)
    licence_end_on = convicted_on + timedelta(days=months * 30)
    pss_end_on = None if long else out_on + relativedelta(months=12)
    end_on = licence_end_on if long else max(pss_end_on, licence_end_on)
    return Order(
        kind, convicted_on, convicted_on, months, end_on, released_on, out_on, licence_end_on, pss_end_on, long
    )  # fmt: skip


def _since_release(rng, kind, months):
    """Days since release; for somebody still inside, days since sentence."""
    if kind == "pss":
        return months * 15 + rng.randint(5, max(6, 350 - months * 15))
    if kind == "custody":
        return rng.randint(3, max(4, months * 15 - 10))
    return rng.randint(2, max(3, min(months * 15 - 12, 330)))


def completed_years(born_on: date, on: date) -> int:
    return relativedelta(on, born_on).years
