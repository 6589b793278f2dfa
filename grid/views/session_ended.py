"""A session that cannot be held after it has begun: what it means is read, and it is ended in one press with a reason."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now

from cases.access import staff_view
from cases.rules.words import listed
from grid.forms.series_changes import ReasonForm
from grid.queries.rooms import title_of
from grid.queries.session_ended import if_ended, why_not
from grid.services import session_ended as services
from grid.views.group_register import found_session
from staff.errors import RuleBroken
from staff.permissions import Action
from staff.rules.dates import say_date, say_time
from staff.views.keeping import say_closed, words_of


@staff_view(Action.KEEP_GROUP_REGISTER)
def end_session(request, group_session):
    at, found = now(), found_session(request, group_session)
    words = words_of(request)
    form = words.form(ReasonForm)
    try:
        closed = why_not(found, request.user, at)
        ending = None if closed else if_ended(found, at)
    except RuleBroken as refusal:
        closed = str(refusal)
    if closed:
        say_closed(request, closed)
        return redirect("group-register", group_session=found.pk)
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(services.end_session, session=found, by=request.user, now=at)
        if done:
            words.forget()
            messages.success(request, _said(done))
            return redirect("group-register", group_session=found.pk)
    context = {
        "form": form,
        "words": words,
        "title": title_of(found.series.code),
        "ending": ending,
        "back": reverse("group-register", args=[found.pk]),
    }
    return render(request, "grid/groups/end_session.html", context)


def _said(done):
    """What was done, and what somebody who plans groups has still to find."""
    new = [f"{say_date(one.on)} at {say_time(one.from_at)}" for one in done.replanned.new]
    said = f"It is called off, and nobody who was not marked fails by it. New: {listed(new)}. Their officers are told."
    return " ".join([said, *done.told])
