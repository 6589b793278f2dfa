"""A stay in prison: received, screened, reckoned, moved, released. And who sees to them meanwhile.

Source: Through the Gate reference 2, 6, 7. What the law says of the days is `ttg.rules.release_dates`; what comes of an
extract, `ttg.services.taking_up`. Whoever works by the day of release hears at once when it moves.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Assignment
from cases.queries.recipients import let_in, owner_and_cover
from cases.reference.codes import Capacity, CustodyStatus
from cases.rules.leaving import check_still_here
from cases.services.checks import lock_case
from cases.services.policy import clocks
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken
from staff.permissions import Role
from staff.rules.dates import say_date
from ttg.models import Custody, PrisonStay, ReleaseChange
from ttg.reference.custody import CustodyKind
from ttg.rules.custody import (
    CHANGED_MEANWHILE,
    check_day,
    check_ended,
    check_move,
    check_reception,
    check_release,
    check_screening,
)
from ttg.rules.reckoning import kept_basis, kept_reckoned, read_reckoned
from ttg.rules.release_dates import reckon
from ttg.services.gate import tell_who_meets
from ttg.services.in_and_out import go_on, never_stood_still, stand_still
from ttg.services.owed import owe_release

ONE_AT_A_TIME = "They are recorded as in prison already. End that stay, or go on with it."
NOT_HELD = "They are not in prison any more, as it is recorded here."
RECKONED = "Reckoned from the sentence"


@transaction.atomic
def receive(*, case, kind, prison, received_on, source, basis, by, now, prison_officer=""):
    """They are in prison since that day. `basis`: what release is reckoned from, where it is known. Returns the stay."""
    case, today = lock_case(case), localdate(now)
    check_still_here(case.left_as)
    if case.custodies.held().exists():
        raise RuleBroken(ONE_AT_A_TIME)
    last = case.custodies.released().order_by("-released_on", "-pk").first()
    left_on = last.released_on if last else None
    source = check_reception(received_on=received_on, source=source, left_on=left_on, today=today)
    kind = CustodyKind(kind)
    recalled = kind == CustodyKind.RECALLED and last and not Custody.objects.filter(follows=last)
    custody = Custody.objects.create(
        case=case,
        kind=kind,
        sentence=_sentence_of(case),
        prison=prison,
        prison_officer=prison_officer.strip(),
        received_on=received_on,
        source=source,
        follows=last if recalled else None,
        recorded_at=now,
        recorded_by=by,
    )
    if prison:
        PrisonStay.objects.create(custody=custody, prison=prison, from_on=received_on)
    if basis:
        _reckon(custody, basis, by=by, now=now)
        custody.save()
    record(by=by, action="received_into_custody", crn=case.crn, custody=custody.pk, kind=str(kind))
    stand_still(custody, by=by, now=now)
    return _settled(custody, by=by, now=now)


@transaction.atomic
def record_screening(*, custody, on, whom, by, now):
    """The prison's basic custody screening was done. The plan is owed from that day. Returns the stay."""
    custody, today = _hold(custody), localdate(now)
    custody.screened_by = check_screening(
        on=on, received_on=custody.received_on, whom=whom, today=today
    )
    custody.screened_on = on
    return _kept(custody, "recorded_screening", by=by, now=now)


@transaction.atomic
def reckon_dates(*, custody, basis, version, by, now):
    """Reckon the days anew from this basis. The day of release follows, unless somebody set another. Returns the stay."""
    custody = _hold(custody, version)
    before = custody.release_on
    _reckon(custody, basis, by=by, now=now)
    done = _kept(custody, "reckoned_release", by=by, now=now)
    _tell_moved(done, before, by=by, now=now)
    return done


@transaction.atomic
def set_release_day(*, custody, on, kind, because, version, by, now):
    """Set the day they leave, and by what; None: it is not known. Returns the stay.

    Whatever is odd about the day is said beside it (`ttg.rules.custody.odd_about`) and refuses nothing.
    """
    custody = _hold(custody, version)
    before = custody.release_on
    kind, because = check_day(on=on, kind=kind, because=because, received_on=custody.received_on)
    _change(custody, on, kind, because, by=by, now=now)
    done = _kept(custody, "set_release_day", by=by, now=now)
    _tell_moved(done, before, by=by, now=now)
    return done


@transaction.atomic
def move_prison(*, custody, prison, on, because, by, now, prison_officer=""):
    """They are at another prison since that day. Returns the stay."""
    custody = _hold(custody)
    stays = custody.stays.filter(to_on=None)
    stay = stays.first()
    check_move(
        on=on,
        since=stay.from_on if stay else custody.received_on,
        same=custody.prison_id == prison.pk,
        today=localdate(now),
    )
    stays.update(to_on=on)
    PrisonStay.objects.create(custody=custody, prison=prison, from_on=on, because=because.strip())
    custody.prison, custody.prison_officer = prison, prison_officer.strip()
    return _kept(custody, "moved_prison", by=by, now=now, prison=prison.pk)


@transaction.atomic
def release(*, custody, on, by, now):
    """They have left prison. What was missing is asked for after it; nothing here stands in the way. Returns the stay.

    They can be seen from that day on, and the first appointment is owed.
    """
    custody = _hold(custody)
    check_release(on=on, received_on=custody.received_on, today=localdate(now))
    custody.released_on, custody.undone_on = on, None
    custody.stays.filter(to_on=None).update(to_on=on)
    go_on(custody, by=by, now=now)
    done = _kept(custody, "recorded_release", by=by, now=now)
    told = [one for one in _near(done, localdate(now)) if one.pk != by.pk]
    _tell(done.case, told, f"They were released from prison on {say_date(on)}.", now=now)
    tell_who_meets([done], by=by, now=now)
    return done


