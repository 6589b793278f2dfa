"""Recording that somebody has died: that minute everything that would reach them stops. Who is told; undoing a mistake.

Source: product rules, clocks; local policy on deaths under supervision (`cases.reference.deaths`).
"""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Death
from cases.queries.deaths import circumstances_of
from cases.queries.recipients import told_at_once
from cases.reference.deaths import Hear
from cases.reference.holding import LeftAs
from cases.rules.deaths import check_death, check_told, check_undone, left_to_tell
from cases.rules.leaving import check_still_here
from cases.services.checks import lock_case
from cases.services.deadlines import meet_deadline, open_deadline
from cases.services.leaving import come_back, leave
from cases.services.seen_again import SEES
from cases.services.telling import tell
from cases.services.victim_notices import raise_for_victim
from staff.audit import record
from staff.errors import RuleBroken
from staff.permissions import Action, reach
from staff.rules.dates import say_date

TELLS = "tell_of_death"
CALLED_OFF = "They have died"
NOT_YOURS = "A senior probation officer or the head of service undoes this, once they know."


@transaction.atomic
def record_death(*, case, died_on, told_by, in_custody, by, now, family=""):
    """They have died. Nothing is booked or sent from this moment, and what was to come is called off.

    `died_on` and `in_custody`: None where it is not known. Returns the `Death`.
    """
    case, today = lock_case(case), localtime(now).date()
    check_still_here(case.left_as)
    told_by = check_death(died_on=died_on, told_by=told_by, today=today)
    death = Death.objects.create(
        case=case,
        died_on=died_on,
        told_by=told_by,
        learnt_at=now,
        in_custody=in_custody,
        family=family.strip(),
        recorded_at=now,
        recorded_by=by,
    )
    record(by=by, action="recorded_death", crn=case.crn, death=death.pk)
    death.case = leave(case=case, left_as=LeftAs.DIED, because=CALLED_OFF, by=by, now=now)
    _settle(death, by=by, today=today)
    raise_for_victim(case=death.case, by=by, now=now)
    _tell(death, "{crn} has died. Nothing more is sent or booked. See who has to be told.", by, now)
    return death


@transaction.atomic
def correct_death(*, death, died_on, told_by, in_custody, family, by, now):
    """Put right, or add, what is known of it. What stood is kept in its history."""
    death, today = _lock(death), localtime(now).date()
    death.told_by = check_death(died_on=died_on, told_by=told_by, today=today)
    death.died_on, death.in_custody, death.family = died_on, in_custody, family.strip()
    death.save()
    record(by=by, action="corrected_death", crn=death.case.crn, death=death.pk)
    _settle(death, by=by, today=today)
    return death


@transaction.atomic
def say_heard(*, death, whom, on, words, by, now):
    """Somebody has been told, or (`on` None) there is nobody to tell. What is said again stands in its place."""
    death, today, whom = _lock(death), localtime(now).date(), Hear(whom)
    words = check_told(
        on=on,
        words=words,
        learnt_on=localtime(death.learnt_at).date(),
        died_on=death.died_on,
        today=today,
    )
    said = {"on": on.isoformat() if on else "", "by": by.pk, "words": words}
    death.told = {**death.told, str(whom): said}
    death.save(update_fields=["told"])
    record(by=by, action="told_of_death", crn=death.case.crn, death=death.pk, whom=str(whom))
    _settle(death, by=by, today=today)
    return death


@transaction.atomic
def undo_death(*, death, because, by, now):
    """They are alive: the case is open again, every clock goes on, and seeing them is owed. Returns the `Death`.

    What was called off stays called off: somebody speaks to them before anything is sent.
    """
    death, today = _lock(death), localtime(now).date()
    if not reach(by.role, Action.UNDO_DEATH):
        raise RuleBroken(NOT_YOURS)
    death.undone_because = check_undone(because)
    death.undone_at, death.undone_by = now, by
    death.save()
    case = death.case
    meet_deadline(case=case, kind=TELLS, by=by, today=today, void=True)
    record(by=by, action="undid_death", crn=case.crn, death=death.pk)
    death.case = come_back(case=case, by=by, now=now)
    open_deadline(
        case=death.case,
        kind=SEES,
        triggered_on=today,
        why=f"A death recorded by mistake was undone on {say_date(today)}",
        by=by,
        today=today,
    )
    raise_for_victim(case=death.case, by=by, now=now)
    text = "{crn} has not died: it was recorded by mistake. Speak to them, and book what was called off."
    _tell(death, text, by, now)
    return death


def _lock(death):
    """As it stands now, its case locked first; refused once it was undone."""
    case = lock_case(death.case)
    death = Death.objects.get(pk=death.pk)
    death.case = case
    if death.undone_at:
        raise RuleBroken("This was recorded by mistake and has been undone.")
    return death


def _settle(death, *, by, today):
    """Owed until everybody who must has heard, and again where somebody else must."""
    case = death.case
    if not left_to_tell(circumstances_of(death), death.told):
        meet_deadline(case=case, kind=TELLS, by=by, today=today)
        return
    learnt_on = localtime(death.learnt_at).date()
    open_deadline(
        case=case,
        kind=TELLS,
        triggered_on=learnt_on,
        why=f"We learnt on {say_date(learnt_on)} that they have died",
        by=by,
        today=today,
    )


def _tell(death, text, by, now):
    case, today = death.case, localtime(now).date()
    tell(
        case=case,
        users=told_at_once(case, today, by),
        text=text.format(crn=case.crn),
        href=reverse("death", args=[case.crn]),
        now=now,
    )
