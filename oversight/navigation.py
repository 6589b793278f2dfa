"""How much waits for the reader, beside My work on every page.

Source: docs/screens.md; design of the frame ("my work with its count").
"""

from functools import cache

from django.utils.timezone import localdate

from cases.queries.work import waiting_for
from staff.permissions import Action, reach


def frame(request):
    """Counted only when a page is drawn that shows it."""
    user = getattr(request, "user", None)
    if not user or not user.is_authenticated or not reach(user.role, Action.VIEW_WORK):
        return {}
    return {"my_work_count": cache(lambda: waiting_for(user, localdate()))}  # a template calls it
