"""What somebody needs in their hand at the gate: the list, and saying how far one thing has come."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.queries.header import case_header
from staff.permissions import Action
from staff.views.keeping import words_of
from ttg.forms.in_hand import InHandForm
from ttg.queries.in_hand import find_item, in_hand_page
from ttg.queries.needs import NO_STAY, stay_of
from ttg.reference.home import Item
from ttg.services.in_hand import set_item

TAB = "case-release"
PAGE = "release-in-hand"
KEPT = ("state", "applied_on", "expected_on", "ready_on", "with_them")


@case_view(Action.VIEW_RELEASE)
def release_in_hand(request, case):
    header = case_header(case, request.user, localdate(), TAB)
    context = {
        "case_header": header,
        "page": in_hand_page(case, header.names, header.may),
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "ttg/in_hand/page.html", context)


@case_view(Action.WRITE_RESETTLEMENT)
def set_in_hand(request, case, item):
    if item not in [one.value for one in Item]:
        raise Http404
    custody = stay_of(case)
    if custody is None:
        messages.info(request, NO_STAY)
        return redirect(PAGE, crn=case.crn)
    header, words = case_header(case, request.user, localdate(), TAB), words_of(request)
    form = words.form(InHandForm, **_begun(custody, item, header.names))
    known = {"custody": custody, "item": item, "by": request.user, "now": now()}
    if request.method == "POST" and form.is_valid() and form.carry_out(set_item, **known):
        words.forget()
        messages.success(request, "It is recorded.")
        return redirect(PAGE, crn=case.crn)
    if request.method == "POST":
        found = find_item(custody, item)
        form.say_stands(found.version if found else 0)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "heading": Item(item).title,
        "back": reverse(PAGE, args=[case.crn]),
    }
    return render(request, "ttg/in_hand/set.html", context)


def _begun(custody, item, names):
    """How the form of this thing begins: with what stands."""
    found = find_item(custody, item)
    if found is None:
        return {"names": names, "stands": "", "initial": {"seen": 0, "with_them": False}}
    begun = {name: getattr(found, name) for name in KEPT}
    begun |= {"words": names.text(found.words), "seen": found.version}
    return {"names": names, "stands": found.words, "initial": begun}
