"""Pages on how staff may visit somebody at home: saying it, and a senior's decision."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.forms.visit_safety import OTHER, DecideVisitSafetyForm, VisitSafetyForm
from cases.queries.header import case_header
from cases.queries.people import people_around
from cases.queries.visit_safety import (
    addresses_to_visit,
    safety_facts,
    safety_of,
    undecided_of,
)
from cases.queries.visit_safety_page import record_lines, safety_row
from cases.rules.addresses import number
from cases.rules.visit_safety import changed_since, why_a_senior
from cases.rules.words import within_a_sentence
from cases.services.visit_safety import decide_visit_safety, propose_visit_safety
from staff.kit import on
from staff.permissions import Action
from staff.views.keeping import words_of

TAB = "case-contacts"
SAME = ("endangers", "endangers_whom", "staff_risk", "signal", "fallback", "way")
# What hangs on everything that is known: answered anew, not carried over, once something has changed
ANEW = ("endangers", "way")


@case_view(Action.VISIT_HOME)
def visit_safety(request, case):
    """With ?of= the number of what stands, which is brought up to date."""
    at = now()
    today, user = localdate(), request.user
    header = case_header(case, user, today, TAB)
    addresses = addresses_to_visit(case)
    stands = safety_of(case).filter(pk=number(request.GET.get("of", ""))).first()
    words = words_of(request)
    address = stands.address if stands else next(iter(addresses), None)
    facts = safety_facts(case, today, address)
    begun = _begun(stands, addresses, facts)
    form = words.form(VisitSafetyForm, addresses=addresses, initial=begun)
    if request.method == "POST" and form.is_valid():
        safety = form.carry_out(propose_visit_safety, case=case, by=user, now=at)
        if safety:
            words.forget()
            messages.success(request, _proposed(safety))
            return redirect("case-visits", crn=case.crn)
    to_staff, to_others = record_lines(facts, header.names)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "stands": stands and safety_row(stands, facts, case, header.names, header.may, today),
        "to_staff": to_staff,
        "to_others": to_others,
        "people": [one for one in people_around(case, header.names) if not one.ended],
        "senior": why_a_senior(facts, endangers="no", way="alone", asked=False),
        "back": reverse("case-visits", args=[case.crn]),
    }
    return render(request, "cases/visits/safety.html", context)


@case_view(Action.DECIDE_VISIT_SAFETY)
def decide(request, case):
    """What has waited longest for a senior on this case; once sent, that which was read and no other."""
    at, today, user = now(), localdate(), request.user
    waiting = _waiting(request, case)
    if waiting is None:
        messages.info(
            request,
            "Nothing waits for a decision on visits here. It may have been decided meanwhile.",
        )
        return redirect("case", crn=case.crn)
    header = case_header(case, user, today, TAB)
    words = words_of(request)
    form = words.form(DecideVisitSafetyForm, initial={"way": waiting.way})
    if request.method == "POST" and form.is_valid():
        seen = request.POST.getlist("seen")
        done = form.carry_out(decide_visit_safety, safety=waiting, seen=seen, by=user, now=at)
        if done:
            words.forget()
            messages.success(request, _decided(done))
            return redirect("case", crn=case.crn)
    facts = safety_facts(case, today, waiting.address)
    to_staff, to_others = record_lines(facts, header.names)
    asked = waiting.needs_senior and not why_a_senior(
        facts, endangers=waiting.endangers, way=waiting.way, asked=False
    )
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "row": safety_row(waiting, facts, case, header.names, header.may, today),
        "why": why_a_senior(facts, endangers=waiting.endangers, way=waiting.way, asked=asked),
        "to_staff": to_staff,
        "to_others": to_others,
        "seen": [one.key for one in facts.record],
        "people": [one for one in people_around(case, header.names) if not one.ended],
        "back": reverse("case", args=[case.crn]),
    }
    return render(request, "cases/visits/decide.html", context)


def _waiting(request, case):
    undecided = undecided_of(case)
    if request.method == "POST":
        undecided = undecided.filter(pk=number(request.POST.get("of", "")) or 0)
    return undecided.first()


def _begun(stands, addresses, facts):
    """As it stands, to be brought up to date; otherwise the address they came to last. `facts`: what the record shows now."""
    if stands is None:
        return {"address": str(addresses[0].pk) if addresses else OTHER, "signal": "unknown"}
    current = {one.pk for one in addresses}
    of = str(stands.address_id) if stands.address_id in current else OTHER
    left_out = ANEW if changed_since(stands.seen, facts) else ()
    return {
        **{name: getattr(stands, name) for name in SAME if name not in left_out},
        "address": of,
        "where": stands.where if of == OTHER else "",
    }


def _proposed(safety):
    if safety.needs_senior:
        return (
            "A senior probation officer decides this within two working days, and has been told. Nobody visits "
            "before that. You are told at once."
        )
    return f"This is how staff visit there until {on(safety.review_on)}, or until something changes. You can arrange a visit."


def _decided(safety):
    how = within_a_sentence(safety.way.title)
    return f"Decided: {how}. {safety.asked_by.name} has been told, and acts on it until {on(safety.review_on)}."
