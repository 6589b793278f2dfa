"""The tab of unpaid work, the ledger of hours, looking back with the person, and what was done about more time."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.queries.header import case_header
from cases.queries.sentences import requirement_name
from staff.kit import Column, Link
from staff.permissions import Action
from staff.views.keeping import words_of
from unpaidwork.forms.work import ExtensionForm, ReviewForm, asked_first
from unpaidwork.queries.hours import hours_of, reviews_of
from unpaidwork.queries.hours_page import ledgers
from unpaidwork.queries.work_numbers import BAR_HEADS, HEADS
from unpaidwork.queries.work_page import work_page
from unpaidwork.queries.works import find_work, not_taken_up, works_of
from unpaidwork.reference.work import ReviewPoint, WorkState
from unpaidwork.rules.hours import reached
from unpaidwork.services.work_reviews import review_work as keep_review
from unpaidwork.services.work_states import answer_extension

TAB = "case-unpaid-work"
FIND = (("Find work", "allocate-work", Action.ALLOCATE_WORK),)
BESIDE = (
    ("Risk of unpaid work", "work-risk", Action.VIEW_UNPAID_WORK),
    ("What supervisors are told", "work-instructions", Action.VIEW_UNPAID_WORK),
    ("Places at work", "work-places", Action.VIEW_UNPAID_WORK),
    ("Hours and courses", "work-hours", Action.VIEW_UNPAID_WORK),
)


@case_view(Action.VIEW_UNPAID_WORK)
def unpaid_work(request, case):
    today = localdate()
    header = case_header(case, request.user, today, TAB)
    context = {
        "case_header": header,
        "page": work_page(case, header, today),
        "heads": [Column(head) for head in HEADS],
        "bar_columns": BAR_HEADS,
        "waits": not_taken_up(case),
        "actions": _pages(case, header.may, FIND),
        "beside": _pages(case, header.may, BESIDE),
    }
    return render(request, "unpaidwork/unpaid_work.html", context)


def _pages(case, may, pages):
    return [Link(text, reverse(name, args=[case.crn])) for text, name, act in pages if act in may]


@case_view(Action.VIEW_UNPAID_WORK)
def hours(request, case):
    today = localdate()
    header = case_header(case, request.user, today, TAB)
    context = {
        "case_header": header,
        "ledgers": ledgers(case, header, today),
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "unpaidwork/work_hours.html", context)


@case_view(Action.CREDIT_HOURS)
def review(request, case):
    """Looking back. What has been looked back on already is not offered again."""
    today = localdate()
    header = case_header(case, request.user, today, TAB)
    points = _points(case, today)
    words = words_of(request)
    form = words.form(ReviewForm, points=points, initial={"held_on": today})
    if request.method == "POST" and points and form.is_valid():
        done = form.carry_out(keep_review, by=request.user, today=today, now=now())
        if done:
            words.forget()
            messages.success(request, "It is kept, and stands in the closing report.")
            return redirect(TAB, crn=case.crn)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "points": points,
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "unpaidwork/review_work.html", context)


def _points(case, today):
    """(work, point, in words) of each that was reached and not looked back on, the furthest first."""
    works = [one for one in works_of(case) if one.state != WorkState.ENDED]
    found, held = hours_of(works, today), reviews_of(works)
    several = len(works) > 1
    return [
        (
            one,
            point,
            f"{ReviewPoint(point).title}{f': {requirement_name(one.requirement)}, {one.sentenced_on.year}' if several else ''}",
        )
        for one in works
        for point in reversed(reached(found[one.pk]))
        if point not in held[one.pk]
    ]


@case_view(Action.RECORD_CONTACT)
def extension(request, case, work_requirement):
    today = localdate()
    work = work_of(case, work_requirement)
    header = case_header(case, request.user, today, TAB)
    words = words_of(request)
    form = words.form(ExtensionForm)
    if request.method == "POST" and form.is_valid():
        known = {"work": work, "by": request.user, "today": today, "now": now()}
        if form.carry_out(answer_extension, **known):
            words.forget()
            said = "It is in the log. While the hours still stand as they did, it is asked again after four weeks."
            messages.success(request, said)
            return redirect(TAB if Action.VIEW_UNPAID_WORK in header.may else "case", crn=case.crn)
    context = {
        "case_header": header,
        "heading": "More time for unpaid work",
        "lead": "Hours that are not worked in time stay owed: only the court gives more time. Whoever holds the case applies.",
        "form": form,
        "fields": asked_first(form),
        "words": words,
        "button": "Save it",
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "unpaidwork/act_on_work.html", context)


def work_of(case, key):
    """The work of the requirement with this number; what is of another case is not found."""
    found = find_work(case, key)
    if found is None:
        raise Http404
    found.case = case
    return found
