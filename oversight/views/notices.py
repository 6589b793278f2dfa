"""Saying that a notice has been read."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from cases.access import staff_view
from cases.queries.cover import notices_to
from cases.services.limits import see_notice
from staff.permissions import Action


@staff_view(Action.VIEW_ACCOUNT)
@require_POST
def seen(request, pk):
    notice = get_object_or_404(notices_to(request.user).select_related("case"), pk=pk)
    see_notice(notice=notice, by=request.user, now=now())
    return redirect("home")
