"""Pages of a reply that was recorded wrongly: putting it right, and taking it off the enquiry."""

from dataclasses import replace

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.forms.replies import OfReply, PutReplyRightForm, as_recorded
from cases.queries.checks import check_page
from cases.queries.coverage import subjects_answered
from cases.queries.header import case_header
from cases.queries.names import names_on
from cases.queries.people import officer_of
from cases.queries.replies import find_in_hand, version_of
from cases.reference.checks import EnquiryState
from cases.rules.checks import say_chased
from cases.services import reply_right as services
from cases.views.replies import about_each, found_enquiry
from staff.kit import on
from staff.permissions import Action
from staff.views.keeping import say_closed, words_of

NONE_TO_PUT_RIGHT = "There is no reply on this enquiry to put right."
PUT_RIGHT = {
    "heading": "Put right what was recorded of the reply",
    "button": "Put it right",
    "why": "Change only what is wrong. What stood is kept. The officer, and whoever analysed the reply, are told; the senior too, where it makes things worse. A reply that was analysed is analysed again.",
}
TAKE_OFF = {
    "heading": "Take the reply off",
    "button": "Take it off",
    "why": "For a reply that is about another case or answers another enquiry. This one waits for its own again, and what came goes back among the replies in hand, to be recorded where it belongs. Words that were typed in here stay with this case, as a further reply, where access to it is limited or they name somebody protected.",
}


@case_view(Action.RECORD_CHECK)
def put_right(request, case, enquiry):
    """The answers, the words or the day are other than was recorded."""
    found = found_enquiry(case, enquiry)
    if request.method != "POST" and not _may_be_put_right(found):
        return _closed(request, case, found)
    header = case_header(case, request.user, localdate(), "case-checks")
    names, words = names_on(found, header.may), words_of(request)
    answers = [(one.pk, reply) for one, reply in subjects_answered(found)]
    begun = as_recorded(answers, names.text(found.reply_text), found.replied_on)
    begun["version"] = version_of(found)
    form = words.form(PutReplyRightForm, initial=begun, about=about_each(found, names))
    done = _carried_out(request, form, services.put_reply_right, found)
    if done:
        words.forget()
        said = f"It is put right. {officer_of(case)} reads and analyses it by {on(done.due_on)}."
        messages.success(request, said)
        return redirect("check", crn=case.crn, enquiry=enquiry)
    return _drawn(request, header, case, found, names, form=form, words=words, **PUT_RIGHT)


@case_view(Action.RECORD_CHECK)
def take_off(request, case, enquiry):
    """It was no reply to this enquiry."""
    found = found_enquiry(case, enquiry)
    if request.method != "POST" and not _may_be_put_right(found):
        return _closed(request, case, found)
    header = case_header(case, request.user, localdate(), "case-checks")
    names, words = names_on(found, header.may), words_of(request)
    form = words.form(OfReply, initial={"version": version_of(found)})
    done = _carried_out(request, form, services.take_reply_off, found)
    if done:
        words.forget()
        return _where_it_lies(request, case, *done)
    return _drawn(request, header, case, found, names, form=form, words=words, **TAKE_OFF)


def _may_be_put_right(enquiry):
    return enquiry.state in (EnquiryState.REPLIED, EnquiryState.ANALYSED)


def _closed(request, case, enquiry):
    say_closed(request, NONE_TO_PUT_RIGHT)
    return redirect("check", crn=case.crn, enquiry=enquiry.pk)


def _carried_out(request, form, service, enquiry):
    """What the service gives; None where nothing was sent, or it was refused, and the form says why."""
    if request.method != "POST" or not form.is_valid():
        return None
    at = {"today": localdate(), "now": now()}
    done = form.carry_out(service, enquiry=enquiry, by=request.user, **at)
    if done is None:
        form.say_stands(version_of(enquiry))
    return done


def _where_it_lies(request, case, enquiry, in_hand):
    """On to where it is recorded, for whoever may see it there."""
    when = say_chased(enquiry.due_on, localdate())
    waits = f"It is taken off. This enquiry waits for its reply, which is {when}."
    if in_hand is None:
        kept = f"What came is kept with this case as a further reply, which {officer_of(case)} reads: not everybody who sees the replies in hand may read it."
        messages.success(request, f"{waits} {kept}")
        return redirect("check", crn=case.crn, enquiry=enquiry.pk)
    if find_in_hand(request.user, in_hand.key):
        messages.success(request, f"{waits} Record what came where it belongs.")
        return redirect("reply-in-hand", key=in_hand.key)
    messages.success(request, f"{waits} What came is among the replies in hand at the admin hub.")
    return redirect("check", crn=case.crn, enquiry=enquiry.pk)


def _drawn(request, header, case, enquiry, names, **context):
    """With what is recorded now, which may be newer than what the form was begun with."""
    stands = found_enquiry(case, enquiry.pk)
    shown = check_page(case, stands, names, header.may, localdate())
    context["check"] = replace(shown, put_right=[])  # they lead to this page
    context["back"] = reverse("check", args=[case.crn, enquiry.pk])
    return render(request, "cases/reply_right.html", context | {"case_header": header})
