"""Asking the agencies about a home on release: one page that says who is asked, and one call."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import case_view
from cases.queries.header import case_header
from staff.permissions import Action
from staff.views.keeping import words_of
from ttg.forms.home_enquiries import AskAboutHomeForm
from ttg.queries.home import find_offer, say_place
from ttg.services.home_enquiries import ask_about_home as ask

TAB = "case-release"
PAGE = "release-home"
LEAD = (
    "The police and whoever answers for addresses where it lies are asked whether anybody could be hurt there, and "
    "children’s services where children must be asked about. The person and the address are named to them. The home "
    "is not confirmed until their answers are read. The enquiries are then sent as any other, under Checks."
)


@case_view(Action.WRITE_RESETTLEMENT)
def ask_about_home(request, case, home_offer):
    offer = find_offer(case, home_offer)
    if offer is None:
        raise Http404
    today = localdate()
    words = words_of(request)
    form = words.form(AskAboutHomeForm)
    sent = request.method == "POST" and form.is_valid()
    if sent and form.carry_out(ask, offer=offer, by=request.user, today=today):
        words.forget()
        messages.success(request, "The enquiries are open. They wait to be sent under Checks.")
        return redirect(PAGE, crn=case.crn)
    header = case_header(case, request.user, today, TAB)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "fields": list(form),
        "about": say_place(offer, header.names),
        "heading": "Ask the agencies about it",
        "lead": LEAD,
        "button": "Open the enquiries",
        "back": reverse(PAGE, args=[case.crn]),
    }
    return render(request, "ttg/referrals/act.html", context)
