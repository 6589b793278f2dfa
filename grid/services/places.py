"""Places in series: kept while somebody is asked, given, let go, left and finished.

Source: product rules, groups; report 2.3 (a place in the queue is never lost by being given something else meanwhile). The
series is held first and the case after it, so that of two who want the last place, or two hours of one evening, the second
reads what the first has done.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Case, NonAssociation, Pause
from cases.queries.recipients import owner_and_cover
from cases.reference.appointments import AskedBy
from cases.reference.plans import Route
from cases.rules.interim import says_nothing
from cases.services.rar import plan_activity
from cases.services.telling import tell
from grid.models import Referral, Series, SeriesPlace
from grid.queries.bound import live_activity
from grid.queries.places import look
from grid.queries.series_had import come_on, had, lacking_at_the_end, last_session
from grid.queries.waiting import who_waits
from grid.reference.group_themes import THEMES
from grid.reference.groups import PlaceState, ReferralState, SeriesState
from grid.reference.interventions import INTERVENTIONS
from grid.rules.group_states import check_referral
from grid.rules.groups_open import say_parts
from grid.services.attendances import call_off_of_place, hold_members, settle_attendances
from grid.services.group_reach import settle_group_reach
from grid.services.intervention_policy import intervention_policy
from grid.services.place_rows import close_place, free_run_out
from grid.services.unmet import HAS_A_PLACE, close_needs_of
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date, say_time

NOT_WAITING = "They are not on the waiting list for this any more. Look at where it stands."
HAS_ONE = "They have a place in a series of this already. They leave that one first."
IS_KEPT = "A place in another series is kept for them already. Let that one go first."
STILL = "Their supervision stands still, so nothing is booked for them now. Look at the pause first."  # fmt: skip
SAY_WHY = "Say why, so that whoever gives them a place later can follow."
LOOKED_THROUGH = "It did not stand any more when somebody else joined the series."
UNFINISHED = "The series is over, and they did not have its last session."


@transaction.atomic
def keep_place(*, referral, series, by, now, instead=False):
    """Keep a place for somebody who waits while they are asked, for as long as the policy says. Returns the `SeriesPlace`.

    Nothing is booked yet. It is free again by itself when it runs out. Refused where it could not be given.
    """
    series, referral = _hold(referral, series, by=by, now=now)
    looked = _check(referral, series, now, instead=instead)
    live = SeriesPlace.objects.live(now).filter(case=referral.case)
    if live.filter(state=PlaceState.KEPT).exists():
        raise RuleBroken(IS_KEPT if not live.filter(series=series).exists() else "It is kept for them already.")  # fmt: skip
    days = intervention_policy(localtime(now).date()).groups.keep_place_days
    place = SeriesPlace.objects.create(
        series=series,
        referral=referral,
        case=referral.case,
        instead=instead,
        begins_with=looked.begins.number,
        state=PlaceState.KEPT,
        kept_until=now + timedelta(days=days),
        seen=looked.words,
        given_at=now,
        given_by=by,
    )
    _changed(series)
    _record("kept_place", place, by)
    return place


@transaction.atomic
def give_place(*, referral, series, seen, by, now, instead=False):
    """Give somebody who waits a place, and book each of its sessions to come in their case. Returns the `SeriesPlace`.

    `seen`: sentences that stood beside it when it was read; whatever stands there now is kept with the place, and the trail
    has how many of them were unread. `instead`: of something else meanwhile, so that they keep their place in the queue.
    Refused, with every reason, where they may not join, or cannot come at its hours or to its place.
    """
    series, referral = _hold(referral, series, by=by, now=now)
    looked = _check(referral, series, now, instead=instead)
    place = _kept(referral, series) or SeriesPlace(
        series=series, referral=referral, case=referral.case, state=PlaceState.KEPT
    )
    place.referral, place.instead, place.state = referral, instead, PlaceState.TAKEN
    place.begins_with, place.seen, place.kept_until = looked.begins.number, looked.words, None
    place.given_at, place.given_by = now, by
    place.save()
    _plan_days(place, looked, by=by, now=now)
    close_needs_of(referral=referral, because=HAS_A_PLACE, by=by, today=localtime(now).date())
    _changed(series)
    _record("gave_place", place, by, unread=len(set(looked.words) - set(seen)))
    settle_attendances(series, because=LOOKED_THROUGH, by=by, now=now)
    first = f"{say_date(looked.begins.on)} at {say_time(looked.begins.from_at)}"
    _tell(place, f"has a place in {_title(series)} at {series.place.name}, from {first}", by, now)
    return place


@transaction.atomic
def let_go(*, place, because, by, now):
    """Let go a place that was kept. Returns it."""
    because = _reason(because)
    place = _hold_place(place)
    if place.state != PlaceState.KEPT:
        raise RuleBroken(f"No place is kept for them now: {PlaceState(place.state).title.lower()}.")
    close_place(place, PlaceState.LET_GO, because, by=by, now=now)
    _changed(place.series)
    return place


@transaction.atomic
def leave_series(*, place, because, by, now, asked_by=AskedBy.SERVICE):
    """Take somebody out of a series: what is to come is called off, and they wait again since they did first. Returns the place."""
    because, asked_by = _reason(because), AskedBy(asked_by)
    place = _hold_place(place)
    if place.state != PlaceState.TAKEN:
        raise RuleBroken(f"They are not in this series now: {PlaceState(place.state).title.lower()}.")  # fmt: skip
    _leave(place, because, asked_by, by=by, now=now)
    _tell(place, f"has left {_title(place.series)}{_queue(place)}", by, now)
    return place


@transaction.atomic
def finish_series(*, series, by, now, place=None):
    """Finish a series that is over for those who had its last session, whose register must be sent. Returns how many.

    The others leave it, and are on the list again; so is whoever began a rolling series late, or goes on in it, and lacks
    something: that is made up for in the next one. With a `place`, that one alone is finished, whatever of it they had: a facilitator says so.
    """
    series, places = hold_members(series)
    members = [one for one in places if one.state == PlaceState.TAKEN]
    last, later = last_session(series, now), {}
    if place is not None:
        members = [one for one in members if one.pk == place.pk]
        if not members:
            raise RuleBroken("They are not in this series now.")
        finished = members
    else:
        if last is None or last.sent_at is None:
            raise RuleBroken("The register of its last session is not sent yet.")
        there, on = had(last), come_on(series, members)
        stayed = [one for one in members if one.case_id in there or one.pk in on]
        later = lacking_at_the_end(series, stayed)
        finished = [one for one in stayed if one.pk not in later]
    for one in finished:
        call_off_of_place(one, f"They have finished {_title(series)}.", by=by, now=now)
        close_place(one, PlaceState.FINISHED, "", by=by, now=now)
        _done(one, by=by, now=now)
    for one in members:
        if one.pk in later:
            _goes_on(one, say_parts(later[one.pk]), by=by, now=now)
        elif one not in finished:
            _leave(one, UNFINISHED, AskedBy.SERVICE, by=by, now=now)
    _changed(series)
    today = localtime(now).date()
    settle_group_reach(case_ids=[one.case_id for one in members], today=today, by=by)
    return len(finished)


def _hold(referral, series, *, by, now):
    """The series and the referral as they stand now, held, the series first. What has run out in it is free."""
    series, _ = hold_members(series, also=[referral.case_id])
    referral = Referral.objects.select_related("case").get(pk=referral.pk)
    pairs = NonAssociation.objects.of(referral.case).in_force(localtime(now).date())
    list(pairs.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    free_run_out(series, now=now, by=by)
    return series, referral


def _hold_place(place):
    """It as it stands now, its series held, and its case after that."""
    series, places = hold_members(place.series, also=[place.case_id])
    held = next(one for one in places if one.pk == place.pk)
    held.series = series
    return held


def _check(referral, series, now, *, instead):
    """What stands beside it; refused, with every reason, where they may not have it."""
    if referral.state != ReferralState.ACCEPTED:
        raise RuleBroken(NOT_WAITING)
    if not Case.objects.ours().filter(pk=referral.case_id).exists():
        raise RuleBroken("This case is not open to us, so nothing is booked on it.")
    if Pause.objects.running().filter(case=referral.case_id).exists():
        raise RuleBroken(STILL)
    if series.state != SeriesState.OPEN:
        raise RuleBroken("This series was called off. Choose another.")
    taken = SeriesPlace.objects.filter(referral=referral, state=PlaceState.TAKEN, instead=False)
    if not instead and taken.exclude(series=series).exists():
        raise RuleBroken(HAS_ONE)
    policy = intervention_policy(localtime(now).date())
    looked = look(referral, series, policy, now, instead=instead)
    if looked.refused:
        raise RuleBroken(" ".join(looked.refused))
    return looked


def _kept(referral, series):
    """The place that is kept for them in this series: nobody else's is kept for one case."""
    return SeriesPlace.objects.filter(
        series=series, case=referral.case, state=PlaceState.KEPT
    ).first()


