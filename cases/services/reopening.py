"""Opening again a case that ended here: by a senior who says why, or because the record brings a new sentence.

Source: report 3.3; the import contract (a sentence passed after a case ended is a new beginning). Nothing that was owed
is lost: every clock goes on from where it stood.
"""

from django.db import transaction
from django.utils.timezone import localdate

from cases.models import Case, Ending, Sentence
from cases.reference.holding import LeftAs
from cases.rules.importing.sentences import supervises
from cases.rules.interim import says_nothing
from cases.services.checks import lock_case
from cases.services.leaving import come_back
from staff.audit import record
from staff.errors import RuleBroken
from staff.permissions import Action, reach
from staff.rules.dates import say_date

LONGEST = 500
NOT_ENDED = "This case has not been brought to its end here, so there is nothing to open again."
NOT_YOURS = "A senior probation officer or the head of service opens a case again."
BY_RECORD = "nDelius brought a new sentence, passed or begun on {day}"


@transaction.atomic
def reopen_case(*, case, because, by, now):
    """Open it again, with everything that was owed. Returns the ending that it ended by."""
    if not reach(by.role, Action.REOPEN_CASE):
        raise RuleBroken(NOT_YOURS)
    if says_nothing(because):
        raise RuleBroken("Say why it is opened again, for example what the court decided.")
    if len(because.strip()) > LONGEST:
        raise RuleBroken(f"Say it in {LONGEST} characters or fewer.")
    return _open_again(lock_case(case), because.strip(), by=by, now=now)


@transaction.atomic
def reopen_by_record(*, case_ids, by, now):
    """Open again those of these cases that ended here and of which the record brings a new sentence. Returns them."""
    ended = Case.objects.filter(pk__in=case_ids, left_as=LeftAs.ENDED).order_by("pk")
    opened = []
    for case in list(ended.select_for_update(no_key=True)):
        ending = case.endings.standing().order_by("-ended_at", "-pk").first()
        if ending and (new := _new_sentence(case, ending)):
            began_on = max(filter(None, (new.convicted_on, new.started_on)))
            because = BY_RECORD.format(day=say_date(began_on))
            _open_again(case, because, by=by, now=now)
            opened.append((case, new))
    return opened


def _new_sentence(case, ending):
    """One in force, other than that which ended, that was passed or began on the day of the ending or later."""
    ended_on = localdate(ending.ended_at)
    for one in Sentence.objects.current().filter(case=case).exclude(pk=ending.sentence_id):
        days = list(filter(None, (one.convicted_on, one.started_on)))
        if supervises(one.description) and days and max(days) >= ended_on:
            return one
    return None


def _open_again(case, because, *, by, now):
    ending = Ending.objects.standing().filter(case=case).order_by("-ended_at", "-pk").first()
    if case.left_as != LeftAs.ENDED or ending is None:
        raise RuleBroken(NOT_ENDED)
    ending.reopened_at, ending.reopened_by, ending.reopened_because = now, by, because
    ending.version += 1
    ending.save(update_fields=["reopened_at", "reopened_by", "reopened_because", "version"])
    record(by=by, action="reopened_case", crn=case.crn, ending=ending.pk)
    come_back(case=case, by=by, now=now)
    return ending
