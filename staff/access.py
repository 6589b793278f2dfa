"""The door to pages about no one case."""

from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied

from staff.audit import record
from staff.permissions import Action, reach


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
