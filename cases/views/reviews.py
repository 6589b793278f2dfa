"""Pages on which a review is written: what has happened first, then each part; one page where nothing has."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.forms.reviews import (
    AnswerEventsForm,
    BeginReviewForm,
)
from cases.queries.checks import enquiries_of, summary_of
from cases.queries.header import case_header
from cases.queries.raising import in_force
from cases.queries.recommendation_pages import open_recommendations
from cases.queries.review_desk import (
    review_desk,
    tasks,
    unfinished_review,
)
from cases.queries.review_pages import looks_back, returned_in_words
from cases.reference.reviews import Answered, ReviewBecause, ReviewState
from cases.rules.raising import levels_above
from cases.services import review_events
from cases.services import reviews as services
from cases.services.review_events import said_of
from staff.errors import RuleBroken
from staff.kit import Clash, Link
from staff.permissions import Action
from staff.views.keeping import say_closed, words_of

TAB = "case-reviews"
NOTHING_TO_WRITE = "No review is being written on this case. One that is signed is not changed."


@case_view(Action.WRITE_REVIEW)
def write_review(request, case):
    """What is still to do, and the events with their answers in place; where there is none, how to begin.

    ?event= the one that is answered anew, with what stands in the boxes.
    """
    review = unfinished_review(case)
    if review is None:
        return _begin(request, case)
    if review.state == ReviewState.SIGNED:
        say_closed(request, services.NOT_WRITTEN_NOW[ReviewState.SIGNED])
        return redirect("review", crn=case.crn, review=review.pk)
    today = localdate()
    header, words = case_header(case, request.user, today, TAB), words_of(request)
    desk = review_desk(review, header.names, today)
    form, clashes = words.form(AnswerEventsForm, **_asks(desk, header, request)), []
    if request.method == "POST" and form.is_valid():
        outcome = form.carry_out(
            review_events.answer_events, review=review, by=request.user, today=today, now=now()
        )
        if outcome and not outcome.conflicts:
            words.forget()
            messages.success(request, _answered(form))
            return redirect(reverse("write-review", args=[case.crn]) + "#events")
        if outcome:
            clashes = _event_clashes(form, outcome.conflicts, review, desk)
    written = {"form": form, "words": words, "clashes": clashes}
    return render(
        request, "cases/review/write.html", _shown(case, desk, header, form, today) | written
    )


def _shown(case, desk, header, form, today):
    """All but what is being written."""
    ticked = form["keys"].value() or []
    return {
        "case_header": header,
        "desk": desk,
        "rows": [(one, one.key in ticked) for one in desk.events],
        "tasks": list(tasks(desk)),
        "looks_back": looks_back(desk.review),
        "returned": returned_in_words(desk.review, header.names),
        "checks": summary_of(case, enquiries_of(case), header.names, header.may, today),
        "elsewhere": list(_elsewhere(case, header.may)),
        "back": reverse(TAB, args=[case.crn]),
    }


def _asks(desk, header, request):
    """What the form of events offers, and what it begins with."""
    rows = {one.key: one for one in desk.review.happened.all()}
    answered = {one.key for one in desk.facts.events if one.answer}
    again = rows.get(request.GET.get("event", ""))
    initial = {"keys": [again.key] if again else []}
    if again and again.words:
        same = [
            one
            for one in rows.values()
            if again.answered_with and one.answered_with == again.answered_with
        ]
        initial |= {
            "keys": [one.key for one in same] or [again.key],
            "answer": again.answer,
            "words": again.words,
            "changes": again.changes,
        }
    return {
        "events": [(one.key, f"{one.what}, {one.on}") for one in desk.events],
        "changes": [(one.key, one.in_a_line) for one in desk.changes if one.substantive],
        "levels": [(one.value, one.title) for one in levels_above(in_force(desk.review.case).level)]
        if Action.RAISE_NOW in header.may
        else [],
        "stands": {key: said_of(rows[key]) for key in rows if key in answered},
        "initial": initial,
    }


def _answered(form):
    said = form.cleaned_data
    many = len(said["keys"])
    what = "It is answered." if many == 1 else f"{many} are answered together."
    if said["answer"] == Answered.CHANGE and not (
        said.get("changes") or said.get("raise_to") or said["what"]
    ):
        return (
            f"{what} Name the change once it is made: until then it stands in the way of signing."
        )
    return what


def _event_clashes(form, keys, review, desk):
    """What somebody else answered meanwhile, which stands; the reader's own words stay in the box."""
    rows = {one.key: one for one in review.happened.all()}
    form.stands = {key: said_of(row) for key, row in rows.items() if row.answer}
    form.add_error("words", "Somebody else answered this while you were writing")
    form.saw(keys)
    titles = {one.key: one.what for one in desk.events}
    return [
        Clash(titles[key], f"{Answered(rows[key].answer).title}: {rows[key].words}", "#id_words")
        for key in keys
    ]


def _elsewhere(case, may):
    """Where something is changed that an event calls for; the review is there when one comes back."""
    pages = (
        ("Raise something now", "raise-now", Action.RAISE_NOW),
        ("Write a new assessment", "assessment", Action.WRITE_ASSESSMENT),
        ("Write a new plan", "write-plan", Action.WRITE_PLAN),
        ("Open an enquiry", "open-check", Action.RECORD_CHECK),
    )
    for words, page, action in pages:
        if action in may:
            yield Link(words, reverse(page, args=[case.crn]))


def _begin(request, case):
    today = localdate()
    header = case_header(case, request.user, today, TAB)
    recommendations = open_recommendations(case, header.names)
    words = words_of(request)
    owed = case.deadlines.unmet().filter(kind="review_event").exists()
    start = ReviewBecause.EVENT if owed else ReviewBecause.INTERVAL
    form = words.form(
        BeginReviewForm,
        recommendations=recommendations,
        initial={"because": start.value},
    )
    if request.method == "POST" and "because" not in request.POST:
        say_closed(request, NOTHING_TO_WRITE)
        return redirect(TAB, crn=case.crn)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        named = case.recommendations.filter(pk=said["recommendation"] or 0).first()
        begun = _carried_out(
            form, services.begin_review, case=case, because=said["because"], recommendation=named,
            by=request.user, today=today,
        )  # fmt: skip
        if begun:
            words.forget()
            messages.success(
                request,
                "The review is begun. What has happened comes first, and what is still to do stands at the "
                "top until it is signed.",
            )
            return redirect("write-review", crn=case.crn)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "cases/review/begin.html", context)


def _carried_out(form, service, **known):
    """What the service gives; where it refuses, nothing, and why is said on the form."""
    try:
        return service(**known)
    except RuleBroken as refusal:
        form.add_error(None, str(refusal))
        return None
