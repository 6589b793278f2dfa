"""The admin hub's queue: what waits, by the hour at which it is due; claiming; and how old what waits is."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.views.decorators.http import require_POST

from cases.access import staff_view
from cases.forms.enforcement.hub import QueueFilterForm
from cases.queries.enforcement import hub_list as queries
from cases.queries.enforcement.hub_ages import ages_of
from cases.queries.notices import unread_notices
from cases.reference.deadlines import HUB_KINDS, KINDS
from cases.rules.addresses import address, number
from cases.rules.enforcement.queue import say_claimed
from cases.rules.words import counted
from cases.services.enforcement.queue import claim
from cases.services.policy import enforcement_policy
from staff.errors import RuleBroken
from staff.kit import Link, Masked
from staff.permissions import Action, reach
from staff.views.lists import remember_list

PAGE, LETTERS = "hub-queue", "send_letter"
SIZE, MASKED_AT_ONCE = 50, 100


@staff_view(Action.VIEW_QUEUE)
def hub_queue(request):
    user, at, here = request.user, now(), reverse(PAGE)
    policy = enforcement_policy(localtime(at).date())
    form = QueueFilterForm(request.GET, user=user, teams=queries.teams_with_work(user))
    wanted = form.wanted()
    codes, after = codes_of(wanted), number(request.GET.get("after", ""))
    found = queries.page_of_queue(
        user, wanted, after=after or "", size=SIZE, now=at, last_post=policy.last_post
    )
    counts = queries.counts_of(user, wanted, at, policy.last_post)
    works = bool(reach(user.role, Action.WORK_QUEUE))
    context = {
        "notices": unread_notices(user),
        "form": form,
        "chips": _chips(wanted, codes, here),
        "clear": here,
        "tabs": _tabs(wanted, codes, counts, here, works),
        "works": works,
        "held": queries.held_by(user),
        "kind": wanted.kind,
        "kind_words": _kind_words(wanted.kind),
        "letters": policy.letters_at_once,
        "rows": queries.queue_rows(found.rows, user, at, policy.last_post),
        "masked": [Masked(*row) for row in queries.masked_to(user)[:MASKED_AT_ONCE]],
        "shown": counted(counts[wanted.show], "item", "items"),
        "first": address(here, **codes) if after else "",
        "next": address(here, **codes, after=found.next_after) if found.next_after else "",
    }
    remember_list(request, "The queue")
    return render(request, "cases/enforcement/hub_queue.html", context)


@staff_view(Action.WORK_QUEUE)
@require_POST
def claim_from_queue(request):
    """The next so many, of one kind where the reader narrowed the list to it; and on to what is theirs."""
    kind, many = request.POST.get("kind", ""), number(request.POST.get("many", "")) or 1
    held = request.POST.get("held", "")
    try:
        made = claim(
            by=request.user,
            now=now(),
            many=many,
            kinds=(kind,) if kind in HUB_KINDS else (),
            held=int(held) if held.isascii() and held.isdecimal() and len(held) < 6 else None,
        )
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect(address(reverse(PAGE), kind=kind if kind in HUB_KINDS else ""))
    them = "it" if len(made) == 1 else "them"
    messages.success(request, f"{_claimed(request.user, many, made)} Nobody else can take {them} while you work on {them}.")  # fmt: skip
    if len(made) == 1:
        item = made[0].deadline
        return redirect("hub-item", crn=item.case.crn, queue_item=item.pk)
    letters = all(one.deadline.kind == LETTERS for one in made)
    return redirect("letters-batch" if letters else address(reverse(PAGE), show=queries.MINE))


@staff_view(Action.VIEW_QUEUE)
def hub_ages(request):
    at = now()
    last_post = enforcement_policy(localtime(at).date()).last_post
    whole, kinds, teams = ages_of(request.user, at, last_post)
    context = {
        "tables": [
            ("By kind of work", "Kind of work", [_aged(one, kind=one.code) for one in kinds]),
            ("By team", "Team of the case", [_aged(one, team=one.code) for one in teams]),
        ],
        "whole": _aged(whole),
        "masked": queries.masked_to(request.user).count(),
        "queue": reverse(PAGE),
    }
    return render(request, "cases/enforcement/hub_ages.html", context)


def _claimed(user, asked, made):
    at_once = enforcement_policy(localtime(now()).date()).letters_at_once
    return say_claimed(asked, len(made), queries.held_by(user) - len(made), at_once)


def codes_of(wanted):
    team = wanted.team.code if wanted.team else ""
    return {"kind": wanted.kind, "show": wanted.show, "team": team}


def _aged(row, **codes):
    """A row and where its numbers lead. Of cases in no team there is no list by team: theirs lead nowhere."""
    here, leads = reverse(PAGE), all(codes.values())
    late = address(here, **codes, show=queries.LATE)
    return {"row": row, "all": address(here, **codes) if leads else "", "late": late if leads else ""}  # fmt: skip


def _chips(wanted, codes, here):
    said = {
        "kind": wanted.kind and KINDS[wanted.kind].title,
        "show": wanted.show and queries.SHOWN[wanted.show],
        "team": wanted.team and wanted.team.name,
    }
    return [
        Link(words, address(here, **{name: code for name, code in codes.items() if name != left}))
        for left, words in said.items()
        if words
    ]


def _tabs(wanted, codes, counts, here, works):
    return [
        Link(
            f"{words} ({counts[code]:,})",
            address(here, **codes | {"show": code}),
            current=code == wanted.show,
        )
        for code, words in queries.SHOWN.items()
        if works or code != queries.MINE
    ]


def _kind_words(kind):
    return KINDS[kind].title if kind else ""
