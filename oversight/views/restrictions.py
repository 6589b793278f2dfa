"""Pages about what orders keep somebody from: the list on the case, recording one, changing and ending it.

Recording shows what was understood before anything is written. Source: unpaid work reference 5 and 10 (U2).
"""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.forms import restrictions as forms
from cases.queries.header import case_header
from cases.queries.recipients import owner_and_cover
from cases.queries.restriction_pages import (
    find_restriction,
    restriction_row,
    restrictions_page,
)
from cases.queries.restrictions import LINKS, people_to_protect, unanswered_of
from cases.reference.restrictions import Terms
from cases.rules.words import listed
from cases.services.restrictions import MEANWHILE, look_at_restriction
from oversight.views.restriction_understood import understood_from
from staff.errors import RuleBroken
from staff.permissions import Action
from staff.views.keeping import say_closed, words_of
from unpaidwork.queries.stopped import said_of_stopped
from unpaidwork.services import restrictions as services

TAB = "case-restrictions"
ANOTHER, RECORD = "another", "record"  # the buttons: one more area; write what was understood
SAME = ("kind", "terms", "prohibits", "made_by", "from_on", "to_on", "copy_seen_on", "source")


@dataclass(frozen=True)
class Asked:
    """What a page of recording is about."""

    case: object
    header: object
    entries: list  # of the record, that no restriction answers
    stood: object = None  # the one that is changed
    begun: dict = field(default_factory=dict)  # what its boxes begin with


@case_view(Action.VIEW_RESTRICTIONS)
def restrictions(request, case):
    today = localdate()
    header = case_header(case, request.user, today, TAB)
    context = {
        "case_header": header,
        "page": restrictions_page(case, header.names, header.may, today),
    }
    return render(request, "oversight/restrictions/list.html", context)


@case_view(Action.SET_RESTRICTIONS)
def record_restriction(request, case):
    """With ?of= the entry of the record that it is."""
    header = case_header(case, request.user, localdate(), TAB)
    entries = unanswered_of(case, localdate())
    entry = next((one for one in entries if one.key == request.GET.get("of")), None)
    begun = {"of": entry.key, "kind": entry.likeliest} if entry and entry.orders else {}
    return _write(request, Asked(case, header, entries, begun=begun))


@case_view(Action.SET_RESTRICTIONS)
def change_restriction(request, case, restriction):
    stood = _found(case, restriction)
    if stood.ended_on:
        say_closed(request, MEANWHILE)
        return redirect(TAB, crn=case.crn)
    header = case_header(case, request.user, localdate(), TAB)
    begun = {name: getattr(stood, name) for name in SAME}
    begun |= {name: header.names.text(begun[name]) for name in ("prohibits", "made_by", "source")}
    begun["protects"] = str(stood.protects_id or forms.NOBODY)
    begun["of"] = next(iter(_entry_of(stood)), forms.NONE)
    entries = unanswered_of(case, localdate())
    return _write(request, Asked(case, header, entries, stood, begun))


@case_view(Action.SET_RESTRICTIONS)
def end_restriction(request, case, restriction):
    stood = _found(case, restriction)
    if stood.ended_on:
        say_closed(request, MEANWHILE)
        return redirect(TAB, crn=case.crn)
    header = case_header(case, request.user, localdate(), TAB)
    words = words_of(request)
    form = words.form(forms.EndRestrictionForm)
    if request.method == "POST" and form.is_valid():
        known = {"restriction": stood, "by": request.user, "now": now()}
        if form.carry_out(services.end_restriction, **known):
            words.forget()
            messages.success(request, f"It is ended. {_told(case, request.user)}".rstrip())
            return redirect(TAB, crn=case.crn)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "row": restriction_row(stood, case, header.names, False, localdate()),
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "oversight/restrictions/end.html", context)


def _found(case, pk):
    found = find_restriction(case, pk)
    if found is None:
        raise Http404
    return found


