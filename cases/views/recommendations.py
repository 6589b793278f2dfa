"""Pages about what an audit recommended on one case: making it, answering it, deciding a contest, showing the change."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.forms.recommendations import (
    AnswerRecommendationForm,
    DecideContestForm,
    DoRecommendationForm,
    RecommendForm,
)
from cases.queries.header import case_header
from cases.queries.recommendation_pages import (
    changes_since,
    find_recommendation,
    recommendation_page,
)
from cases.reference.reviews import RecommendationState
from cases.services import recommendations as services
from staff.permissions import Action
from staff.views.keeping import say_closed, words_of

TAB = "case-reviews"
OPEN_TO = {  # page: the states in which it takes anything
    "answer-recommendation": (RecommendationState.OPEN, RecommendationState.ACCEPTED),
    "decide-contest": (RecommendationState.CONTESTED,),
    "do-recommendation": (RecommendationState.ACCEPTED,),
}
CLOSED = "That is not open on this recommendation: see where it stands."


@case_view(Action.RECOMMEND)
def recommend(request, case):
    today, words = localdate(), words_of(request)
    form = words.form(RecommendForm)
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(
            services.recommend, case=case, by=request.user, today=today, now=now()
        )
        if made:
            words.forget()
            messages.success(
                request,
                "It is recommended. Whoever holds the case and their senior have been told, and accept or "
                "contest it within five working days.",
            )
            return redirect("recommendation", crn=case.crn, recommendation=made.pk)
    context = {
        "case_header": case_header(case, request.user, today, TAB),
        "form": form,
        "words": words,
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "cases/recommendation/recommend.html", context)


@case_view(Action.VIEW_RECOMMENDATIONS)
def see_recommendation(request, case, recommendation):
    today, found = localdate(), _found(case, recommendation)
    header = case_header(case, request.user, today, TAB)
    context = {
        "case_header": header,
        "page": recommendation_page(case, found, header.names, header.may),
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "cases/recommendation/recommendation.html", context)


@case_view(Action.ANSWER_RECOMMENDATION)
def answer_recommendation(request, case, recommendation):
    def service(form):
        contests = form.contests()
        return services.contest_recommendation if contests else services.accept_recommendation

    return _act(
        request, case, recommendation, "answer-recommendation", AnswerRecommendationForm, service,
        heading="Accept or contest what an audit recommends",
        lead="Say openly where you do not agree. What is done without being believed changes nothing.",
        button="Save the answer",
        said=_answered,
    )  # fmt: skip


@case_view(Action.DECIDE_CONTEST)
def decide_contest(request, case, recommendation):
    return _act(
        request, case, recommendation, "decide-contest", DecideContestForm,
        lambda form: services.decide_contest,
        heading="Decide a contested recommendation",
        lead="By somebody who neither made it nor contested it. Open the case first.",
        button="Save the decision",
        said=lambda one: (
            "The contest is upheld, and the recommendation withdrawn. Both sides have been told."
            if one.state == RecommendationState.WITHDRAWN
            else "The contest is not upheld. The recommendation is to be done; both sides have been told."
        ),
    )  # fmt: skip


@case_view(Action.ANSWER_RECOMMENDATION)
def do_recommendation(request, case, recommendation):
    found = _found(case, recommendation)
    header = case_header(case, request.user, localdate(), TAB)
    shown = changes_since(case, found.made_on, header.names)

    def service(form):
        return lambda change, **known: services.do_recommendation(**known, **_named(case, change))

    return _act(
        request, case, recommendation, "do-recommendation", DoRecommendationForm, service,
        heading="Show what changed",
        lead="It is done when there is a change to show that answers it.",
        button="Say it is done",
        said=lambda one: f"It is done, with what changed. {one.made_by.name} has been told.",
        asks={"shown": shown},
        nothing="" if shown else (
            "Nothing was changed since it was recommended: no completed review changed anything, and no step "
            "of the plan was added or finished. Change something first, or contest it."
        ),
    )  # fmt: skip


def _named(case, change):
    """The row that "review:3" or "action:7" stands for, on this case."""
    kind, _, key = change.partition(":")
    rows = {"review": case.reviews, "action": case.plan_actions}[kind]
    return {kind: rows.get(pk=key)}


def _answered(one):
    if one.state == RecommendationState.CONTESTED:
        return "It is contested. Somebody who had no part in it decides; you are told at once."
    return "It is accepted. It stays open until you show which change answers it."


def _act(
    request,
    case,
    key,
    name,
    form_class,
    service,
    *,
    heading,
    lead,
    button,
    said,
    asks=None,
    nothing="",
):
    """A page that shows the whole recommendation, asks one thing and carries it out."""
    today, found = localdate(), _found(case, key)
    if found.state not in OPEN_TO[name]:
        say_closed(request, CLOSED)
        return redirect("recommendation", crn=case.crn, recommendation=found.pk)
    words = words_of(request)
    form = words.form(form_class, **(asks or {}))
    if request.method == "POST" and form.is_valid():
        known = {"recommendation": found, "by": request.user, "today": today, "now": now()}
        if done := form.carry_out(service(form), **known):
            words.forget()
            messages.success(request, said(done))
            return redirect("recommendation", crn=case.crn, recommendation=done.pk)
    header = case_header(case, request.user, today, TAB)
    page = recommendation_page(case, found, header.names, frozenset())
    asked = {"heading": heading, "lead": lead, "button": button, "nothing": nothing}
    back = reverse("recommendation", args=[case.crn, found.pk])
    context = {"case_header": header, "form": form, "words": words, "page": page, "back": back}
    return render(request, "cases/recommendation/act.html", context | asked)


def _found(case, pk):
    found = find_recommendation(case, pk)
    if found is None:
        raise Http404
    return found