def _plan_days(place, looked, *, by, now):
    """Plan the days of the requirement that these sessions take up, where nothing is planned of it already."""
    if not looked.days or live_activity(looked.bound.rar, place.series.code):
        return
    about = INTERVENTIONS[place.series.code]
    plan_activity(
        requirement=looked.bound.rar.requirement,
        theme=THEMES[about.code],
        what=about.title,
        days=looked.days,
        route=Route.ONE_TO_ONE if about.one_to_one else Route.GROUP,
        by=by,
        today=localtime(now).date(),
    )


def _leave(place, because, asked_by, *, by, now):
    """The series and the case are held."""
    call_off_of_place(place, because, by=by, now=now, asked_by=asked_by)
    close_place(place, PlaceState.LEFT, because, by=by, now=now)
    _changed(place.series)
    settle_group_reach(case_ids=[place.case_id], today=localtime(now).date(), by=by)


def _goes_on(place, missed, *, by, now):
    """They wait for the next series, with the place in the queue that they had, and their officer is told."""
    because = f"The series is over. They make up for {missed} in the next one."
    _leave(place, because, AskedBy.SERVICE, by=by, now=now)
    said = f"has had the last session of {_title(place.series)}, makes up for {missed} in the next series"
    _tell(place, f"{said}{_queue(place)}", by, now)


