"""Saying that a notice has been read, and that several that only tell something have."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from cases.access import staff_view
from cases.queries.cover import notices_to
from cases.queries.notices import MOST
from cases.rules.addresses import number
from cases.rules.words import counted
from cases.services.limits import see_notice, see_notices
from staff.permissions import Action


@staff_view(Action.VIEW_ACCOUNT)
@require_POST
def seen(request, pk):
    notice = get_object_or_404(notices_to(request.user).select_related("case"), pk=pk)
    see_notice(notice=notice, by=request.user, now=now())
    return redirect("home")


@staff_view(Action.VIEW_ACCOUNT)
@require_POST
def seen_together(request):
    """Of those that stood on the page the reader pressed on, and of no other that has come since."""
    keys = [number(one) or 0 for one in request.POST.getlist("notices")[:MOST]]
    read = see_notices(keys=keys, by=request.user, now=now())
    messages.success(request, f"{counted(read, 'notice')} marked as read.")
    return redirect("home")
