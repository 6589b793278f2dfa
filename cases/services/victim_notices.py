"""Raising what a victim liaison officer must hear, once for each thing that happens, and the clock on telling them.

Each service that records such a thing calls `raise_for_victim` in its own transaction; the night reads the same of every
case for what extracts bring. Source: product rules, clocks; `cases.rules.victim_liaison`.
"""

from collections import defaultdict

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from cases.models import Case, VictimNotice
from cases.queries.recipients import owner_and_cover
from cases.queries.victim_happenings import concerned, happenings_of
from cases.rules.victim_liaison import TAKEN_BACK, Raised, to_raise, to_take_back
from cases.services.deadline_sets import DeadlineRow, meet_deadlines, open_deadlines
from cases.services.deadlines import meet_deadline, open_deadline, run_from
from cases.services.telling import tell
from staff.audit import record_many
from staff.rules.dates import say_date

CHUNK = 500  # cases
TELLS = "tell_victim_liaison"


@transaction.atomic
def raise_for_victim(*, case, by, now):
    """Raise whatever has happened on this case that a victim may need to hear of. The caller holds the case.

    Whoever acts on it hears at once, unless they say so themselves. Returns the notices, none where no victim is in contact.
    """
    about = concerned([case.pk])
    if not about:
        return []
    made, taken_back = _raise(about, by=by, now=now)
    if made or taken_back:
        settle_notices(case=case, by=by, today=localdate(now))
    if made:
        _tell(case, by=by, now=now)
    return made


def settle_notices(*, case, by, today):
    """The one clock of the case follows what has waited longest to be told."""
    first = VictimNotice.objects.owed().filter(case=case).order_by("raised_at", "pk").first()
    if first is None:
        meet_deadline(case=case, kind=TELLS, by=by, today=today)
        return
    since, why = localdate(first.raised_at), _why(localdate(first.raised_at))
    open_deadline(case=case, kind=TELLS, triggered_on=since, why=why, by=by, today=today)
    run_from(case=case, kind=TELLS, triggered_on=since, by=by, today=today)


def owe_victim_notices_chunk(*, after, today, now, size=CHUNK):
    """The next so many cases on which a victim is in contact. A step of `cases.services.jobs.run_job`."""
    keys = sorted(pk for pk in concerned() if pk > after)[:size]
    raised = raise_for_victims(case_ids=keys, today=today, now=now) if keys else 0
    return (keys[-1] if len(keys) == size else None), {"raised": raised}


@transaction.atomic
def raise_for_victims(*, case_ids, today, now, by=None):
    """The same for many cases at once, in a fixed number of statements. Returns how many were raised."""
    cases = Case.objects.filter(pk__in=case_ids).order_by("pk").select_for_update(no_key=True)
    about = concerned(list(cases.values_list("pk", flat=True)))
    made, _ = _raise(about, by=by, now=now)
    owed = VictimNotice.objects.owed().filter(case__in=about).order_by("-raised_at")
    since = {case: localdate(at) for case, at in owed.values_list("case", "raised_at")}
    rows = [DeadlineRow(pk, day, _why(day)) for pk, day in sorted(since.items())]
    open_deadlines(kind=TELLS, rows=rows, by=by, today=today)
    meet_deadlines(kind=TELLS, case_ids=about.keys() - since.keys(), by=by, today=today)
    return len(made)


def _raise(about, *, by, now):
    """([notices made], how many were taken back)"""
    found = happenings_of(about, localdate(now))
    had = defaultdict(list)
    for one in VictimNotice.objects.filter(case__in=found):
        answered, told = one.answered_at is not None, one.told_on is not None
        had[one.case_id].append(Raised(one.cause, one.key, one.happened_on, answered, told))
    made = VictimNotice.objects.bulk_create(
        VictimNotice(
            case_id=one.case_id,
            cause=one.cause,
            key=one.key,
            happened_on=one.on,
            words=one.words,
            raised_at=now,
            raised_by=by,
        )
        for pk in sorted(found)
        for one in to_raise(found[pk], had[pk])
    )
    taken_back = sum(_take_back(pk, to_take_back(found[pk], had[pk]), now) for pk in sorted(had))
    if made:
        cases = Case.objects.filter(pk__in={one.case_id for one in made}).order_by("crn")
        crns = list(cases.values_list("crn", flat=True))
        record_many(by=by, action="raised_for_victim", crns=crns)
    return made, taken_back


def _take_back(case, keys, now):
    """What nobody has been told yet, and did not happen. The words say why nobody need be."""
    if not keys:
        return 0
    owed = VictimNotice.objects.owed().filter(case=case, key__in=keys)
    return owed.update(said=TAKEN_BACK, answered_at=now)


def _why(day):
    """In words that tell whoever may not read the notice nothing of it."""
    return f"Something is to be told since {say_date(day)}"


def _tell(case, *, by, now):
    today = localtime(now).date()
    tell(
        case=case,
        users=[one for one in owner_and_cover(case, today) if one != by],
        text=f"Tell the victim liaison officer what has happened on {case.crn}.",
        href=reverse("victim-liaison", args=[case.crn]),
        now=now,
    )