def _write(request, asked):
    case, header, stood = asked.case, asked.header, asked.stood
    words = words_of(request)
    form = _form(words, asked)
    areas = _areas(request, words, asked)
    step, understood = request.POST.get("step"), None
    if step == ANOTHER:
        form.withhold_errors()
    elif request.method == "POST" and _valid(form, areas):
        known = {"by": request.user, "now": now(), "areas": _given_areas(form, areas)}
        mark = _mark(request)
        if step == RECORD and request.POST.get("understood") == mark:
            service, about = _service(asked)
            if form.carry_out(service, **about, **known):
                words.forget()
                messages.success(request, _written(case, stood, request.user))
                return redirect(TAB, crn=case.crn)
        elif _could(form, asked, known):
            understood = {
                "mark": mark,
                **understood_from(form, areas, known["areas"], header, stood),
            }
    context = {
        "case_header": header,
        "form": form,
        "areas": areas,
        "words": words,
        "understood": understood,
        "stood": stood,
        "heading": "Change a restriction" if stood else "Record a restriction",
        "another": ANOTHER,
        "record": RECORD,
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "oversight/restrictions/write.html", context)


def _form(words, asked):
    case, names, stood = asked.case, asked.header.names, asked.stood
    entries = [(one.key, one.words) for one in asked.entries]
    hidden = []
    if stood:
        entries += [pair for pair in _entry_of(stood).items() if pair not in entries]
        if not names.all_seen:
            hidden += ["areas"] if stood.areas.all() else []
            hidden += ["protects"] if stood.protects else []
    people = [(one, names.of(one)) for one in people_to_protect(case) if names.may_see(one)]
    return words.form(
        forms.RestrictionForm,
        people=people,
        of=entries,
        hidden=tuple(hidden),
        changes=bool(stood),
        initial=asked.begun,
    )


def _areas(request, words, asked):
    """The boxes for areas: those that stand, where the reader may see them, and a spare one."""
    stood, names = asked.stood, asked.header.names
    shown = stood.areas.all() if stood and names.all_seen else []
    begun = forms.begun_with(shown)
    if request.POST.get("step") == ANOTHER:
        data = request.POST.copy()
        total = int(data["areas-TOTAL_FORMS"]) if data["areas-TOTAL_FORMS"].isdecimal() else 0
        data["areas-TOTAL_FORMS"] = str(min(total + 1, forms.MOST_AREAS))
        data.setdefault(f"areas-{total}-buffer", "0")
        more: Any = forms.AREAS(data, prefix="areas", initial=begun)
        more.withhold_errors()
        return more
    return words.form(forms.AREAS, prefix="areas", initial=begun)


def _valid(form, areas):
    """Both, so that the errors of both are shown; areas only where they are asked for."""
    sound = form.is_valid()
    if form.cleaned_data.get("terms") != Terms.AREAS or (sound and form.keeps_areas()):
        areas.withhold_errors()
        return sound
    return areas.is_valid() and sound


def _given_areas(form, areas):
    if form.cleaned_data["terms"] != Terms.AREAS:
        return []
    return None if form.keeps_areas() else areas.areas()


def _service(asked):
    if asked.stood:
        return services.change_restriction, {"restriction": asked.stood}
    return services.record_restriction, {"case": asked.case}


def _could(form, asked, known):
    """Whether it could be recorded; why not is said on the form."""
    try:
        look_at_restriction(case=asked.case, stood=asked.stood, **known, **form.given())
    except RuleBroken as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _entry_of(stood):
    """{key: words} of what on the record it is, if it is any."""
    for name in LINKS:
        if key := getattr(stood, f"{name}_id"):
            return {
                f"{name}-{key}": f"As it is recorded: the {name.replace('condition', 'licence condition')}"
            }
    return {}


def _mark(request):
    """Of everything typed, so that nothing is written that was not shown back as it is."""
    typed = sorted(
        (name, request.POST.getlist(name))
        for name in request.POST
        if name not in ("csrfmiddlewaretoken", "step", "understood") and not name.startswith("keep")
    )
    return sha256(repr(typed).encode()).hexdigest()


def _written(case, stood, user):
    """What was done, what it stopped and whom to ring, and who else knows."""
    said = (
        f"It is {'changed' if stood else 'recorded'}.",
        said_of_stopped(case, localdate()),
        _told(case, user),
        "It stands at the top of every page of the case.",
    )
    return " ".join(filter(None, said))


def _told(case, user):
    """Whom the service has told of it; blank where there is nobody but whoever did it."""
    names = sorted(one.name for one in owner_and_cover(case, localdate()) if one != user)
    has = "has" if len(names) == 1 else "have"
    return f"{listed(names)} {has} been told." if names else ""
