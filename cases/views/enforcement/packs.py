"""Pages on which a breach pack is put together, looked at, sent, and changed once it has gone."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.agencies.typeset import PDF
from cases.forms.enforcement.breaches import (
    AskAmendmentForm,
    PackForm,
    RefuseAmendmentForm,
    SendAmendmentForm,
    SendPackForm,
)
from cases.queries.enforcement.pack import asked_for, pack_of
from cases.queries.enforcement.pack_pages import asked_of, filled_in, mended_at, still_of
from cases.queries.header import case_header
from cases.reference.enforcement import BREACH_OVER, BreachState
from cases.rules.enforcement.breaches import PACK_TO_SEND
from cases.rules.enforcement.pack import said_in_it, to_do
from cases.rules.gaps import warnings
from cases.rules.signing import digest
from cases.services.enforcement.breaches import amendments as changing
from cases.services.enforcement.breaches.bundles import draw_pack, draw_to_send
from cases.services.enforcement.breaches.submitting import submit_pack
from cases.services.enforcement.breaches.writing import said_of, write_pack
from cases.views.enforcement.breaches import MOVED_ON, TAB, find
from staff.errors import RuleBroken
from staff.permissions import Action
from staff.rules.merging import mark
from staff.views.keeping import say_closed, words_of

State = BreachState
SAVED = "What you wrote is in the pack."
SENT = "The pack is with the NPS. Its answer is owed in two working days."
PAPER = "paper"  # what a button says that gives the pack as it is to be sent
SEND_FIRST = (
    "Save the pack as a PDF and send it by secure e-mail to the NPS office that serves the court ({court}). Once it has gone, record "
    "that here: the pack is kept as it went."
)
CHANGED = "The changed report has gone. The officer is asked to read what is different."


@case_view(Action.SUBMIT_BREACH)
def pack(request, case, breach):
    """What is written beside the record, what the record fills in, and what is still to do."""
    found, at, words = find(case, breach), now(), words_of(request)
    if not _is_open(found):
        return _moved_on(request, found)
    header = case_header(case, request.user, localdate(at), TAB)
    whole = pack_of(found, at, localdate(at))
    form, clashes = _drawn(words, found, whole, header.names), []
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(_written(found, header.names), by=request.user, now=at)
        if done and not done.conflicts:
            words.forget()
            messages.success(request, SAVED)
            return redirect("breach-pack", crn=case.crn, breach=found.pk)
        if done:
            found = find(case, breach)
            form.stands = _held(form, found, header.names)
            form.saw(form.fields_of(done.write))
            words.keep_again(form)
            clashes = form.show_clashes(form.fields_of(done.conflicts))
    fields = {name: field for field, name in form.names.items()}
    context = {
        "case_header": header, "here": reverse("breach", args=[case.crn, found.pk]), "form": form, "words": words,
        "clashes": clashes, "still": still_of(to_do(whole), header.names, mended_at(found, fields)),
        "asked": asked_for(found, header.names), "lines": filled_in(whole, header.names),
        "bundle": reverse("breach-bundle", args=[case.crn, found.pk]),
        "send": reverse("send-breach-pack", args=[case.crn, found.pk]) if found.state in PACK_TO_SEND else "",
    }  # fmt: skip
    return render(request, "cases/enforcement/breach_pack.html", context)


@case_view(Action.SUBMIT_BREACH)
def send(request, case, breach):
    """The gates, a sentence for each warning, and the sending."""
    found = find(case, breach)
    if found.state not in PACK_TO_SEND:
        return _moved_on(request, found)
    known = {"again": found.times_submitted > 0}
    return _send(request, found, SendPackForm, known, submit_pack, {"breach": found}, "Send the pack to the NPS", SENT)  # fmt: skip


@case_view(Action.SUBMIT_BREACH)
def bundle(request, case, breach):
    """The whole pack as it would go now, as a PDF that says it is a draft."""
    found = find(case, breach)
    if not _is_open(found):
        return _moved_on(request, found)
    try:
        made = draw_pack(breach=found, by=request.user, now=now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect("breach-pack", crn=case.crn, breach=found.pk)
    return as_pdf(made, f"{case.crn}-breach-pack-draft.pdf")


@case_view(Action.SUBMIT_BREACH)
def ask_amendment(request, case, breach):
    found = find(case, breach)
    if found.state in BREACH_OVER or not found.times_submitted:
        return _moved_on(request, found)
    return _asked(
        request, found, AskAmendmentForm, changing.ask_amendment, {"breach": found}, "A change of the report is asked for",
        "Record it", "The change is recorded, and owed by that day.",
    )  # fmt: skip


@case_view(Action.SUBMIT_BREACH)
def send_amendment(request, case, breach, amendment):
    found, one = _amendment(case, breach, amendment)
    if not _is_owed(found, one) or found.state in PACK_TO_SEND:
        return _moved_on(request, found)
    title = "Send the changed report"
    return _send(request, found, SendAmendmentForm, {}, changing.send_amendment, {"amendment": one}, title, CHANGED)  # fmt: skip


@case_view(Action.SUBMIT_BREACH)
def refuse_amendment(request, case, breach, amendment):
    found, one = _amendment(case, breach, amendment)
    if not _is_owed(found, one):
        return _moved_on(request, found)
    return _asked(
        request, found, RefuseAmendmentForm, changing.refuse_amendment, {"amendment": one}, "The report is not changed",
        "Record it", "It is recorded why the report is not changed.",
    )  # fmt: skip


@case_view(Action.ANSWER_FAILURE)
def see_amendment(request, case, breach, amendment):
    """The officer says that they have read what was changed."""
    found, one = _amendment(case, breach, amendment)
    if request.method == "POST":
        try:
            changing.see_amendment(amendment=one, by=request.user, now=now())
            messages.success(request, "It is recorded that you have read what was changed.")
        except RuleBroken as refusal:
            messages.error(request, str(refusal))
    return redirect("breach", crn=case.crn, breach=found.pk)


def as_pdf(made, name):
    """A paper to be saved or sent on, which no browser keeps."""
    answer = HttpResponse(made, content_type=PDF)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


def _to_send(form, found, user, at):
    """The pack as it is to be sent, with what is said to each warning; None where it may not go, which the form says."""
    explained = form.given()["explained"]
    try:
        return draw_to_send(breach=found, explained=explained, by=user, now=at)
    except RuleBroken as refusal:
        form.add_error(None, str(refusal))
        return None


def _send(request, found, kind, known, service, about, title, done):
    """A page with the gates and a sentence for each warning, of the pack or of a change of it."""
    case, at, words = found.case, now(), words_of(request)
    header = case_header(case, request.user, localdate(at), TAB)
    stands = to_do(pack_of(found, at, localdate(at)))
    still = still_of(stands, header.names, _on_the_pack(found))
    in_it = said_in_it(stands)
    asked = [
        (one.key, header.names.text(one.sentence)) for one in warnings(stands) if one not in in_it
    ]
    read = digest([said_of(found), [one.key for one in stands]])
    form = words.form(kind, warnings=asked, stands=read, **known)
    sent = request.method == "POST" and form.is_valid()
    if sent and request.POST.get("then") == PAPER:
        if paper := _to_send(form, found, request.user, at):
            return as_pdf(paper, f"{case.crn}-breach-pack.pdf")
    elif sent and form.carry_out(service, **about, by=request.user, now=at):
        words.forget()
        messages.success(request, done)
        return redirect("breach", crn=case.crn, breach=found.pk)
    court = header.names.text(found.court_name or found.sentence.court_name)
    context = {
        "case_header": header, "here": reverse("breach-pack", args=[case.crn, found.pk]), "form": form, "words": words,
        "still": still, "title": title, "bundle": reverse("breach-bundle", args=[case.crn, found.pk]),
        "asked": asked_for(found, header.names), "lead": SEND_FIRST.format(court=court or "responsible for the order"),
    }  # fmt: skip
    return render(request, "cases/enforcement/send_pack.html", context)


def _asked(request, found, kind, service, about, title, button, done):
    case, words = found.case, words_of(request)
    form = words.form(kind)
    sent = request.method == "POST" and form.is_valid()
    if sent and form.carry_out(service, **about, by=request.user, now=now()):
        words.forget()
        messages.success(request, done)
        return redirect("breach", crn=case.crn, breach=found.pk)
    header = case_header(case, request.user, localdate(), TAB)
    context = {
        "case_header": header, "here": reverse("breach", args=[case.crn, found.pk]), "form": form, "words": words,
        "title": title, "button": button,
    }  # fmt: skip
    return render(request, "cases/enforcement/breach_step.html", context)


def _drawn(words, found, whole, names):
    """The form with what is written, without the names that this reader may not see."""
    shown = {name: names.text(said) for name, said in said_of(found).items()}
    asked = [
        (name, names.text(asks), hint, rows) for name, asks, hint, rows in asked_of(found, whole)
    ]
    return words.form(PackForm, asked=asked, stands=shown)


def _written(found, names):
    """The service, given what this reader wrote with the names they may not see put back where they stood."""
    stands = said_of(found)

    def write(*, given, seen, by, now):
        whole = {
            name: names.put_back(said, stands.get(name, "")) if said else said for name, said in given.items()
        }  # fmt: skip
        known = {
            name: mark(stands.get(name)) if one == mark(_shown(stands.get(name), names)) else one
            for name, one in seen.items()
        }
        return write_pack(breach=found, given=whole, seen=known, by=by, now=now)

    return write


def _shown(said, names):
    return names.text(said) if said else said


def _held(form, found, names):
    stands = said_of(found)
    return {field: _shown(stands.get(name), names) for field, name in form.names.items()}


def _is_open(found):
    changes = found.state not in BREACH_OVER and found.amendments.owed().exists()
    return found.state in PACK_TO_SEND or changes


def _is_owed(found, one):
    return found.state not in BREACH_OVER and not one.sent_at and not one.refused_because


def _amendment(case, breach, amendment):
    found = find(case, breach)
    one = found.amendments.filter(pk=amendment).first()
    if one is None:
        raise Http404
    one.breach = found
    return found, one


def _moved_on(request, found):
    say_closed(request, MOVED_ON)
    return redirect("breach", crn=found.case.crn, breach=found.pk)


def _on_the_pack(found):
    """Of the page that sends, every gap is mended on the page of the pack."""
    here = reverse("breach-pack", args=[found.case.crn, found.pk])
    return lambda one: here
