"""Pages on which reviews are read, signed, countersigned and given back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.forms.review_signing import CountersignReviewForm, SignReviewForm
from cases.queries.header import case_header
from cases.queries.people import officer_of
from cases.queries.recommendation_pages import recommendations_of
from cases.queries.review_desk import boxes_to_return, find_review, review_desk, unfinished_review
from cases.queries.review_pages import listed_reviews, looks_back
from cases.queries.review_whole import review_page
from cases.reference.reviews import RecommendationState, ReviewState
from cases.services import review_signing as services
from cases.services.reviews import NOT_WRITTEN_NOW
from staff.kit import Link
from staff.permissions import Action
from staff.views.keeping import say_closed, words_of

TAB = "case-reviews"
NOTHING_TO_COUNTERSIGN = "This review is not waiting for a countersignature."


@case_view(Action.VIEW_REVIEW)
def reviews(request, case):
    """Every review of the case with what each changed, the latest first; what an audit recommended."""
    today = localdate()
    header = case_header(case, request.user, today, TAB)
    context = {
        "case_header": header,
        "reviews": listed_reviews(case, header.names),
        "links": list(_links(case, header.may)),
        "recommendations": recommendations_of(case, header.names, header.may)
        if Action.VIEW_RECOMMENDATIONS in header.may
        else [],
        "may_see_recommendations": Action.VIEW_RECOMMENDATIONS in header.may,
        "recommend": reverse("recommend", args=[case.crn])
        if Action.RECOMMEND in header.may
        else "",
        "asked_for": reverse("senior-actions", args=[case.crn])
        if Action.VIEW_SENIOR_ACTIONS in header.may
        else "",
    }
    return render(request, "cases/review/reviews.html", context)


def _links(case, may):
    writing = unfinished_review(case)
    if writing and writing.state == ReviewState.SIGNED:
        if Action.COUNTERSIGN in may:
            href = reverse("countersign-review", args=[case.crn, writing.pk])
            yield Link("Read it and countersign", href)
    elif Action.WRITE_REVIEW in may:
        text = "Go on writing the review" if writing else "Begin a review"
        yield Link(text, reverse("write-review", args=[case.crn]))


@case_view(Action.VIEW_REVIEW)
def see_review(request, case, review):
    """One review whole, as it stands or as it was signed."""
    today, found = localdate(), _found(case, review)
    header = case_header(case, request.user, today, TAB)
    context = {
        "case_header": header,
        "page": review_page(found, header.names, header.may, today),
        "links": list(_about(case, found, header.may)),
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "cases/review/review.html", context)


def _about(case, review, may):
    if review.state == ReviewState.SIGNED and Action.COUNTERSIGN in may:
        yield Link("Countersign it", reverse("countersign-review", args=[case.crn, review.pk]))
    elif review.state in (ReviewState.DRAFT, ReviewState.RETURNED) and Action.WRITE_REVIEW in may:
        yield Link("Go on writing it", reverse("write-review", args=[case.crn]))


@case_view(Action.WRITE_REVIEW)
def sign_review(request, case):
    """What stands in the way, what is warned of, and the whole of it as it will be signed."""
    today, review = localdate(), unfinished_review(case)
    if review is None or review.state == ReviewState.SIGNED:
        say_closed(
            request,
            NOT_WRITTEN_NOW[ReviewState.SIGNED] if review else "No review is being written.",
        )
        return redirect(TAB, crn=case.crn)
    header, words = case_header(case, request.user, today, TAB), words_of(request)
    desk = review_desk(review, header.names, today)
    warned = [
        (one.key, gap.sentence) for one, gap in zip(desk.warned(), desk.warnings, strict=True)
    ]
    form = words.form(SignReviewForm, warnings=warned, stands=desk.known.mark)
    if request.method == "POST" and form.is_valid():
        signed = form.carry_out(
            services.sign_review, review=review, by=request.user, today=today, now=now()
        )
        if signed:
            words.forget()
            return redirect("review-signed", crn=case.crn, review=signed.pk)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "desk": desk,
        "page": review_page(review, header.names, header.may, today, desk=desk),
        "back": reverse("write-review", args=[case.crn]),
    }
    return render(request, "cases/review/sign.html", context)


@case_view(Action.VIEW_REVIEW)
def review_signed(request, case, review):
    """What happens next, and who does it."""
    found = _found(case, review)
    if found.signed_at is None:
        return redirect("review", crn=case.crn, review=found.pk)
    context = {
        "case_header": case_header(case, request.user, localdate(), TAB),
        "review": found,
        "next": list(_next(case, found)),
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "cases/review/signed.html", context)


def _next(case, review):
    if review.state == ReviewState.SIGNED:
        yield (
            "A senior probation officer reads it and countersigns, or returns it to the box that is to be put "
            "right. They have been told. It is complete once they have signed."
        )
        if review.countersign_because:
            yield f"They sign because: {review.countersign_because}"
    else:
        yield "The review is complete. What it answers is not asked again."
    if review.happened.exclude(action=None).exists():
        yield f"Each step that was put in the plan is on {officer_of(case)}'s list by its day."
    yield "The next review looks back to this day. Its date is on the case from tonight."
    asked = review.recommendation
    if asked and asked.state == RecommendationState.ACCEPTED:
        yield "The recommendation stays open until you say which change answers it."
    if asked and asked.state == RecommendationState.CONTESTED:
        yield "The recommendation is contested still. Whoever decides it sees this review."


@case_view(Action.COUNTERSIGN)
def countersign_review(request, case, review):
    """The whole on one page: what happened, what changed, what was warned of and what was said to it."""
    today, found = localdate(), _found(case, review)
    if found.state != ReviewState.SIGNED:
        say_closed(request, NOTHING_TO_COUNTERSIGN)
        return redirect("review", crn=case.crn, review=found.pk)
    header, words = case_header(case, request.user, today, TAB), words_of(request)
    desk = review_desk(found, header.names, today)
    form = words.form(
        CountersignReviewForm,
        boxes=boxes_to_return(desk),
        hollow=found.hollow,
        stands=desk.known.mark,
    )
    if request.method == "POST" and form.is_valid():
        agrees = form.agrees()
        known = {"review": found, "by": request.user, "today": today, "now": now()}
        service = services.countersign_review if agrees else services.return_review
        if form.carry_out(service, **known):
            words.forget()
            messages.success(request, _answered(case, agrees))
            return redirect("review", crn=case.crn, review=found.pk)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "desk": desk,
        "page": review_page(found, header.names, header.may, today, desk=desk),
        "because": header.names.text(found.countersign_because),
        "looks_back": looks_back(found),
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "cases/review/countersign.html", context)


def _answered(case, agrees):
    if agrees:
        return f"The review is countersigned and complete. {officer_of(case)} has been told."
    return "The review is returned. The officer has been told, and is led to the box you chose."


def _found(case, pk):
    found = find_review(case, pk)
    if found is None:
        raise Http404
    return found
