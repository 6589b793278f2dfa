"""Pages about who holds a case: who has it, what goes along with it, the answer to an offer, and taking one back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now

from cases.access import case_view
from cases.forms.holding import ACCEPT, AnswerOfferForm, RecordAnswerForm, TakeBackForm
from cases.queries.hand_over_sheet import sheet_of
from cases.queries.header import case_header
from cases.queries.holder_page import (
    find_offer,
    holder_page,
    offer_shown,
    to_whom,
    waiting_offer,
    ways,
)
from cases.reference.holding import OUT_OF_HERE
from cases.services import transfers as services
from staff.errors import RuleBroken
from staff.permissions import Action
from staff.views.keeping import words_of


@case_view(Action.VIEW_CASE)
def holder(request, case):
    today = localdate()
    header = case_header(case, request.user, today)
    offer = waiting_offer(case)
    page = holder_page(case, header.names, today, request.user, header.may)
    context = {
        "case_header": header,
        "holder": page,
        "offer": offer_shown(offer, header.names) if offer else None,
        "ways": ways(case, offer, page.nobody, request.user, header.may, today),
        "back": reverse("case", args=[case.crn]),
    }
    return render(request, "cases/holder.html", context)


@case_view(Action.VIEW_CASE)
def sheet(request, case):
    """What goes along with the case; it prints."""
    at = now()
    header = case_header(case, request.user, localtime(at).date())
    offer = waiting_offer(case)
    context = {
        "case_header": header,
        "sheet": sheet_of(case, header, request.user, at),
        "offer": offer_shown(offer, header.names) if offer else None,
        "back": reverse("case-holder", args=[case.crn]),
    }
    return render(request, "cases/hand_over_sheet.html", context)


@case_view(Action.TAKE_OVER)
def answer(request, case, transfer):
    """Whoever was offered the case, or their cover, accepts or refuses it."""
    offer = _found(case, transfer)
    if offer.kind in OUT_OF_HERE:
        raise Http404
    return _answered(request, case, offer, AnswerOfferForm, heading="Answer the offer")


@case_view(Action.RECORD_NPS_ANSWER)
def record_answer(request, case, transfer):
    """What the NPS or another provider said, as they do not sign in."""
    offer = _found(case, transfer)
    if offer.kind not in OUT_OF_HERE:
        raise Http404
    return _answered(request, case, offer, RecordAnswerForm, heading="Record their answer")


def _answered(request, case, offer, form_class, *, heading):
    words = words_of(request)
    form = words.form(form_class, initial={"outside_officer": offer.outside_officer})
    if request.method == "POST" and form.is_valid() and _carry_out(request, form, offer):
        words.forget()
        accepted = form.cleaned_data["answer"] == ACCEPT
        messages.success(request, _said(offer, accepted))
        if accepted or offer.kind in OUT_OF_HERE:
            return redirect("case-holder", crn=case.crn)
        return redirect("home")  # whoever refused may not be able to open the case any more
    return _asked(request, case, offer, form, words, heading=heading, button="Save the answer")


def _carry_out(request, form, offer):
    said, known = form.cleaned_data, {"transfer": offer, "by": request.user, "now": now()}
    if said["answer"] == ACCEPT:
        return _try(form, services.accept_transfer, outside_officer=said.get("outside_officer", ""), **known)  # fmt: skip
    return _try(form, services.refuse_transfer, because=said["because"], **known)


def _try(form, service, **known):
    """What the service gives, or nothing, with its refusal on the form."""
    try:
        return service(**known)
    except RuleBroken as refusal:
        form.add_error(None, str(refusal))
        return None


@case_view(Action.HAND_OVER)
def take_back(request, case, transfer):
    offer = _found(case, transfer)
    words = words_of(request)
    form = words.form(TakeBackForm)
    if request.method == "POST" and form.is_valid():
        known = {"transfer": offer, "by": request.user, "now": now()}
        if form.carry_out(services.withdraw_transfer, **known):
            words.forget()
            messages.success(
                request, f"Taken back. {to_whom(offer)} has been told, and nothing has moved."
            )
            return redirect("case-holder", crn=case.crn)
    return _asked(
        request, case, offer, form, words, heading="Take the offer back", button="Take it back"
    )


def _asked(request, case, offer, form, words, *, heading, button):
    header = case_header(case, request.user, localdate())
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "offer": offer_shown(offer, header.names),
        "heading": heading,
        "button": button,
        "sheet": reverse("hand-over-sheet", args=[case.crn]),
        "back": reverse("case-holder", args=[case.crn]),
    }
    return render(request, "cases/answer_offer.html", context)


def _found(case, key):
    found = find_offer(case, key)
    if found is None:
        raise Http404
    return found


def _said(offer, accepted):
    """What happens next, and who does it."""
    if not accepted:
        return f"Refused. Whoever held {offer.case.crn} holds it still; they and the senior have been told why."
    if offer.to_officer:
        return (
            f"Accepted. {offer.to_officer.name} holds {offer.case.crn} from now on, with all that is owed. The sender and "
            "both seniors have been told."
        )
    return "Recorded. It is theirs from now on; the sender and the senior have been told."
