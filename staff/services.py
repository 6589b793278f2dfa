"""What staff may change about their own account, and the pulse of what runs unseen."""

from django.db import transaction

from staff.audit import record
from staff.models import Heartbeat, User


@transaction.atomic
def set_shortcuts(*, user, on):
    """Turn this person's keyboard shortcuts on or off."""
    User.objects.filter(pk=user.pk).update(uses_shortcuts=on)
    record(by=user, action="set_shortcuts", on=on)


def beat_heart(*, name, now):
    """Say that a process which serves nobody directly is alive."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now})
