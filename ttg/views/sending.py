"""Sending a referral, and the link by which the service answers, shown once."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.queries.header import case_header
from staff.errors import RuleBroken
from ttg.forms.referrals import SendForm
from ttg.queries import referrals as queries
from ttg.reference.referrals import ReferralState, SentHow
from ttg.rules.referrals import BY_LINK
from ttg.services import links
from ttg.views.referrals import ACTION, TAB, found_in, not_now

SAID = {SentHow.EMAIL: "It goes by e-mail within minutes. This page says when it went."}
TELL_THEM = "It is recorded as sent. Give them these words, and record what they say."


@case_view(ACTION)
def send_referral(request, case, referral):
    """All that goes to the service, and how. Where nobody carries e-mail here, the words with the link are shown once."""
    found = found_in(case, referral)
    if found.state != ReferralState.DRAFTED:
        return not_now(request, found)
    form = SendForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        sent = form.carry_out(links.send_with_link, referral=found, by=request.user, now=now())
        if sent:
            _, token = sent
            if token:
                return _show_link(request, case, found.pk, token, sent=True)
            messages.success(request, SAID.get(form.cleaned_data["how"], TELL_THEM))
            return redirect("referral", crn=case.crn, referral=found.pk)
    header = case_header(case, request.user, localdate(), TAB)
    context = {
        "case_header": header,
        "form": form,
        "letter": queries.letter_of(found),
        "back": reverse("referral", args=[case.crn, found.pk]),
    }
    return render(request, "ttg/referrals/send.html", context)


@case_view(ACTION)
def new_reply_link(request, case, referral):
    """A link in place of the last. It is shown once, and nobody can find it out again."""
    found = found_in(case, referral)
    if found.state not in BY_LINK:
        return not_now(request, found)
    refused = ""
    if request.method == "POST":
        try:
            _, token = links.make_reply_link(referral=found, by=request.user, now=now())
        except RuleBroken as refusal:
            refused = str(refusal)
        else:
            return _show_link(request, case, found.pk, token)
    context = {
        "case_header": case_header(case, request.user, localdate(), TAB),
        "refused": refused,
        "service": found.service.name,
        "back": reverse("referral", args=[case.crn, found.pk]),
    }
    return render(request, "ttg/referrals/new_link.html", context)


def _show_link(request, case, referral, token, *, sent=False):
    """Drawn at once, never redirected to: the link stands in no address of ours, and no browser keeps the page."""
    found = found_in(case, referral)
    until = queries.live_until(found, now())
    link = queries.link_address(token)
    context = {
        "case_header": case_header(case, request.user, localdate(), TAB),
        "letter": queries.letter_of(found, link=link, until=until),
        "email": found.service.email,
        "until": queries.say_moment(until),
        "sent": sent,
        "back": reverse("referral", args=[case.crn, found.pk]),
    }
    answer = render(request, "ttg/referrals/link.html", context)
    answer["Cache-Control"] = "no-store"
    return answer
