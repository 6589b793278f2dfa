"""Undoing a release that was recorded by mistake: they are in prison, and everything is owed again.

Source: Through the Gate reference 6; as a death recorded by mistake is undone. What was said of nights outside goes with
it, since there were none; it is kept in its history.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from cases.queries.recipients import let_in, owner_and_cover
from cases.rules.leaving import check_still_here
from cases.services.checks import lock_case
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken
from ttg.models import Custody, ReleaseChange
from ttg.rules.custody import check_undone
from ttg.services.gate import tell_who_meets
from ttg.services.in_and_out import stand_still_again
from ttg.services.owed import owe_release

NOT_RELEASED = "No release is recorded of this stay, so there is none to undo."
SINCE = (
    "Another stay in prison is recorded since. End that one first, if it was recorded by mistake."
)
TELLS = "They have not been released: it was recorded by mistake. Everything before release is owed again."


@transaction.atomic
def undo_release(*, custody, because, by, now):
    """They have not left prison after all. What was owed before release is owed again. Returns the stay."""
    case, today = lock_case(custody.case), localdate(now)
    check_still_here(case.left_as)
    custody = Custody.objects.select_related("prison", "worker", "mentor").get(pk=custody.pk)
    custody.case = case
    released_on = custody.released_on
    if released_on is None:
        raise RuleBroken(NOT_RELEASED)
    others = case.custodies.filter(ended_on=None).exclude(pk=custody.pk)
    if others.filter(received_on__gte=released_on).exists() or others.held().exists():
        raise RuleBroken(SINCE)
    because = check_undone(because)
    _write(custody, because, by=by, now=now)
    nights, _ = custody.nights.all().delete()
    record(by=by, action="undid_release", crn=case.crn, custody=custody.pk, nights=nights)
    stand_still_again(custody, released_on, by=by, now=now)
    _tell(custody, by=by, now=now)
    tell_who_meets([custody], by=by, now=now)
    owe_release(case_ids=[case.pk], by=by, today=today)
    return custody


def _write(custody, because, *, by, now):
    """Beside the changes of the day, so that whoever reads the stay sees that a release stood and why it does not."""
    ReleaseChange.objects.create(
        custody=custody,
        was_on=custody.released_on,
        release_on=custody.release_on,
        kind=custody.release_kind,
        because=because,
        at=now,
        by=by,
    )
    last = custody.stays.filter(to_on=custody.released_on).order_by("-from_on", "-pk").first()
    if last and not custody.stays.filter(to_on=None).exists():
        last.to_on = None
        last.save(update_fields=["to_on"])
    custody.undone_on, custody.released_on = custody.released_on, None
    custody.version += 1
    custody.save()


def _tell(custody, *, by, now):
    case = custody.case
    worker = let_in(case, [custody.worker_id]) if custody.worker_id else []
    found = {one.pk: one for one in [*owner_and_cover(case, localdate(now)), *worker]}
    users = [found[pk] for pk in sorted(found) if pk != by.pk]
    if users:
        href = reverse("custody", args=[case.crn])
        tell(case=case, users=users, text=f"{case.crn}: {TELLS}", href=href, now=now)
