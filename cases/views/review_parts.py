"""Pages on which the rest of a review is written: each part, the one page where nothing happened, and giving it up."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from cases.access import case_view
from cases.forms.review_signing import QuietReviewForm
from cases.forms.reviews import DropReviewForm, ReviewPartForm
from cases.queries.header import case_header
from cases.queries.review_desk import codes_of, review_desk, stands_in, unfinished_review, where
from cases.queries.review_pages import looked_at, looks_back
from cases.queries.review_words import asked_of
from cases.reference.review_questions import ReviewPart, question_of
from cases.reference.reviews import ReviewState
from cases.rules.answering import field_name
from cases.services import review_signing
from cases.services import reviews as services
from cases.views.reviews import NOTHING_TO_WRITE, TAB
from staff.errors import RuleBroken
from staff.kit import on
from staff.permissions import Action
from staff.views.keeping import say_closed, words_of

LEADS = {
    ReviewPart.PROGRESS: "How far each objective has come, and what their keeping to the order means.",
    ReviewPart.STILL_RIGHT: "Beside what stands: still right, and what shows it, or changed, and to what.",
    ReviewPart.PERSON: "A review is made with the person, and hears those who know them.",
}
ALSO_WHEN_QUIET = frozenset({"refresh", "follows", "no_change"})  # warned of on one page too


@case_view(Action.WRITE_REVIEW)
def review_part(request, case, review_part):
    """One part of it. What two people changed is put together, and nothing is overwritten."""
    review, part = unfinished_review(case), _part(review_part)
    if review is None or review.state == ReviewState.SIGNED:
        return _nothing_to_write(request, case)
    today = localdate()
    header, words = case_header(case, request.user, today, TAB), words_of(request)
    desk = review_desk(review, header.names, today)
    codes = codes_of(part, desk)
    questions = {code: question_of(code) for code in codes}
    form = words.form(ReviewPartForm, codes=codes, questions=questions, answers=stands_in(review))
    clashes = []
    if request.method == "POST" and form.is_valid():
        outcome = form.carry_out(
            services.answer_review, review=review, by=request.user, today=today
        )
        if outcome and not outcome.conflicts:
            words.forget()
            messages.success(request, f"{part.title}: saved.")
            return redirect(_after(request, case, part))
        if outcome:
            stands = stands_in(unfinished_review(case))
            form.stands = {name: stands.get(code) for name, code in form.codes.items()}
            clashes = form.show_clashes([field_name(code) for code in outcome.conflicts])
    context = {
        "case_header": header,
        "title": part.title,
        "lead": LEADS[part],
        "form": form,
        "words": words,
        "clashes": clashes,
        "blocks": [
            (header.names.text(one.title), _lines(one, header.names), [form[field_name(code)] for code in one.codes])
            for one in asked_of(part, review, desk.facts)
        ],
        "last": part == list(ReviewPart)[-1],
        "back": reverse("write-review", args=[case.crn]),
    }  # fmt: skip
    return render(request, "cases/review/part.html", context)


def _lines(asked, names):
    return [(line.label, names.text(line.value)) for line in asked.stands]


def _after(request, case, part):
    """The next part, or back to the list of them."""
    parts = list(ReviewPart)
    if request.POST.get("then") == "on" and part != parts[-1]:
        following = parts[parts.index(part) + 1]
        return reverse("review-part", args=[case.crn, following.value])
    return reverse("write-review", args=[case.crn])


def _part(code):
    if code not in set(ReviewPart):
        raise Http404
    return ReviewPart(code)


@case_view(Action.WRITE_REVIEW)
def quiet_review(request, case):
    """Nothing happened, confirmed with the person: what was looked at, what they say, and the signature."""
    review = unfinished_review(case)
    if review is None or review.state == ReviewState.SIGNED:
        return _nothing_to_write(request, case)
    today = localdate()
    header, words = case_header(case, request.user, today, TAB), words_of(request)
    desk = review_desk(review, header.names, today)
    if not desk.may_be_quiet:
        say_closed(
            request, "Something has happened that this review answers, so one page is not enough."
        )
        return redirect("write-review", crn=case.crn)
    warned = _warned_when_quiet(desk)
    form = words.form(QuietReviewForm, warnings=warned, stands=desk.known.mark)
    if request.method == "POST" and form.is_valid():
        signed = form.carry_out(
            review_signing.sign_quiet_review, review=review, by=request.user, today=today, now=now()
        )
        if signed:
            words.forget()
            return redirect("review-signed", crn=case.crn, review=signed.pk)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "desk": desk,
        "looked_at": looked_at(review, desk, header.names, today),
        "looks_back": looks_back(review),
        "back": reverse("write-review", args=[case.crn]),
    }
    return render(request, "cases/review/quiet.html", context)


def _warned_when_quiet(desk):
    """What is warned of on one page too: what a blank part would be said of does not count there."""
    return [
        (one.key, gap.sentence)
        for one, gap in zip(desk.warned(), desk.warnings, strict=True)
        if one.key in ALSO_WHEN_QUIET
    ]


@case_view(Action.WRITE_REVIEW)
@require_POST
def refresh_checks(request, case):
    """Ask the agencies again, as a review does where there is a concern."""
    review = unfinished_review(case)
    if review is None:
        return _nothing_to_write(request, case)
    try:
        opened = services.refresh_checks(review=review, by=request.user, today=localdate())
    except RuleBroken as refusal:
        messages.info(request, str(refusal))
    else:
        many = "An enquiry is" if len(opened) == 1 else f"{len(opened)} enquiries are"
        messages.success(
            request, f"{many} opened. Send it from the list of checks, so that an answer comes."
        )
    return redirect(reverse("write-review", args=[case.crn]) + "#checks")


@case_view(Action.WRITE_REVIEW)
def put_review_right(request, case, review):
    """Straight to the box that a senior gave back."""
    found = unfinished_review(case)
    if found is None or found.pk != review:
        return _nothing_to_write(request, case)
    return redirect(where(found.returned_to, case.crn))


@case_view(Action.WRITE_REVIEW)
def drop_review(request, case):
    review = unfinished_review(case)
    if review is None or review.state == ReviewState.SIGNED:
        return _nothing_to_write(request, case)
    today, words = localdate(), words_of(request)
    form = words.form(DropReviewForm)
    known = {"review": review, "by": request.user, "today": today}
    sent = request.method == "POST" and form.is_valid()
    if sent and form.carry_out(services.drop_review, **known):
        words.forget()
        messages.success(
            request, "It is given up. A review is owed still, and its day has not moved."
        )
        return redirect(TAB, crn=case.crn)
    context = {
        "case_header": case_header(case, request.user, today, TAB),
        "form": form,
        "words": words,
        "begun": on(review.begun_on),
        "back": reverse("write-review", args=[case.crn]),
    }
    return render(request, "cases/review/drop.html", context)


def _nothing_to_write(request, case):
    say_closed(request, NOTHING_TO_WRITE)
    return redirect(TAB, crn=case.crn)
