"""Pages on which somebody cannot be seen as usual: recording it, asking where they are, putting it right, and the end."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.forms.pauses import PLACES, BeginPauseForm, EndPauseForm, PauseForm, WhereaboutsForm
from cases.queries.header import case_header
from cases.queries.standing_still import (
    asking_of,
    coming_of,
    find_pause,
    last_seen_on,
    standing_still_page,
    title_of,
)
from cases.reference.pauses import WANTED, PauseKind
from cases.services import pauses as services
from staff.permissions import Action
from staff.views.keeping import words_of

PAGE = "standing-still"


@case_view(Action.VIEW_CASE)
def standing_still(request, case):
    today = localdate()
    header = case_header(case, request.user, today, PAGE)
    page = standing_still_page(case, header.names, header.may, today)
    wanted = any(one.wanted for one in page.running)
    context = {
        "case_header": header,
        "page": page,
        "wanted": wanted,
        "may_raise": wanted and Action.RAISE_NOW in header.may,
        "may_plan": wanted and Action.WRITE_INTERIM_PLAN in header.may,
        "back": reverse("case", args=[case.crn]),
    }
    return render(request, "cases/pauses/standing_still.html", context)


@case_view(Action.PAUSE_CASE)
def begin(request, case):
    """With ?kind= of what the record suggests, where it does."""
    today, user = localdate(), request.user
    initial = {"kind": request.GET.get("kind", ""), "last_seen_on": last_seen_on(case, today)}
    posted = request.POST if request.method == "POST" else None
    form = BeginPauseForm(posted, coming=coming_of(case, now()), initial=initial)
    if request.method == "POST" and form.is_valid():
        pause = form.carry_out(services.begin_pause, case=case, by=user, now=now())
        if pause:
            messages.success(request, _begun(pause))
            return redirect(PAGE, crn=case.crn)
    return _drawn(request, case, "begin_pause", form=form, left=bool(case.left_as))


@case_view(Action.PAUSE_CASE)
def correct(request, case, pause):
    found, user = _found(case, pause), request.user
    place = PLACES.get(PauseKind(found.kind))
    initial = {name: getattr(found, name) for name in ("kind", "from_on", "source", "last_seen_on")}
    initial |= {place: found.where} if place else {}
    form = PauseForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(services.correct_pause, pause=found, by=user, now=now())
        if done:
            messages.success(request, "It is put right. The clocks follow what it says now.")
            return redirect(PAGE, crn=case.crn)
    return _drawn(request, case, "correct_pause", form=form)


@case_view(Action.PAUSE_CASE)
def end(request, case, pause):
    found, user, words = _found(case, pause), request.user, words_of(request)
    form = words.form(EndPauseForm, kind=found.kind)
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(services.end_pause, pause=found, by=user, now=now())
        if done:
            words.forget()
            messages.success(request, _ended(case))
            return redirect(PAGE, crn=case.crn)
    return _drawn(request, case, "end_pause", form=form, words=words, title=title_of(found))


@case_view(Action.PAUSE_CASE)
def whereabouts(request, case, pause):
    found, user, words = _found(case, pause), request.user, words_of(request)
    if found.kind not in WANTED:
        raise Http404
    last = found.asked.order_by("-on", "-pk").values_list("asked", flat=True).first()
    form = words.form(WhereaboutsForm, initial={"on": localdate(), "asked": last or ""})
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(services.record_whereabouts, pause=found, by=user, now=now())
        if made:
            words.forget()
            messages.success(request, "It is recorded. Ask again within a month, or as soon as you hear.")  # fmt: skip
            return redirect(PAGE, crn=case.crn)
    over = reverse("end-pause", args=[case.crn, found.pk])
    context = {"form": form, "words": words, "title": title_of(found), "over": over}
    return _drawn(request, case, "whereabouts", **context)


def _found(case, pk):
    found = find_pause(case, pk)
    if found is None:
        raise Http404
    return found


def _drawn(request, case, name, **context):
    header = case_header(case, request.user, localdate(), PAGE)
    back = reverse(PAGE, args=[case.crn])
    context = {"case_header": header, "back": back, **context}
    return render(request, f"cases/pauses/{name}.html", context)


def _begun(pause):
    """What has been done, and what happens next."""
    said = "It is recorded. What is owed with them stands still, and the senior probation officer has been told."
    return f"{said} {asking_of(pause.case, localdate())}" if pause.kind in WANTED else said


def _ended(case):
    if case.pauses.running().exists():
        return "It is over. Something else is recorded that keeps them from being seen."
    return "It is over. What stood still goes on with the days that were left. See them as soon as you can."
