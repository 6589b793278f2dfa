"""The door to pages about no one case."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied

from staff.audit import record
from staff.permissions import reach


def staff_view(action):
    """Mark a page as being about no one case; its lists still begin at `open_to`."""

    def decorate(view):
        @login_required
        @wraps(view)
        def page(request, **kwargs):
            if not reach(request.user.role, action):
                record(by=request.user, action=action, refused=True)
                raise PermissionDenied
            return view(request, **kwargs)

        page.action = action
        return page

    return decorate
