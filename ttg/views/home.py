"""Where somebody goes from prison: the page, each offer and its safety, nowhere to go, the nights after."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.queries.header import case_header
from staff.permissions import Action
from staff.views.keeping import words_of
from ttg.forms.home import (
    ConfirmForm,
    LookForm,
    NightForm,
    NoHomeForm,
    OfferForm,
    SettleForm,
    WithdrawForm,
)
from ttg.queries import home as queries
from ttg.queries.home_safety import as_read, found_of
from ttg.reference.home import OfferState
from ttg.rules.home import Safe
from ttg.rules.home_said import nights_past
from ttg.services import home as services

TAB = "case-release"
PAGE = "release-home"
OVER = "This offer is over. Record it again where it has been made again."
CONFIRMED = "This home is confirmed already."
NO_NIGHT = "No night outside is over yet, so nothing can be said of one."
NO_PLAN = "No plan for nowhere to go is signed."


@case_view(Action.VIEW_RELEASE)
def release_home(request, case):
    today = localdate()
    header = case_header(case, request.user, today, TAB)
    context = {
        "case_header": header,
        "page": queries.home_page(case, header.names, header.may, today),
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "ttg/home/home.html", context)


@case_view(Action.WRITE_RESETTLEMENT)
def offer_home(request, case):
    custody = queries.stay_of(case)
    if custody is None:
        return _back(request, case, queries.NO_STAY)
    return _act(
        request, case, OfferForm, services.offer_home,
        known={"custody": custody, "by": request.user, "today": localdate()},
        heading="Record a place they could go to",
        lead="A place that somebody offers. Its safety is looked at before it is called confirmed.",
        button="Record it",
        said="It is recorded. Look at its safety next.",
    )  # fmt: skip


@case_view(Action.WRITE_RESETTLEMENT)
def look_at_home(request, case, home_offer):
    offer = _standing(case, home_offer)
    if offer is None:
        return _back(request, case, OVER)
    today = localdate()
    names = case_header(case, request.user, today, TAB).names
    found = found_of(case, [offer], today)[offer.pk]
    stands = {
        one.code: f"{one.state.title}. {names.text(one.words)}"
        for one in found
        if one.code in offer.looked
    }
    return _act(
        request, case, LookForm, services.look_at_safety,
        known={"offer": offer, "by": request.user, "now": now()},
        begun={"stands": stands},
        about=queries.say_place(offer, names),
        heading="Look at its safety",
        lead="Each question asks whether somebody could be hurt there. Leave a question blank where nothing has changed.",
        button="Save what was said",
        said="What was said is recorded.",
    )  # fmt: skip


@case_view(Action.WRITE_RESETTLEMENT)
def confirm_home(request, case, home_offer):
    offer = _standing(case, home_offer)
    if offer is None or offer.state == OfferState.CONFIRMED:
        return _back(request, case, CONFIRMED if offer else OVER)
    today = localdate()
    names = case_header(case, request.user, today, TAB).names
    found = found_of(case, [offer], today)[offer.pk]
    missing = [as_read(one, names).title for one in found if one.state != Safe.CLEAR]
    still = f"Still to be clear: {'; '.join(missing)}." if missing else "Everything asked is clear."
    return _act(
        request, case, ConfirmForm, services.confirm_home,
        known={"offer": offer, "by": request.user, "now": now()},
        about=f"{queries.say_place(offer, names)}. {still}",
        heading="Confirm it",
        lead="A home is confirmed when everything is known and nothing speaks against it. They may be released either way.",
        button="Confirm it",
        said="The home is confirmed.",
    )  # fmt: skip


@case_view(Action.WRITE_RESETTLEMENT)
def settle_home(request, case, home_offer):
    offer = _standing(case, home_offer)
    if offer is None:
        return _back(request, case, OVER)
    names = case_header(case, request.user, localdate(), TAB).names
    return _act(
        request, case, SettleForm, services.settle_offer,
        known={"offer": offer, "by": request.user, "now": now()},
        about=queries.say_place(offer, names),
        heading="Say what became of it",
        lead="",
        button="Save",
        said="It is recorded. Where no other home is confirmed, one is still to be found.",
    )  # fmt: skip


@case_view(Action.DECIDE_NO_HOME)
def sign_no_home_plan(request, case):
    custody = queries.stay_of(case)
    if custody is None:
        return _back(request, case, queries.NO_STAY)
    return _act(
        request, case, NoHomeForm, services.sign_no_home_plan,
        known={"custody": custody, "by": request.user, "now": now()},
        heading="Sign a plan for nowhere to go",
        lead="For somebody who leaves with no home confirmed. It says what is done tonight. The search goes on.",
        button="Sign it",
        said="The plan is signed.",
    )  # fmt: skip


@case_view(Action.DECIDE_NO_HOME)
def withdraw_no_home_plan(request, case):
    custody = queries.stay_of(case)
    plan = queries.standing_plan(custody) if custody else None
    if plan is None:
        return _back(request, case, NO_PLAN)
    names = case_header(case, request.user, localdate(), TAB).names
    return _act(
        request, case, WithdrawForm, services.withdraw_no_home_plan,
        known={"plan": plan, "by": request.user, "today": localdate()},
        about=names.text(plan.tonight),
        heading="Withdraw the plan",
        lead="It is then followed no longer, and somewhere to go is owed again.",
        button="Withdraw it",
        said="The plan is withdrawn.",
    )  # fmt: skip


@case_view(Action.WRITE_RESETTLEMENT)
def say_night(request, case):
    custody, today = queries.stay_of(case), localdate()
    if custody is None:
        return _back(request, case, queries.NO_STAY)
    nights = nights_past(custody.released_on, today)
    if not nights:
        return _back(request, case, NO_NIGHT)
    return _act(
        request, case, NightForm, services.say_night,
        known={"custody": custody, "by": request.user, "today": today},
        begun={"nights": nights},
        heading="Say where they were",
        lead="We ask so that somebody with nowhere to sleep is helped, and so that we learn whether homes last. What was said of a night before is put right by saying it again.",
        button="Save",
        said="It is recorded.",
    )  # fmt: skip


def _standing(case, pk):
    """The offer; None: it is over, so nothing more is said of it."""
    found = queries.find_offer(case, pk)
    if found is None:
        raise Http404
    return found if queries.standing([found]) else None


def _back(request, case, why):
    messages.info(request, why)
    return redirect(PAGE, crn=case.crn)


def _act(request, case, kind, service, *, known, said, begun=None, about="", **context):
    """A form, one call of a service, and back to the page."""
    words = words_of(request)
    form = words.form(kind, **(begun or {}))
    if request.method == "POST" and form.is_valid() and form.carry_out(service, **known):
        words.forget()
        messages.success(request, said)
        return redirect(PAGE, crn=case.crn)
    context |= {
        "case_header": case_header(case, request.user, localdate(), TAB),
        "form": form,
        "fields": list(form),
        "words": words,
        "about": about,
        "back": reverse(PAGE, args=[case.crn]),
    }
    return render(request, "ttg/referrals/act.html", context)
