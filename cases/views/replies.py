"""Pages about replies: taking one in, finding whose it is, recording it, reading and analysing it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view, staff_view
from cases.forms.checks import AnalyseForm
from cases.forms.replies import (
    LONGEST,
    FindEnquiryForm,
    FurtherForm,
    ReplyForm,
    SetAsideForm,
    TakeInForm,
)
from cases.queries.analysis import known_before
from cases.queries.checks import check_page, find_enquiry
from cases.queries.coverage import named, subjects_of
from cases.queries.header import case_header
from cases.queries.names import names_on
from cases.queries.people import officer_of
from cases.queries.replies import (
    find_in_hand,
    in_hand_list,
    kept_case,
    leads_by,
    leads_of,
    why_it_takes_none,
)
from cases.reference.checks import Changes, CheckKind, EnquiryState, SubjectKind
from cases.rules.addresses import address
from cases.rules.uploads import LARGEST
from cases.services import in_hand as services
from cases.services import replies, taking_in
from staff.errors import RuleBroken
from staff.kit import on
from staff.permissions import Action
from staff.views.keeping import words_of

RAISED = (Changes.RISK, Changes.FLAG, Changes.CONTACT)  # changes that are raised at once
NOTHING_MORE = "Nothing more is owed on it until it is refreshed or something new comes up."


@staff_view(Action.TAKE_IN_REPLY)
def take_in_reply(request):
    words = words_of(request)
    form = words.form(TakeInForm)
    if request.method == "POST" and form.is_valid() and (taken := _taken_in(request, form)):
        words.forget()
        if taken.refused:
            messages.warning(request, f"The words are kept. {taken.refused}")
        return redirect("reply-in-hand", key=taken.in_hand.key)
    context = {
        "form": form,
        "words": words,
        "waiting": in_hand_list(request.user),
        "desk": reverse("checks-desk"),
    }
    return render(request, "cases/take_in_reply.html", context)


def _taken_in(request, form):
    file = form.cleaned_data["file"]
    return _done(
        form,
        taking_in.take_in,
        text=form.cleaned_data["text"],
        content=file.read(LARGEST + 1) if file else None,
        by=request.user,
        today=localdate(),
        now=now(),
    )


@staff_view(Action.TAKE_IN_REPLY)
def reply_in_hand(request, key):
    """Where a reply leads: the enquiries it names, or those of the CRN or reference that is asked for."""
    held = _held(request, key)
    asked = request.GET.get("crn", "")
    form = FindEnquiryForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data["asked"].strip()
        if kept_case(request.user, asked):
            return _pass_on(request, held, kept_case(request.user, asked))
        if leads_by(held, request.user, asked):
            return redirect(address(reverse("reply-in-hand", args=[key]), crn=asked))
        form.add_error("asked", "There is no enquiry of yours under that reference or CRN")
    context = {
        "held": held,
        "leads": leads_of(held, request.user),
        "chosen": leads_by(held, request.user, asked) if asked else [],
        "form": form,
        "back": reverse("take-in-reply"),
    }
    return render(request, "cases/reply_in_hand.html", context)


def _pass_on(request, held, masked):
    """Unseen, to whoever holds a case that is kept from this reader."""
    try:
        taking_in.pass_on(
            in_hand=held, crn=masked.crn, by=request.user, today=localdate(), now=now()
        )
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        said = f"{masked.crn}: {masked.message} Ask {masked.ask}."
        messages.success(request, f"{said} The reply has been passed on to whoever holds the case.")
    return redirect("reply-in-hand", key=held.key)


@staff_view(Action.TAKE_IN_REPLY)
def set_reply_aside(request, key):
    held, words = _held(request, key), words_of(request)
    form = words.form(SetAsideForm)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        if _done(
            form, services.set_aside, in_hand=held, because=because, by=request.user, now=now()
        ):
            words.forget()
            messages.success(request, "It is set aside and kept. Nothing more is owed on it.")
            return redirect("take-in-reply")
    back = reverse("reply-in-hand", args=[key])
    context = {"held": held, "form": form, "words": words, "back": back}
    return render(request, "cases/set_reply_aside.html", context)


@case_view(Action.RECORD_CHECK)
def record_reply(request, case, enquiry):
    """An answer about each of those asked about; a further reply where the enquiry has one already."""
    found = found_enquiry(case, enquiry)
    header = case_header(case, request.user, localdate(), "case-checks")
    names = names_on(found, header.may)  # whoever records a reply must see whom it is about
    held = _held(request, request.GET["reply"]) if request.GET.get("reply") else None
    words = words_of(request)
    further = bool(why_it_takes_none(found)) or "further" in words.typed
    kind = FurtherForm if further else ReplyForm
    beside = {} if further else {"about": about_each(found, names)}
    begun = {"on": localdate(), "text": held.text[:LONGEST] if held else ""}
    form = words.form(kind, initial=begun, **beside)
    recorded = (
        request.method == "POST"
        and form.is_valid()
        and _recorded(request, case, found, form, held, further)
    )
    if recorded:
        words.forget()
        if held and services.still_named(held).exists():
            return redirect("reply-in-hand", key=held.key)
        return redirect("check", crn=case.crn, enquiry=enquiry)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "further": further,
        "why_further": why_it_takes_none(found_enquiry(case, enquiry)),
        "check": check_page(case, found, names, header.may, localdate()),
        "held": held,
        "back": reverse("check", args=[case.crn, enquiry]),
    }
    return render(request, "cases/record_reply.html", context)


def _recorded(request, case, enquiry, form, held, further):
    service = replies.keep_further_reply if further else replies.record_reply
    done = _done(
        form,
        service,
        enquiry=enquiry,
        in_hand=held,
        by=request.user,
        today=localdate(),
        now=now(),
        **form.given(),
    )
    if not done:
        return False
    officer = officer_of(case)
    said = (
        f"It is kept as a further reply. {officer} has been told, and reads it."
        if further
        else f"The reply is recorded. {officer} has been told, and reads and analyses it by {on(done.due_on)}."
    )
    messages.success(request, said)
    return True


def about_each(enquiry, names):
    """Those asked about, as the form asks about each."""
    return [
        (one.pk, named(one, names), f"{SubjectKind(one.kind).title}{_born(one, names)}")
        for one in subjects_of(enquiry)
    ]


def _born(one, names):
    return f", born {on(one.born_on)}" if one.born_on and names.may_see(one) else ""


@case_view(Action.ANALYSE_CHECK)
def analyse_reply(request, case, enquiry):
    """What the reply says beside what is known, and what it changes."""
    today, found = localdate(), found_enquiry(case, enquiry)
    header = case_header(case, request.user, today, "case-checks")
    words = words_of(request)
    form = words.form(AnalyseForm)
    if request.method == "POST":
        known = {"enquiry": found, "by": request.user, "today": today}
        if form.is_valid() and (
            done := _done(form, replies.analyse_reply, **known, **form.given())
        ):
            words.forget()
            return _what_follows(request, case, done)
    elif found.state != EnquiryState.REPLIED:
        state = EnquiryState(found.state).title
        messages.info(request, f"That step is not open. This enquiry is at “{state}”.")
        return redirect("check", crn=case.crn, enquiry=enquiry)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "check": check_page(case, found, header.names, header.may, today),
        "known": known_before(case, found, header.names, today),
        "back": reverse("check", args=[case.crn, enquiry]),
    }
    return render(request, "cases/analyse_reply.html", context)


def _what_follows(request, case, enquiry):
    """An action stands in the plan; each rise is raised at once, on the next pages; or nothing more is owed."""
    changes, kind = enquiry.all_changes, CheckKind(enquiry.kind).title
    raised = [str(one) for one in RAISED if one in changes]
    planned = "The action is in the plan, with its date." if Changes.PLAN in changes else ""
    if raised:
        said = ["The analysis is saved.", planned, "Raise now what it changes."]
        messages.success(request, " ".join(filter(None, said)))
        page = reverse("raise-now", args=[case.crn])
        first, *others = raised
        return redirect(address(page, enquiry=enquiry.pk, kind=first, then=",".join(others)))
    messages.success(request, f"The analysis is saved. {kind}: {planned or NOTHING_MORE}")
    return redirect("check", crn=case.crn, enquiry=enquiry.pk)


def _done(form, service, **known):
    """What the service gives; where it refuses, nothing, and the form says why."""
    try:
        return service(**known)
    except RuleBroken as refusal:
        form.add_error(None, str(refusal))
        return None


def found_enquiry(case, pk):
    enquiry = find_enquiry(case, pk)
    if enquiry is None:
        raise Http404
    return enquiry


def _held(request, key):
    held = find_in_hand(request.user, key)
    if held is None:
        raise Http404
    return held