def _done(place, *, by, now):
    """What was waited for is finished; of something else meanwhile the waiting goes on."""
    referral = place.referral
    if place.instead or referral.state != ReferralState.ACCEPTED:
        return
    today = localtime(now).date()
    check_referral(referral.state, ReferralState.DONE)
    referral.state, referral.closed_on = ReferralState.DONE, today
    referral.closed_because = f"Finished {_title(place.series)} on {say_date(today)}."
    referral.save(update_fields=["state", "closed_on", "closed_because"])
    record(by=by, action="finished_referral", crn=place.case.crn, referral=referral.pk)


def _changed(series):
    Series.objects.filter(pk=series.pk).update(version=F("version") + 1)


def _record(action, place, by, **detail):
    record(
        by=by,
        action=action,
        crn=place.case.crn,
        place=place.pk,
        series=place.series_id,
        referral=place.referral_id,
        instead=place.instead,
        **detail,
    )


def _tell(place, words, by, now):
    """Whoever acts on the case, where it was not they who did it."""
    case = place.case
    users = [one for one in owner_and_cover(case, localtime(now).date()) if one != by]
    href = reverse("case-interventions", args=[case.crn])
    tell(case=case, users=users, text=f"{case.crn} {words}.", href=href, now=now)


def _queue(place):
    again = who_waits().filter(pk=place.referral_id).first()
    return f", and waits for a place in {INTERVENTIONS[again.code].title}" if again else ""


def _title(series):
    return INTERVENTIONS[series.code].title


def _reason(because):
    if says_nothing(because):
        raise RuleBroken(SAY_WHY)
    return because.strip()
