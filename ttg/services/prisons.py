"""The book of prisons: adding one, changing what it says.

Source: Through the Gate reference 2, 7 (works for the person at whichever prison they are).
"""

from django.db import transaction

from staff.audit import record
from staff.errors import RuleBroken
from ttg.models import Prison

SAID = ("name", "postcode", "telephone", "resettles", "gate", "closed_on")
NAMELESS = "Enter the name of the prison, for example HMP Bullingdon."


@transaction.atomic
def add_prison(*, by, **said):
    """Put a prison in the book. `said`: what the book holds of one (SAID). Returns it."""
    return _keep(Prison(), "added_prison", said, by=by)


@transaction.atomic
def change_prison(*, prison, by, **said):
    """Change what the book says of a prison. Stays there are as they were. Returns it."""
    prison = Prison.objects.select_for_update().get(pk=prison.pk)
    return _keep(prison, "changed_prison", said, by=by)


def _keep(prison, action, said, *, by):
    for name in SAID:
        setattr(prison, name, said[name])
    prison.name = " ".join(prison.name.split())
    if not prison.name:
        raise RuleBroken(NAMELESS)
    same = Prison.objects.filter(name__iexact=prison.name).exclude(pk=prison.pk)
    if same.exists():
        raise RuleBroken(f"{prison.name} is in the book already.")
    prison.save()
    record(by=by, action=action, prison=prison.pk)
    return prison
