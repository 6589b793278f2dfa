"""The lists somebody keeps by name, those shared with them, and whether they are sent the figures of the week."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from cases.access import staff_view
from oversight.forms.saved_views import SaveViewForm
from oversight.models import SavedView, WeeklyFigures
from oversight.queries.views import address_of, may_open, views_for
from oversight.services import saved_views as services
from staff.errors import RuleBroken
from staff.permissions import Action, reach

PAGE = "saved-views"


@staff_view(Action.SAVE_VIEW)
def saved_views(request):
    user = request.user
    last = request.session.get("list", {})
    form = SaveViewForm(
        request.POST if request.method == "POST" else None,
        here=request.build_absolute_uri("/"),
        initial={"address": last.get("href", "")},
    )
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(services.save_view, by=user, now=now())
        if made:
            messages.success(request, f"“{made.name}” is saved. It opens the list as it is then.")
            return redirect(PAGE)
    found = views_for(user)
    context = {
        "form": form,
        "own": [one for one in found if one.own],
        "theirs": [one for one in found if not one.own],
        "sees_board": bool(reach(user.role, Action.VIEW_TEAM)),
        "wanted": WeeklyFigures.objects.filter(user=user).exists(),
    }
    return render(request, "oversight/saved_views.html", context)


@staff_view(Action.SAVE_VIEW)
def open_view(request, saved_view):
    """On to the list. Its page lets the reader in, or does not, as if they had come by themselves."""
    view = get_object_or_404(SavedView.objects.open_to(request.user), pk=saved_view)
    if not may_open(view, request.user):
        messages.error(request, "The list of this view is not one that you may open.")
        return redirect(PAGE)
    return redirect(address_of(view))


@staff_view(Action.SAVE_VIEW)
@require_POST
def share_view(request, saved_view):
    view = get_object_or_404(SavedView.objects.of(request.user), pk=saved_view)
    shared = request.POST.get("shared") == "1"
    _said(request, "Your team sees it now." if shared else "It is yours alone again.", services.share_view, view=view, by=request.user, shared=shared)  # fmt: skip
    return redirect(PAGE)


@staff_view(Action.SAVE_VIEW)
@require_POST
def remove_view(request, saved_view):
    view = get_object_or_404(SavedView.objects.of(request.user), pk=saved_view)
    _said(request, f"“{view.name}” is removed.", services.remove_view, view=view, by=request.user)
    return redirect(PAGE)


@staff_view(Action.VIEW_TEAM)
@require_POST
def weekly_figures(request):
    """Ask for the figures of the week, or to be sent none."""
    wanted = request.POST.get("wanted") == "1"
    said = (
        "The figures come on the first working day of each week."
        if wanted
        else "No more figures are sent to you."
    )
    _said(request, said, services.ask_for_figures, by=request.user, wanted=wanted, now=now())
    return redirect(reverse(PAGE))


def _said(request, done, service, **given):
    try:
        service(**given)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
