"""One referral, and each step of it. Sending one: `ttg.views.sending`; those nobody has answered: `ttg.views.unanswered`."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.queries.header import case_header
from staff.errors import RuleBroken
from staff.permissions import Action
from staff.views.keeping import words_of
from ttg.forms import referrals as forms
from ttg.models import Service
from ttg.queries import referrals as queries
from ttg.queries.book import choices_of
from ttg.queries.needs import find_need
from ttg.reference.referrals import Pathway, ReferralState
from ttg.rules.referrals import MAY_BECOME, may_answer
from ttg.services import referrals

TAB = "case-release"
NEEDS = "release-needs"
ACTION = Action.REFER_TO_SERVICE
NOT_NOW = "That cannot be done where the referral stands now."


@case_view(Action.VIEW_RELEASE)
def referral(request, case, referral):
    """Where it stands, what the service was told, every step, and what may be done next."""
    found = found_in(case, referral)
    header = case_header(case, request.user, localdate(), TAB)
    context = {
        "case_header": header,
        "page": queries.referral_page(found, case, header.names, header.may, now()),
        "back": reverse(NEEDS, args=[case.crn]),
    }
    return render(request, "ttg/referrals/referral.html", context)


@case_view(ACTION)
def draft_referral(request, case, need):
    found = find_need(case, need)
    if found is None:
        raise Http404
    make = partial(
        forms.DraftForm,
        services=choices_of(localdate()),
        may_be_duty=found.pathway == Pathway.HOME,
    )
    return _act(
        request,
        case,
        lambda words: words.form(make),
        partial(_draft, found),
        back=reverse(NEEDS, args=[case.crn]),
        about=found.words,
        heading="Refer to a service",
        lead="Nothing is sent yet: the next page shows all that the service would get.",
        button="Save the draft",
        said="The draft is saved. Read it, and send it.",
    )


def _draft(need, *, service_key, by, now, **said):
    service = Service.objects.filter(pk=service_key).first()
    if service is None:
        raise RuleBroken("Choose a service.")
    return referrals.draft_referral(need=need, service=service, by=by, now=now, **said)


@case_view(ACTION)
def change_referral(request, case, referral):
    found = found_in(case, referral)
    if found.state != ReferralState.DRAFTED:
        return not_now(request, found)
    begun = {
        name: getattr(found, name)
        for name in ("consent", "consent_on", "tells", "under_duty", "chosen_because")
    }
    make = partial(forms.DraftForm, may_be_duty=found.need.pathway == Pathway.HOME)
    return _act(
        request,
        case,
        lambda words: words.form(make, initial=begun),
        partial(referrals.change_draft, referral=found),
        referral=found,
        heading="Change the draft",
        lead="",
        button="Save the draft",
        said="The draft is changed.",
    )


@case_view(ACTION)
def record_answer(request, case, referral):
    found = found_in(case, referral)
    answers = may_answer(found.state)
    if not answers:
        return not_now(request, found)
    begun = {"received_by": found.received_by, "first_where": found.service.address, "first_postcode": found.service.postcode}  # fmt: skip
    return _act(
        request,
        case,
        lambda words: words.form(partial(forms.AnswerForm, answers=answers), initial=begun),
        partial(referrals.record_answer, referral=found),
        referral=found,
        heading="What did the service say?",
        lead="",
        button="Record the answer",
        said="The answer is recorded.",
    )


@case_view(ACTION)
def book_first(request, case, referral):
    found = found_in(case, referral)
    if ReferralState.BOOKED not in MAY_BECOME[ReferralState(found.state)] or not found.received_by:
        return not_now(request, found)
    begun = {"where": found.first_where or found.service.address, "postcode": found.first_postcode or found.service.postcode}  # fmt: skip
    return _act(
        request,
        case,
        lambda words: words.form(forms.FirstForm, initial=begun),
        partial(referrals.book_first, referral=found),
        referral=found,
        heading="The first appointment there",
        lead="Soon after release, at an hour and a place they can reach that day.",
        button="Record it",
        said="It is recorded. Tell the person of it.",
    )


@case_view(ACTION)
def say_told(request, case, referral):
    found = found_in(case, referral)
    if found.state != ReferralState.BOOKED:
        return not_now(request, found)

    def tell(*, by, now, on):
        return referrals.tell_person(referral=found, on=on, by=by, today=localdate(now))

    return _act(
        request,
        case,
        lambda words: words.form(forms.ToldForm, initial={"on": localdate()}),
        tell,
        referral=found,
        heading="They were told",
        lead=f"First appointment: {queries.say_moment(found.first_at)}.",
        button="Record it",
        said="It is recorded that they were told.",
    )


@case_view(ACTION)
def say_attended(request, case, referral):
    found = found_in(case, referral)
    if found.state != ReferralState.BOOKED:
        return not_now(request, found)
    return _act(
        request,
        case,
        lambda words: words.form(forms.AttendedForm),
        partial(referrals.say_attended, referral=found),
        referral=found,
        heading="Did they go?",
        lead=f"First appointment: {queries.say_moment(found.first_at)}.",
        button="Record it",
        said="It is recorded.",
    )


@case_view(ACTION)
def withdraw_referral(request, case, referral):
    return _over(
        request, case, referral, ReferralState.WITHDRAWN, referrals.withdraw_referral,
        heading="Take the referral back",
        lead="Tell the service too. The need stays open.",
        button="Take it back",
        said="It is taken back.",
    )  # fmt: skip


@case_view(ACTION)
def close_referral(request, case, referral):
    return _over(
        request, case, referral, ReferralState.CLOSED, referrals.close_referral,
        heading="Close the referral",
        lead="Where nothing more is waited for. The need is settled apart.",
        button="Close it",
        said="It is closed.",
    )  # fmt: skip


def _over(request, case, referral, becomes, service, **said):
    found = found_in(case, referral)
    if becomes not in MAY_BECOME[ReferralState(found.state)]:
        return not_now(request, found)
    return _act(
        request,
        case,
        lambda words: words.form(forms.OverForm),
        partial(service, referral=found),
        referral=found,
        **said,
    )


def found_in(case, pk):
    found = queries.find_referral(case, pk)
    if found is None:
        raise Http404
    return found


def not_now(request, found):
    messages.info(request, f"{NOT_NOW} It is “{ReferralState(found.state).title}”.")
    return redirect("referral", crn=found.need.custody.case.crn, referral=found.pk)


def _act(request, case, make, service, *, said, referral=None, about="", back="", **context):
    """A form, one call of a service, and to the referral."""
    words = words_of(request)
    form = make(words)
    known = {"by": request.user, "now": now()}
    done = None
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(service, **known)
    if done:
        words.forget()
        messages.success(request, said)
        return redirect("referral", crn=case.crn, referral=done.pk)
    header = case_header(case, request.user, localdate(), TAB)
    if referral:
        about = f"{referral.service.name}: {referral.need.words}"
        back = reverse("referral", args=[case.crn, referral.pk])
    revealed = form.revealed_fields()
    context |= {
        "case_header": header,
        "form": form,
        "fields": [field for field in form if field.name not in revealed],
        "words": words,
        "about": header.names.text(about),
        "back": back,
    }
    return render(request, "ttg/referrals/act.html", context)
