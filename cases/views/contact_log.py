"""The log of contact: a day at a time with filters, and what is looked for in the notes; and adding to it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now

from cases.access import case_view
from cases.forms.contact_log import ContactForm, NoteSearchForm
from cases.forms.contacts import LogFilterForm
from cases.models import Search
from cases.queries.contacts import kinds_of, log_of
from cases.queries.header import case_header
from cases.queries.outcomes import remembered_of
from cases.reference.contacts import UNARRANGED
from cases.rules.addresses import address, number
from cases.services import contact_log as services
from staff.kit import Link
from staff.permissions import Action
from staff.views.keeping import words_of

GONE = "That search was somebody else’s, or is no longer kept. Type the words again."


@case_view(Action.VIEW_CASE)
def contacts(request, case):
    """With codes in the address; a POST looks in the notes, and its words are kept out of the address."""
    at = now()
    here = reverse("case-contacts", args=[case.crn])
    searching = NoteSearchForm(request.POST or None, prefix="notes")
    if request.method == "POST" and searching.is_valid():
        search = searching.carry_out(services.remember_note_search, case=case, by=request.user)
        if search:
            return redirect(address(here, find=search.key))
    header = case_header(case, request.user, localtime(at).date(), "case-contacts")
    kinds, outcomes, staff = kinds_of(case)
    form = LogFilterForm(
        request.GET, kinds=kinds, outcomes=outcomes, staff=staff, text=_looked_for(request)
    )
    form.is_valid()
    wanted, after = form.wanted(), number(request.GET.get("after", ""))
    log = log_of(case, wanted, header.names, after, at)
    codes = form.codes()
    context = {
        "case_header": header,
        "form": form,
        "searching": searching,
        "chips": [
            Link(
                text,
                address(here, **{name: code for name, code in codes.items() if name != left_out}),
            )
            for left_out, text in form.said().items()
        ],
        "clear": here,
        "log": log,
        "actions": _actions(case, header.may),
        "first": address(here, **codes) if after else "",
        "next": address(here, **codes, after=log.next_after) if log.next_after else "",
    }
    return render(request, "cases/contacts.html", context)


@case_view(Action.RECORD_CONTACT)
def record_contact(request, case):
    """With ?kind= of the type that it is come for."""
    at = localtime(now())
    back = reverse("case-contacts", args=[case.crn])
    words = words_of(request)
    form = words.form(
        ContactForm,
        role=request.user.role,
        remembered=remembered_of(case, request.user),
        initial={"kind": request.GET.get("kind", ""), "on": at.date(), "time": at.time()},
    )
    if request.method == "POST" and "headings" in request.POST:
        form.put_in_headings()
    elif request.method == "POST" and form.is_valid():
        done = form.carry_out(services.record_contact, case=case, by=request.user, now=now())
        if done:
            words.forget()
            messages.success(request, _said(done))
            return redirect(back)
    context = {
        "case_header": case_header(case, request.user, at.date(), "case-contacts"),
        "form": form,
        "words": words,
        "back": back,
    }
    return render(request, "cases/record_contact.html", context)


def _looked_for(request):
    """The words of the search whose key is in the address, where it is the reader's own."""
    key = request.GET.get("find", "")
    try:
        found = Search.objects.filter(by=request.user, key=key).first() if key else None
    except ValidationError:
        found = None
    if key and found is None:
        messages.info(request, GONE)
    return found.text if found else ""


def _actions(case, may):
    if Action.RECORD_CONTACT not in may:
        return []
    return [Link("Record a contact", reverse("record-contact", args=[case.crn]))]


def _said(line):
    counts = "They were seen, so it counts as contact this month." if _seen(line) else ""
    return f"In the log: {line.type_name.lower()}. {counts}".strip()


def _seen(line):
    kind = UNARRANGED.get(line.type_code)
    return kind is not None and kind.face_to_face
