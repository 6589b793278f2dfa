"""Pages of a hand-over to the officer: what was said, offering it, asking, answering, accepting."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.queries.header import case_header
from staff.permissions import Action
from staff.views.keeping import words_of
from ttg.forms.hand_over import AcceptForm, AnswerForm, AskForm, OfferForm
from ttg.queries.hand_over import hand_over_of, hand_over_page
from ttg.queries.release_page import stay_of
from ttg.services import hand_over as services

TAB = "case-release"
PAGE = "hand-over"


@case_view(Action.VIEW_RELEASE)
def hand_over(request, case):
    today = localdate()
    header = case_header(case, request.user, today, TAB)
    stay = stay_of(case)
    context = {
        "case_header": header,
        "page": hand_over_page(stay, hand_over_of(stay), header, today),
        "in_prison": stay is not None,
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "ttg/hand_over/page.html", context)


@case_view(Action.WRITE_RESETTLEMENT)
def offer(request, case):
    stay, words = stay_of(case), words_of(request)
    if stay is None:
        return redirect(PAGE, crn=case.crn)
    found = hand_over_of(stay)
    begun = {"met_on": localdate()}
    if found:  # offered again: with what was said before
        begun |= {
            name: getattr(found, name) for name in ("how", "who_came", "minutes", "watch_for")
        }
    form = words.form(OfferForm, initial=begun)
    if _taken(request, form, services.offer_hand_over, custody=stay):
        words.forget()
        return _done(request, case, "It is with the officer, who has been told. They accept it, or ask what is missing.")  # fmt: skip
    said = {
        "heading": "Hand over to the officer",
        "button": "Hand over",
        "lead": "What those who know them have said, so that the officer begins where Through the Gate ends. What is there and what is missing goes along by itself.",
    }
    return _drawn(request, case, form, words=words, **said)


@case_view(Action.TAKE_OVER_RELEASE)
def ask(request, case):
    stay, words = stay_of(case), words_of(request)
    if stay is None:
        return redirect(PAGE, crn=case.crn)
    form = words.form(AskForm)
    if _taken(request, form, services.ask_about_hand_over, custody=stay):
        words.forget()
        return _done(request, case, "Through the Gate has been told. You hear when it is answered.")
    said = {
        "heading": "Ask before you take over",
        "button": "Ask",
        "lead": "For what stops you from taking over. It holds nothing up: they leave on their day.",
    }
    return _drawn(request, case, form, words=words, **said)


@case_view(Action.WRITE_RESETTLEMENT)
def answer(request, case):
    stay, words = stay_of(case), words_of(request)
    if stay is None:
        return redirect(PAGE, crn=case.crn)
    found = hand_over_of(stay)
    header = case_header(case, request.user, localdate(), TAB)
    form = words.form(AnswerForm)
    if _taken(request, form, services.answer_query, custody=stay):
        words.forget()
        return _done(request, case, "The officer has been told, and can accept the hand-over now.")
    said = {
        "heading": "Answer what the officer asked",
        "button": "Answer",
        "quoted": header.names.text(found.asked) if found else "",
    }
    return _drawn(request, case, form, words=words, **said)


@case_view(Action.TAKE_OVER_RELEASE)
def accept(request, case):
    stay = stay_of(case)
    if stay is None:
        return redirect(PAGE, crn=case.crn)
    form = AcceptForm(request.POST if request.method == "POST" else None)
    if _taken(request, form, services.accept_hand_over, custody=stay):
        return _done(request, case, "You have taken over. Through the Gate has been told.")
    said = {
        "heading": "Accept the hand-over",
        "button": "Accept it",
        "lead": "You take over from Through the Gate. What is there and what is missing today is kept beside it, as it is.",
    }
    return _drawn(request, case, form, **said)


def _taken(request, form, service, **known):
    """Whether what was sent was taken."""
    sent = request.method == "POST" and form.is_valid()
    return sent and form.carry_out(service, **known, by=request.user, now=now())


def _done(request, case, text):
    messages.success(request, text)
    return redirect(PAGE, crn=case.crn)


def _drawn(request, case, form, **context):
    context |= {
        "case_header": case_header(case, request.user, localdate(), TAB),
        "form": form,
        "back": reverse(PAGE, args=[case.crn]),
        "back_text": "Hand-over",
    }
    return render(request, "ttg/hand_over/say.html", context)
