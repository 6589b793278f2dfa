"""Pages about the victim liaison officer of a case: who it is, what they are still to hear, what they heard."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.forms.victim_liaison import (
    AddNoticeForm,
    EndLiaisonForm,
    LiaisonForm,
    NotNeededForm,
    ToldForm,
)
from cases.queries.header import case_header
from cases.queries.victim_liaison import find_liaison, find_notice, title_of, victim_page
from cases.services import victim_liaison as services
from staff.permissions import Action
from staff.views.keeping import words_of

PAGE = "victim-liaison"


@case_view(Action.VIEW_VICTIM_LIAISON)
def victim_liaison(request, case):
    header = case_header(case, request.user, localdate(), PAGE)
    context = {
        "case_header": header,
        "page": victim_page(case, header.names, header.may),
        "back": reverse("case", args=[case.crn]),
    }
    return render(request, "cases/victim_liaison/page.html", context)


@case_view(Action.TELL_VICTIM_LIAISON)
def name(request, case):
    form = LiaisonForm(_posted(request), initial={"since_on": localdate()})
    if _taken(request, form, services.name_liaison, case=case, now=now()):
        return _done(request, case, "It is recorded. They are told of whatever happens from now on.")  # fmt: skip
    said = {
        "heading": "Who is the victim liaison officer?",
        "button": "Record them",
        "lead": "Whoever was it before ends on the same day.",
    }
    return _drawn(request, case, form, **said)


@case_view(Action.TELL_VICTIM_LIAISON)
def end(request, case, liaison):
    found = find_liaison(case, liaison) or _nothing()
    form = EndLiaisonForm(_posted(request), initial={"on": localdate()})
    if _taken(request, form, services.end_liaison, liaison=found, today=localdate()):
        return _done(request, case, "It has ended. What is still to be told stays on this page.")  # fmt: skip
    said = {
        "heading": "They are not the victim liaison officer any more",
        "button": "Record the end",
        "lead": "If somebody else is it now, record them instead: the first then ends by itself.",
    }
    return _drawn(request, case, form, **said)


@case_view(Action.TELL_VICTIM_LIAISON)
def add(request, case):
    form = AddNoticeForm(_posted(request), initial={"happened_on": localdate()})
    if _taken(request, form, services.add_notice, case=case, now=now()):
        return _done(request, case, "It is recorded. Tell the victim liaison officer by the next working day.")  # fmt: skip
    said = {
        "heading": "Something else they must hear",
        "button": "Record it",
        "lead": "Release, custody, moves, orders and the end come by themselves. This is for anything else.",
    }
    return _drawn(request, case, form, **said)


@case_view(Action.TELL_VICTIM_LIAISON)
def tell(request, case, notice):
    found, words = find_notice(case, notice) or _nothing(), words_of(request)
    named = case.victim_liaison.standing().values_list("officer", flat=True).first()
    form = words.form(ToldForm, initial={"on": localdate(), "whom": named or ""})
    if _taken(request, form, services.tell_liaison, notice=found, now=now()):
        words.forget()
        return _done(request, case, "It is recorded that they were told.")
    said = {
        "heading": "They were told",
        "button": "Record that they were told",
        "lead": title_of(found),
    }
    return _drawn(request, case, form, words=words, what=found, **said)


@case_view(Action.TELL_VICTIM_LIAISON)
def need_not(request, case, notice):
    found, words = find_notice(case, notice) or _nothing(), words_of(request)
    form = words.form(NotNeededForm)
    if _taken(request, form, services.need_not_tell, notice=found, now=now()):
        words.forget()
        return _done(request, case, "It is recorded that they need not hear of it, and why.")
    said = {
        "heading": "They need not hear of it",
        "button": "Record why",
        "lead": title_of(found),
    }
    return _drawn(request, case, form, words=words, what=found, **said)


def _taken(request, form, service, **known):
    """Whether what was sent was taken."""
    sent = request.method == "POST" and form.is_valid()
    return sent and form.carry_out(service, **known, by=request.user)


def _posted(request):
    return request.POST if request.method == "POST" else None


def _nothing():
    raise Http404


def _done(request, case, text):
    messages.success(request, text)
    return redirect(PAGE, crn=case.crn)


def _drawn(request, case, form, **context):
    header = case_header(case, request.user, localdate(), PAGE)
    found = context.pop("what", None)
    context |= {
        "case_header": header,
        "form": form,
        "happened": header.names.text(found.words) if found else "",
        "back": reverse(PAGE, args=[case.crn]),
    }
    return render(request, "cases/victim_liaison/say.html", context)
