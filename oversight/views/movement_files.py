"""The lists of cases that change hands, are put to the NPS, cannot be seen and end, taken away as files.

Each is the list of its page with its filters, as far as the reader may take cases away; what is kept from them is left out.
"""

from itertools import chain

from django.utils.timezone import localdate

from cases.access import staff_view
from oversight.queries import movement_files as files
from oversight.views import escalations, standing_still
from oversight.views.endings_list import EndingsForm
from oversight.views.team import PROVIDER
from staff.audit import record
from staff.permissions import Action
from staff.views.exports import csv_of


@staff_view(Action.EXPORT_CASES)
def hand_overs_csv(request):
    """Those that wait, then those refused within the week."""
    rows = list(files.hand_overs(request.user, localdate()))
    lines = files.hand_over_lines(rows)
    return _file(request, "hand-overs", {}, files.HAND_OVERS, lines)


@staff_view(Action.EXPORT_CASES)
def escalations_csv(request):
    form = _asked(escalations.FilterForm, request)
    rows = list(files.escalations_of(request.user, form.wanted()))
    lines = files.escalation_lines(rows)
    return _file(request, "escalations", form.asked(), files.ESCALATIONS, lines)


@staff_view(Action.EXPORT_CASES)
def standing_still_csv(request):
    """What is recorded: what the record suggests is nobody's word yet, and is not taken away."""
    form = _asked(standing_still.FilterForm, request)
    wanted = form.wanted()
    rows = list(files.pauses(request.user, wanted))
    codes = standing_still.codes_of(wanted)
    return _file(request, "standing-still", codes, files.STANDING_STILL, files.pause_lines(rows))


@staff_view(Action.EXPORT_CASES)
def endings_csv(request):
    form = _asked(EndingsForm, request)
    team, show = form.chosen(), form.shown()
    rows = list(files.endings_of(request.user, team, show, localdate()))
    codes = {"team": team.code if team else PROVIDER, "show": show}
    return _file(request, "endings", codes, files.ENDINGS, files.ending_lines(rows))


def _asked(form_of_page, request):
    form = form_of_page(request.GET, user=request.user)
    form.is_valid()
    return form


def _file(request, name, filters, head, lines):
    record(by=request.user, action=Action.EXPORT_CASES, list=name, filters=filters)
    return csv_of(chain([head], lines), f"{name}-{localdate()}")
