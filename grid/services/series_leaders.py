"""Who leads a series, and who stands in at one session.

Source: product rules, groups (facilitators with training and leave, cover). Whoever leads reaches those who come: settled with
their attendances, in the same transaction.
"""

from django.db import transaction
from django.utils.timezone import localtime

from grid.models import SeriesSession, SessionLeader
from grid.queries.leaders import leaders_for
from grid.queries.series import as_session
from grid.queries.series_changes import asks_of_series, standing_rows
from grid.queries.series_look import say_cover
from grid.reference.groups import SessionState
from grid.rules.series_leaders import led_by
from grid.rules.staffing import against, check_led, cover
from grid.services.attendances import settle_attendances
from grid.services.series import hold, leads, never_twice
from grid.services.series_changes import checked_because, hold_series
from staff.audit import record
from staff.errors import RuleBroken

NAMED_AGAIN = "Others were named to lead"


@transaction.atomic
def name_leaders(*, series, users, from_number, version, by, now):
    """Say who leads every session to come from this number on. Returns the series.

    Each of them leads those that they can, and no more than are asked for lead one. Refused where one would have too few.
    """
    series = hold_series(series, version)
    hold(rooms=(), users=users)
    rows = [
        one
        for number, one in standing_rows(series).items()
        if number >= from_number and one.starts_at > now
    ]
    if not rows:
        raise RuleBroken("No session from there on is still to come. Choose an earlier one.")
    sessions = [as_session(one) for one in rows]
    chosen = _chosen(series, users, sessions, now)
    check_led(chosen, sessions, asks_of_series(series))
    led = led_by(chosen, sessions, asks_of_series(series))
    _lead(rows, [{one.user for one in each.leaders} for each in led], users, by=by, now=now)
    _count(series)
    record(
        by=by,
        action="named_leaders",
        series=series.pk,
        from_number=from_number,
        users=[one.pk for one in users],
        version=series.version,
    )
    settle_attendances(series, because=NAMED_AGAIN, by=by, now=now)
    return series


@transaction.atomic
def cover_session(*, session, out, stand_in, because, version, by, now):
    """Let somebody lead a session that is not over, in place of `out`; None where it has too few. Returns the session."""
    series, because = hold_series(session.series, version), checked_because(because)
    hold(rooms=(), users=[stand_in])
    session = SeriesSession.objects.select_for_update(of=("self",), no_key=True).get(pk=session.pk)
    if session.state != SessionState.STANDS or session.ends_at <= now:
        raise RuleBroken("This session is over, or called off: nobody stands in at it.")
    leading = {one.user_id: one for one in session.led_by.standing()}
    _check_out(series, leading, out)
    if stand_in.pk in leading:
        raise RuleBroken(f"{stand_in.name} leads this session already.")
    _check_able(series, session, stand_in, now)
    with never_twice():
        if out is not None:
            gone = leading[out.pk]
            gone.stands, gone.because = False, because
            gone.save(update_fields=["stands", "because"])
        leads(session, stand_in, by=by, now=now, because=because).save()
    _count(series)
    record(
        by=by,
        action="covered_session",
        series=series.pk,
        session=session.pk,
        out=out.pk if out else None,
        stand_in=stand_in.pk,
        version=series.version,
    )
    settle_attendances(series, because=because, by=by, now=now)
    return session


def _chosen(series, users, sessions, now):
    """As the rules have them, in the order in which they were chosen."""
    by_key = {
        one.user: one for one in leaders_for(sessions, series=series, today=localtime(now).date())
    }
    if unknown := [one.name for one in users if one.pk not in by_key]:
        raise RuleBroken(f"{unknown[0]} does not lead groups. Choose another.")
    return [by_key[one.pk] for one in users]


def _check_out(series, leading, out):
    if out is None and len(leading) >= series.leaders:
        raise RuleBroken("This session has the leaders that it asks for. Say who is away.")
    if out is not None and out.pk not in leading:
        raise RuleBroken(f"{out.name} does not lead this session.")


def _check_able(series, row, stand_in, now):
    """Refused with who could stand in where they cannot."""
    session, asks = as_session(row), asks_of_series(series)
    everybody = leaders_for([session], series=series, today=localtime(now).date())
    leader = next((one for one in everybody if one.user == stand_in.pk), None)
    if leader is None:
        raise RuleBroken(f"{stand_in.name} does not lead groups. Choose another.")
    if stands := [one.text for one in against(leader, session, asks)]:
        others = [one for one in everybody if one.user != stand_in.pk]
        found = cover([], others, [session], asks)
        raise RuleBroken(" ".join([*stands, *map(say_cover, found)]))


def _lead(rows, wanted, users, *, by, now):
    """`wanted`: the keys of users for each row. Those who lead it and are not wanted lead it no more."""
    by_key = {one.pk: one for one in users}
    gone, new = [], []
    for row, keys in zip(rows, wanted, strict=True):
        there = {one.user_id: one.pk for one in row.leads}
        gone += [pk for user, pk in there.items() if user not in keys]
        new += [leads(row, by_key[user], by=by, now=now) for user in sorted(keys - there.keys())]
    with never_twice():
        SessionLeader.objects.filter(pk__in=gone).update(stands=False, because=NAMED_AGAIN)
        SessionLeader.objects.bulk_create(new)


def _count(series):
    series.version += 1
    series.save(update_fields=["version"])