@transaction.atomic
def end_custody(*, custody, because, mistaken, by, now):
    """It ends without a release: recorded by mistake, or held elsewhere from now on. Returns the stay.

    `mistaken`: they never were in prison, so what stood still because of it goes on as if it never had.
    """
    custody, today = _hold(custody), localdate(now)
    custody.ended_because, custody.ended_on = check_ended(because), max(today, custody.received_on)
    custody.stays.filter(to_on=None).update(to_on=custody.ended_on)
    _let_go(custody, Capacity.RESETTLEMENT, today)
    _let_go(custody, Capacity.MENTOR, today)
    if mistaken:
        never_stood_still(custody, by=by, now=now)
    done = _kept(custody, "ended_custody", by=by, now=now, mistaken=mistaken)
    tell_who_meets([done], by=by, now=now)
    return done


@transaction.atomic
def name_worker(*, custody, worker, by, now):
    """Who of Through the Gate sees to them; None: nobody. They reach the case from now on. Returns the stay."""
    return _name(custody, "worker", worker, Role.RESETTLEMENT, Capacity.RESETTLEMENT, by=by, now=now)  # fmt: skip


@transaction.atomic
def name_mentor(*, custody, mentor, by, now):
    """Which mentor goes with them through the gate; None: nobody. Returns the stay."""
    return _name(custody, "mentor", mentor, Role.MENTOR, Capacity.MENTOR, by=by, now=now)


def _hold(custody, version=None):
    """As it stands now, its case locked first; refused once it is over, or changed since `version` was read."""
    case = lock_case(custody.case)
    custody = Custody.objects.select_related("prison", "worker", "mentor").get(pk=custody.pk)
    custody.case = case
    check_still_here(case.left_as)
    if custody.released_on or custody.ended_on:
        raise RuleBroken(NOT_HELD)
    if version is not None and version != custody.version:
        leaves = say_date(custody.release_on) if custody.release_on else "on a day not known"
        raise RuleBroken(CHANGED_MEANWHILE.format(now=f"they leave {leaves}"))
    return custody


def _kept(custody, action, *, by, now, **detail):
    custody.version += 1
    custody.save()
    record(by=by, action=action, crn=custody.case.crn, custody=custody.pk, **detail)
    return _settled(custody, by=by, now=now)


def _settled(custody, *, by, now):
    owe_release(case_ids=[custody.case_id], by=by, today=localdate(now))
    return custody


def _reckon(custody, basis, *, by, now):
    before = read_reckoned(custody.reckoned)
    extra = clocks(localdate(now)).extra_bank_holidays
    found = reckon(basis, custody.case.born_on, extra)
    custody.basis, custody.reckoned = kept_basis(basis), kept_reckoned(found)
    follows = custody.release_on is None or (before and before.release_on == custody.release_on)
    leaves = found.release_on and found.release_on >= custody.received_on
    if follows and leaves and found.release_on != custody.release_on:
        _change(custody, found.release_on, found.release_kind, RECKONED, by=by, now=now)


def _change(custody, on, kind, because, *, by, now):
    ReleaseChange.objects.create(
        custody=custody,
        was_on=custody.release_on,
        release_on=on,
        kind=kind,
        because=because,
        at=now,
        by=by,
    )
    custody.release_on, custody.release_kind = on, kind


def _sentence_of(case):
    held = case.sentences.current().exclude(custody_status=CustodyStatus.NONE)
    return held.order_by("-convicted_on", "-pk").first()


def _name(custody, name, user, role, capacity, *, by, now):
    custody, today = _hold(custody), localdate(now)
    if user and (user.role != role or not let_in(custody.case, [user.pk])):
        raise RuleBroken(f"Choose a {role.title.lower()} who works here and may open this case.")
    held = getattr(custody, f"{name}_id")
    if held == (user.pk if user else None):
        return custody
    _let_go(custody, capacity, today)
    setattr(custody, name, user)
    if user:
        Assignment.objects.create(case=custody.case, user=user, capacity=capacity, from_on=today)
    done = _kept(custody, f"named_{name}", by=by, now=now, user=user.pk if user else None)
    if user and user.pk != by.pk:
        page = reverse("custody", args=[custody.case.crn])
        href = reverse("gate-meetings") if role == Role.MENTOR else page
        text = f"You are named as the {role.title} of {custody.case.crn}, who is in prison."
        tell(case=custody.case, users=[user], text=text, href=href, now=now)
    return done


def _let_go(custody, capacity, today):
    """Whoever had it reaches the case no longer than today."""
    held = Assignment.objects.on(today).filter(case=custody.case, capacity=capacity, user__isnull=False)  # fmt: skip
    held.update(to_on=today)


def _near(custody, today):
    """Whoever works by the day of release and may open the case: the officer or cover, and the worker."""
    worker = let_in(custody.case, [custody.worker_id]) if custody.worker_id else []
    found = {one.pk: one for one in [*owner_and_cover(custody.case, today), *worker]}
    return [found[pk] for pk in sorted(found)]


def _tell_moved(custody, before, *, by, now):
    if custody.release_on == before:
        return
    leaves = say_date(custody.release_on) if custody.release_on else "on a day that is not known"
    told = [one for one in _near(custody, localdate(now)) if one.pk != by.pk]
    _tell(custody.case, told, f"The day of release has changed: they leave {leaves}.", now=now)
    tell_who_meets([custody], by=by, now=now)


def _tell(case, users, text, *, now):
    if users:
        href = reverse("custody", args=[case.crn])
        tell(case=case, users=users, text=f"{case.crn}: {text}", href=href, now=now)
