"""Overrides as signing asks about them: which gates may be passed today, and by whose decision.

Source: product rules, override.
"""

from cases.models import Override


def in_force(*, assessment=None, plan=None, today):
    """Approved and not run out, of one assessment or of one plan."""
    about = {"assessment": assessment} if assessment else {"plan": plan}
    return Override.objects.in_force(today).filter(**about).order_by("pk")


def covered_keys(*, assessment=None, plan=None, today):
    """The keys of the gates that may be passed today. A gate that may never be overridden is still shut."""
    found = in_force(assessment=assessment, plan=plan, today=today)
    return frozenset(key for one in found for key in one.gaps)


def overrides_used(*, assessment=None, plan=None, keys, today):
    """What the evidence of a signature keeps of the overrides that let it pass these gates."""
    return [
        {
            "override": one.pk,
            "gaps": sorted(set(one.gaps) & set(keys)),
            "approved_by": one.decided_by_id,
            "until": one.expires_on.isoformat(),
        }
        for one in in_force(assessment=assessment, plan=plan, today=today)
        if set(one.gaps) & set(keys)
    ]
