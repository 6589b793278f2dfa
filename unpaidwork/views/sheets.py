"""Pages of sessions and of the day sheet: theirs for a supervisor, every session for a coordinator."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from cases.access import staff_view
from cases.rules.addresses import address, number
from cases.rules.words import counted
from staff.errors import RuleBroken
from staff.kit import Line, Link, Masked, on, tag
from staff.permissions import Action
from unpaidwork.forms.sheets import EVERY, SessionsForm, StaffForm
from unpaidwork.queries import session_gaps, session_pages
from unpaidwork.queries.instruction_pages import untold_cases
from unpaidwork.queries.sheet import find_session, sees_all, sheet_of
from unpaidwork.queries.shortfalls import weeks_shown
from unpaidwork.reference.sessions import SessionState
from unpaidwork.rules.sheet import NOT_OUT
from unpaidwork.services import sheets

NOT_PUBLISHED = "Not published yet: supervisors cannot read it."
WIDEST = {"project": EVERY, "show": session_pages.Show.ALL}


@staff_view(Action.RUN_SESSION)
def work_sessions(request):
    today, user = localdate(), request.user
    if not sees_all(user):
        rows = session_pages.own_sessions(user, today)
        return render(request, "unpaidwork/own_sessions.html", {"rows": rows})
    here = reverse("work-sessions")
    form = SessionsForm(request.GET)
    form.is_valid()
    codes = form.asked()
    after = number(request.GET.get("after", "")) or ""
    rows, following, count = session_pages.page_of_sessions(
        user, **form.chosen(codes), today=today, after=after, size=session_pages.SIZE
    )
    context = {
        "form": form,
        "chips": _chips(form, codes, here),
        "clear": address(here, when=codes["when"], **WIDEST),
        "rows": rows,
        "untold": counted(untold_cases(user, today).count(), "person", "people"),
        "weeks": weeks_shown(user, today),
        "shown": counted(count, "session"),
        "first": address(here, **codes) if after else "",
        "next": address(here, **codes, after=following) if following else "",
    }
    return render(request, "unpaidwork/sessions.html", context)


@staff_view(Action.RUN_SESSION)
def work_session(request, session):
    """One session: when and where, who supervises, and what stands before its sheet."""
    found, user = _found(request, session), request.user
    runs_all = sees_all(user)
    expected, masked = session_pages.expected_rows(found, user) if runs_all else ([], [])
    changes = runs_all and found.state in sheets.OPEN
    today = localdate()
    publishes = changes and found.on >= today
    published = found.state == SessionState.PUBLISHED
    gaps = session_gaps.gaps_before(found, user) if publishes else []
    again = session_gaps.left_on(found) if publishes and published else ""
    context = {
        "heading": found.project.name,
        "when": f"{session_pages.said_day(found.on, today)}, {session_pages.said_hours(found)}",
        "key": found.pk,
        "tag": tag(session_pages.TAGS[SessionState(found.state)]),
        "state": SessionState(found.state).title,
        "because": found.state_because,
        "lines": _lines(found),
        "sheet": session_pages.sheet_link(found, user),
        "runs_all": runs_all,
        "expected": expected,
        "masked": [Masked(*row) for row in masked],
        "publishes": publishes,
        "gaps": gaps,
        "said": session_gaps.said_published(gaps, again) if published else "",
        "again": again,
        "see_to": session_pages.to_see_to_before(found, user) if changes else [],
        "form": _staffing(found) if changes else None,
        "staffs": any(one.href == session_gaps.STAFFING for one in gaps),
        "following": session_pages.next_unready(found, user, today) if changes else None,
        "published": published,
    }
    return render(request, "unpaidwork/session.html", context)


@staff_view(Action.ALLOCATE_WORK)
@require_POST
def publish_sheet(request, session):
    found = _found(request, session)
    try:
        sheets.publish_sheet(session=found, by=request.user, now=now())
        messages.success(request, "The sheet is published. Its supervisors can read it now.")
    except RuleBroken:
        messages.error(
            request, "The sheet is not published. What stands in the way is listed below."
        )
    return redirect("work-session", session=found.pk)


@staff_view(Action.ALLOCATE_WORK)
@require_POST
def staff_session(request, session):
    found = _found(request, session)
    form = StaffForm(request.POST, session=found)
    if form.is_valid() and form.carry_out(
        sheets.staff_session, session=found, by=request.user, now=now()
    ):
        messages.success(request, "Saved.")
    else:
        messages.error(request, " ".join(str(one) for each in form.errors.values() for one in each))
    return redirect("work-session", session=found.pk)


@staff_view(Action.RUN_SESSION)
def day_sheet(request, session):
    """What whoever supervises must know of that day. Each view of each person is in the trail."""
    found, user = _found(request, session), request.user
    sheet = sheet_of(found, user, now())
    sheets.record_reading(session=found, sheet=sheet, by=user)
    context = {
        "sheet": sheet,
        "day": f"{sheet.on:%A} {on(sheet.on)}",
        "read": tag("read"),
        "left": counted(len(sheet.to_read), "person", "people"),
        "not_out": _not_out(found, user),
    }
    return render(request, "unpaidwork/day_sheet.html", context)


@staff_view(Action.RUN_SESSION)
@require_POST
def acknowledge_sheet(request, session, attendance):
    found = _found(request, session)
    read = sheets.place_on(found, attendance)
    if read is None:
        raise Http404
    here = reverse("day-sheet", args=[found.pk])
    try:
        digest = request.POST.get("digest", "")
        sheets.acknowledge(session=found, place=read, digest=digest, by=request.user, now=now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect(here)
    sheet = sheet_of(found, request.user, now())
    following = next((one.key for one in sheet.to_read), None)
    return redirect(f"{here}#place-{following}" if following else here)


def _found(request, pk):
    found = find_session(request.user, pk)
    if found is None:
        raise Http404
    return found


def _not_out(session, user):
    """Why there is no sheet for those on site; blank where there is."""
    if session.state == SessionState.STOOD_DOWN:
        return "The session is stood down, so nobody comes."
    if session.state == SessionState.PLANNED:
        return NOT_PUBLISHED if sees_all(user) else NOT_OUT
    return ""


def _staffing(session):
    """Who is down; where nobody is, whoever supervised there a week before and is free, to be saved or changed."""
    staff, before = session.staff.all(), None
    if not staff:
        before = session_pages.supervised_last(session)
        staff = before.staff.all() if before else []
    form = StaffForm(session=session)
    ticks = [str(one.pk) for one in staff]
    free = [key for key in ticks if key not in form.busy]
    form.initial["staff"] = free if before else ticks
    if before and free:
        ticked = (
            f"Ticked: who supervised here on {on(before.on)}. Nobody is down until you save it."
        )
        form.fields["staff"].help_text = f"{ticked} {form.fields['staff'].help_text}"
    return form


def _lines(session):
    supervisors = ", ".join(sorted(one.name for one in session.staff.all()))
    where = ", ".join(filter(None, (session.project.address, session.project.postcode)))
    lines = [Line("Supervisors", supervisors or "Nobody yet")]
    if where:
        lines.append(Line("Where", where))
    if session.published_at:
        by = session.published_by.name
        lines.append(Line("Sheet published", on(session.published_at), detail=f"By {by}"))
    return lines


def _chips(form, codes, here):
    """What narrows the list, each with the address that widens it again."""
    return [
        Link(
            f"{form.fields[name].label}: {dict(form.fields[name].choices)[codes[name]]}",
            address(here, **codes | {name: all_of_it}),
        )
        for name, all_of_it in WIDEST.items()
        if codes[name] != all_of_it
    ]
