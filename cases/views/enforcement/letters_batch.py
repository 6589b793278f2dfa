"""The letters that one of the hub claimed, in a row: read and approved, printed as one file, said to be posted.

What is ticked says which words were read: a letter that says something else by then is not approved, and not posted.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now

from cases.access import staff_view
from cases.agencies.typeset import PDF
from cases.forms.enforcement.letters import PostedForm
from cases.queries.enforcement.letters_together import claimed_letters, together
from cases.rules.addresses import number
from cases.rules.words import counted
from cases.services.enforcement import letters as services
from cases.services.enforcement.letters_at_once import (
    is_on_paper,
    make_letters_ready,
    print_letters,
    send_letters,
)
from cases.services.policy import enforcement_policy
from staff.errors import RuleBroken
from staff.kit import Gap
from staff.permissions import Action

PAGE = "letters-batch"
NONE_TICKED = "Tick the letters first."
NOT_YOURS = "It is not among the letters that you work on any more: it has gone, or was put back."


@staff_view(Action.WORK_QUEUE)
def letters_batch(request):
    return _drawn(request, PostedForm())


@staff_view(Action.WORK_QUEUE)
def approve(request):
    """Those that were ticked as read may go."""
    if request.method != "POST":
        return redirect(PAGE)
    chosen, gone = _ticked(request)
    done, refused = make_letters_ready(letters=chosen, by=request.user, now=now())
    if done:
        messages.success(request, f"{counted(len(done), 'letter')} approved, and ready to go.")
    refused = [*gone, *_refusals(refused)]
    if done and not refused:
        return redirect(PAGE)
    return _drawn(request, PostedForm(), "Not approved", refused or [Gap(NONE_TICKED, "#read")])


@staff_view(Action.WORK_QUEUE)
def papers(request):
    """All that are ready and go on paper, as one PDF."""
    try:
        letters = claimed_letters(request.user)
        content = print_letters(letters=letters, by=request.user, now=now())
    except RuleBroken as refusal:
        return _drawn(request, PostedForm(), "Not printed", [Gap(str(refusal))])
    answer = HttpResponse(content, content_type=PDF)
    answer["Content-Disposition"] = 'attachment; filename="letters.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@staff_view(Action.WORK_QUEUE)
def posted(request):
    """Those that were ticked have gone, with one proof; those that go by e-mail go now."""
    if request.method != "POST":
        return redirect(PAGE)
    chosen, gone = _ticked(request)
    form = PostedForm(request.POST)
    if not form.is_valid():
        return _drawn(request, form)
    if any(is_on_paper(one) for one, _ in chosen) and not form.cleaned_data["proof"]:
        form.add_error("proof", "Say what proves that they were posted: the certificate of posting")
        return _drawn(request, form)
    proof = form.cleaned_data["proof"]
    done, refused = send_letters(letters=chosen, proof=proof, by=request.user, now=now())
    if done:
        messages.success(request, f"{counted(len(done), 'letter')} sent. What is left is below.")
    refused = [*gone, *_refusals(refused)]
    if done and not refused:
        return redirect(PAGE)
    return _drawn(request, form if refused else PostedForm(), "Not sent", refused or [Gap(NONE_TICKED, "#send")])  # fmt: skip


def _ticked(request):
    """([(letter, the mark of what was read)], what to say of those ticked that are this reader's no more)."""
    claimed = {one.pk: one for one in claimed_letters(request.user)}
    chosen, gone = [], []
    for value in request.POST.getlist("letters"):
        key, _, read = value.partition(":")
        letter = claimed.get(number(key))
        if letter:
            chosen.append((letter, read))
        else:
            gone.append(Gap(NOT_YOURS))
    return chosen, gone[:1]


def _refusals(refused):
    return [Gap(f"{one.case.crn}: {why}", f"#letter-{one.pk}") for one, why in refused]


def _drawn(request, form, heading="", refused=()):
    at = now()
    today = localtime(at).date()
    letters = claimed_letters(request.user)
    looked = services.look_at_each(letters=letters, now=at)
    policy = enforcement_policy(today)
    context = {
        "page": together(letters, request.user, looked, today, policy),
        "form": form,
        "heading": heading,
        "refused": refused,
        "paper": reverse("print-letters"),
    }
    return render(request, "cases/enforcement/letters/batch.html", context)
