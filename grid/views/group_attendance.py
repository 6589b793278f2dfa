"""What the register of a group says of one person, put right: also once it has been sent, with a reason."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now

from cases.access import staff_view
from cases.models import Case
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from grid.forms.group_register import CorrectForm
from grid.queries.group_register import (
    KEEP,
    expected_on,
    how_it_stands,
    is_by_others,
    is_called_off,
    is_unsaid,
    said_of,
    session_words,
    who_said,
)
from grid.queries.rooms import title_of
from grid.queries.series import as_session
from grid.reference.groups import SessionState
from grid.services import group_register as services
from grid.views.group_register import found_session
from staff.permissions import Action
from staff.views.keeping import words_of


@staff_view(Action.KEEP_GROUP_REGISTER)
def group_attendance(request, group_session, group_attendance):
    at, found = now(), found_session(request, group_session)
    one = person_on(request.user, found, group_attendance)
    back = f"{reverse('group-register', args=[found.pk])}#person-{one.pk}"
    if found.state == SessionState.CALLED_OFF or is_called_off(one) or is_unsaid(one):
        return redirect(back)
    words = words_of(request)
    form = words.form(CorrectForm, initial=_stands(one, request.user), **_known(one, found, at))
    if request.method == "POST":
        known = {"attendance": one, "by": request.user, "now": at}
        if form.is_valid() and form.carry_out(services.correct, **known):
            words.forget()
            messages.success(request, f"{one.case.name}: it is put right, here and in their case.")
            return redirect(back)
        one = person_on(request.user, found, group_attendance)
        form.knows(one.version)
    context = {
        "form": form,
        "words": words,
        "name": one.case.name,
        "crn": one.case.crn,
        "session": f"{title_of(found.series.code)}, {session_words(found)}",
        "stands": how_it_stands(one),
        "said": who_said(one),
        "back": back,
    }
    return render(request, "grid/groups/attendance.html", context)


def person_on(user, session, pk):
    """One person on this register whose case is open to this member of staff; nobody else is found."""
    rows = expected_on(session).filter(case__in=Case.objects.open_to(user, KEEP))
    found = rows.select_related("session__series").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _known(one, session, at):
    return {
        "case": one.case_id,
        "begun": as_session(session).has_begun(localtime(at)),
        "must_say": bool(session.sent_at) or is_by_others(one),
    }


def _stands(one, user):
    """What stands in the boxes already. What only the case says has no mark of ours."""
    begun = {"version": one.version, "sensitive": one.appointment.contact.sensitive}
    if not one.mark:
        return begun
    said, names = said_of(one), names_for(one.case, actions_on(one.case, user))
    return begun | {
        "mark": said.mark,
        "excuse": said.excuse,
        "late_minutes": said.late_minutes or None,
        "note": names.text(said.note),
    }
