"""The door to pages about no one case, and the pass by which a page that is open keeps what is typed on it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.exceptions import PermissionDenied

from staff.audit import record
from staff.models import User
from staff.permissions import Action, reach

SALT = "staff.keep_words"
HOLDS_FOR = timedelta(hours=12)


@dataclass(frozen=True)
class Pass:
    """Lets an open page keep words for one person and under one address, whether or not they are signed in.

    It shows nothing to anybody: what is kept is read by opening the page.
    """

    user: User
    page: str
    drawn_at: datetime


def give_pass(user, page, now):
    """A pass in letters, for a hidden field."""
    return signing.dumps([user.pk, page, now.isoformat()], salt=SALT, compress=True)


def read_pass(given):
    """The pass that these letters are; None where they are none, are too old, or the account is shut."""
    try:
        pk, page, drawn_at = signing.loads(given, salt=SALT, max_age=HOLDS_FOR)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    if user is None or not reach(user.role, Action.KEEP_WORDS):
        return None
    return Pass(user, page, datetime.fromisoformat(drawn_at))


def marked(page: Any, action: Action):
    """The page, saying which action it is for, so that the tests can try it as every role."""
    page.action = action
    return page


def staff_view(action):
    """Mark a page as being about no one case; its lists still begin at `open_to`."""

    def decorate(view):
        @login_required
        @wraps(view)
        def page(request, **kwargs):
            if not reach(request.user.role, action):
                record(by=request.user, action=action, refused=True)
                raise PermissionDenied
            record(by=request.user, action=action)
            return view(request, **kwargs)

        return marked(page, action)

    return decorate
