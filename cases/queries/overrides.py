"""Overrides as signing asks about them: which gates may be passed today, and by whose decision.

Source: product rules, override.
"""

from datetime import datetime, time

from django.utils.timezone import make_aware

from cases.models import Override
from cases.reference.overrides import ONCE_APPROVED
from cases.rules.overrides import Approved
from staff.models import Entry
from staff.permissions import Action

# What an approver does who looks at the case itself and not at the request alone
OPENS = (
    Action.VIEW_CASE,
    Action.VIEW_ASSESSMENT,
    Action.VIEW_PLAN,
    Action.VIEW_CHECKS,
    Action.VIEW_INFORMATION,
    Action.COUNTERSIGN,
)


def in_force(*, assessment=None, plan=None, today):
    """Approved and not run out, of one assessment or of one plan."""
    about = {"assessment": assessment} if assessment else {"plan": plan}
    return Override.objects.in_force(today).filter(**about).order_by("pk")


def in_force_of(*, case, act, today):
    """Approved and not run out, of one act on a case where there is nothing written that it is about."""
    return Override.objects.in_force(today).filter(case=case, act=act).order_by("pk")


def approved_gaps(*, assessment=None, plan=None, today):
    """What was approved and has not run out. Whether it lets anybody pass is `cases.rules.overrides.lets_pass`."""
    return gaps_of(in_force(assessment=assessment, plan=plan, today=today))


def gaps_of(overrides):
    """[Approved] of each gap that these let somebody pass."""
    return [
        Approved(key, sentence, one.decided_by_id)
        for one in overrides
        for key, sentence in zip(one.gaps, one.sentences, strict=True)
    ]


def overrides_used(*, assessment=None, plan=None, keys, today):
    """What the evidence of a signature keeps of the overrides that let it pass these gates."""
    return used_of(in_force(assessment=assessment, plan=plan, today=today), keys)


def used_of(overrides, keys):
    """What evidence keeps of those of these overrides that let somebody pass one of these gates."""
    return [
        {
            "override": one.pk,
            "gaps": sorted(set(one.gaps) & set(keys)),
            "approved_by": one.decided_by_id,
            "until": one.expires_on.isoformat(),
        }
        for one in overrides
        if set(one.gaps) & set(keys)
    ]


def approved_this_month(user, today):
    """How many this user has approved in the calendar month of that day, whatever became of them."""
    return approved_in_month(today).filter(decided_by=user).count()


def approved_in_month(today):
    began = make_aware(datetime.combine(today.replace(day=1), time.min))
    return Override.objects.filter(state__in=ONCE_APPROVED, decided_at__gte=began)


def has_opened_since(case, user, since):
    """Whether this user has opened the case, its assessment or its plan since that moment."""
    seen = Entry.objects.filter(by=user, crn=case.crn, action__in=OPENS, refused=False)
    return seen.filter(at__gte=since).exists()
