"""My work: what the reader owes today, this week and later, each row with its one next action."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import staff_view
from cases.models import Case
from cases.queries.notices import unread_notices
from cases.queries.work import Work, work_of
from cases.rules.addresses import address, number
from cases.rules.senior_list import minutes_of, say_minutes
from cases.rules.words import counted
from cases.services.policy import supervision_policy
from grid.queries.registers_owed import registers_owed
from oversight.queries.holding import offered_to
from oversight.queries.waiting import waiting_of
from staff.kit import Masked, on
from staff.permissions import Action, Role, reach
from staff.views.lists import remember_list
from unpaidwork.queries.work_today import links_of, work_today

MASKED_AT_ONCE = 100
ORDER = "First what could hurt somebody today, then what is wanted by an hour, then by what is worst to miss, this person's risk of serious harm and how late it is."


@staff_view(Action.VIEW_WORK)
def my_work(request):
    today, user = localdate(), request.user
    after = number(request.GET.get("after", ""))
    work = work_of(user, today, after=after or "")
    here = reverse("my-work")
    on_sites = work_today(user, today)
    registers = registers_owed(user, now())
    within = Case.objects.within_reach(user, Action.VIEW_WORK)
    context = {
        "notices": unread_notices(user),
        "work": work,
        "offered": offered_to(user, today) if reach(user.role, Action.TAKE_OVER) else [],
        "runs_sites": on_sites is not None,
        "on_sites": links_of(on_sites) if on_sites else [],
        "lead": lead(work, user),
        "supervision": waiting_of(user, today),
        "registers": registers,
        "hub": user.role == Role.HUB,
        "may_log": bool(reach(user.role, Action.RECORD_OUTCOME)),
        "ends": ends(work, user, after),
        "first": here if after else "",
        "next": address(here, after=work.next_after) if work.next_after else "",
        "nothing": nothing(work, registers),
        "decide": yours(work, after, today),
        "decided": decided(work, after),
        "week": caption("Later this week", work.week, work.counts["week"]),
        "coming": caption("Coming up", work.coming, work.counts["coming"]),
        "masked": [Masked(*row) for row in within.masked_to(user)[:MASKED_AT_ONCE]],
    }
    remember_list(request, "My work")
    return render(request, "oversight/work.html", context)


def lead(work: Work, user):
    """How much is for today, and in which order it stands."""
    if user.role == Role.HUB:
        return "What waits for the admin hub. Each row leads to where it is done."
    today, late = work.counts["today"], work.counts["late"]
    if not today:
        return ""
    said = f", {late:,} of them late" if late else ""
    return f"{counted(today, 'thing')} for today or late{said}. {ORDER}"


def nothing(work: Work, registers):
    """What is said where no case owes anything by today."""
    until = f" until {on(work.next_due)}" if work.next_due else ""
    return f"Nothing {'else ' if registers else ''}is owed{until}."


def caption(title, rows, count):
    """What a further list is, how much is on it, and where it is cut."""
    cut = f", the first {len(rows)} shown" if len(rows) < count else ""
    return f"{title}: {counted(count, 'thing')}{cut}"


def yours(work, after, today):
    """What only the reader can do: how much, and about how long what is shown of it takes."""
    if not work.decide:
        return ""
    said = say_minutes(minutes_of(work.decide_kinds, supervision_policy(today)))
    title = "Yours to decide"
    title = title if after else caption(title, work.decide, work.counts["decide"])
    return f"{title}, {said}"


def decided(work, after):
    """Where what only the reader can do ends: said only where nothing of it can come on a later page."""
    last = not work.next_after if after else len(work.decide) == work.counts["decide"]
    return "That is all that only you can do by today." if work.decide and last else ""


def ends(work, user, after):
    """Where a senior's list ends: what is left presses less, and can wait."""
    if user.role not in (Role.SPO, Role.HEAD) or after or not work.next_after:
        return ""
    more = work.counts["today"] - len(work.decide) - len(work.today)
    return f"That is today's list. {counted(more, 'more comes', 'more come')} after it."
