"""What somebody needs on release: the list by pathway, finding a need, settling one."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import case_view
from cases.queries.header import case_header
from staff.permissions import Action
from staff.views.keeping import words_of
from ttg.forms.needs import NeedForm, SettleForm
from ttg.queries import needs as queries
from ttg.services import needs as services

TAB = "case-release"
PAGE = "release-needs"


@case_view(Action.VIEW_RELEASE)
def release_needs(request, case):
    header = case_header(case, request.user, localdate(), TAB)
    context = {
        "case_header": header,
        "page": queries.needs_page(case, header.names, header.may),
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "ttg/needs/needs.html", context)


@case_view(Action.WRITE_RESETTLEMENT)
def find_need(request, case):
    custody = queries.stay_of(case)
    if custody is None:
        messages.info(request, queries.NO_STAY)
        return redirect(PAGE, crn=case.crn)
    return act(
        request,
        case,
        NeedForm,
        services.find_need,
        known={"custody": custody},
        heading="Record a need",
        lead="Something they need to be there when they leave. One need at a time, so that each can be followed.",
        button="Record it",
        said="It is recorded, and stays here until it is met.",
    )


@case_view(Action.WRITE_RESETTLEMENT)
def settle_need(request, case, need):
    found = queries.find_need(case, need)
    if found is None:
        raise Http404
    return act(
        request,
        case,
        SettleForm,
        services.settle_need,
        known={"need": found},
        about=found.words,
        heading="Settle a need",
        lead="",
        button="Settle it",
        said="It is settled.",
    )


def act(request, case, kind, service, *, known, said, about="", **context):
    """A form, one call of a service, and back to the needs."""
    words, today = words_of(request), localdate()
    form = words.form(kind)
    known |= {"by": request.user, "today": today}
    if request.method == "POST" and form.is_valid() and form.carry_out(service, **known):
        words.forget()
        messages.success(request, said)
        return redirect(PAGE, crn=case.crn)
    header = case_header(case, request.user, today, TAB)
    context |= {
        "case_header": header,
        "form": form,
        "fields": [field for field in form if field.name not in form.revealed_fields()],
        "words": words,
        "about": header.names.text(about),
        "back": reverse(PAGE, args=[case.crn]),
    }
    return render(request, "ttg/referrals/act.html", context)
