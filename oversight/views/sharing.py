"""Pages of sharing out many cases: proposals, asking for one, and one as it stands."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import staff_view
from cases.models import Case
from cases.rules.addresses import address, number
from cases.rules.words import counted
from oversight.forms.officers import WorkloadTeamForm
from oversight.forms.sharing import AskForSharingForm
from oversight.queries import sharing as queries
from oversight.queries.sharing_list import MARKS, sharing_rows, what_of
from oversight.queries.sharing_page import SIZE, Shown, said_of_outcome
from oversight.reference.sharing import UNDECIDED, Outcome, SharingState, Which
from oversight.services import sharing as services
from staff.audit import record
from staff.kit import Link, on
from staff.permissions import Action
from staff.views.lists import remember_list

LISTED = 50
HINTS = {
    SharingState.WORKING: "It is being worked out, which takes a minute at most. Look again then: nothing of it is lost if you leave this page.",
    SharingState.PROPOSED: "Nothing has moved. Change what you see fit, then publish it or drop it.",
    SharingState.GIVING: "Published by {who} on {day}, and carried out within minutes: each case as it is ready. {who} is told when all is done.",
    SharingState.PUBLISHED: "Published by {who} on {day}. What somebody held was offered, and is theirs until the named officer accepts.",
    SharingState.DROPPED: "Dropped by {who} on {day}. Each case stayed where it was.",
}


@staff_view(Action.SHARE_OUT_CASES)
def sharings(request):
    """Proposals of the teams whose cases the reader may share out, the latest first."""
    found = queries.sharings_within(request.user)
    rows = sharing_rows(found[:LISTED])
    total = found.count()
    context = {
        "rows": rows,
        "shown": f"The latest {len(rows)} of {counted(total, 'proposal')}"
        if total > len(rows)
        else counted(total, "proposal"),
        "ask": reverse("ask-for-sharing"),
        "back": reverse("hand-overs"),
    }
    return render(request, "oversight/sharing/list.html", context)


@staff_view(Action.SHARE_OUT_CASES)
def ask_for_sharing(request):
    user = request.user
    chosen = WorkloadTeamForm(request.GET, teams=queries.teams_to_share(user), own=user.team_id)
    chosen.is_valid()
    team = chosen.chosen()
    officers = list(queries.officers_of(team)) if team else []
    form = AskForSharingForm(
        request.POST if request.method == "POST" else None,
        officers=officers,
        numbers=_numbers(user, team, officers) if team else {},
        initial=_begun(request, officers),
    )
    sent = request.method == "POST" and team and form.is_valid()
    if sent and (made := form.carry_out(services.ask_for_sharing, team=team, by=user, now=now())):
        messages.success(request, "It is asked for, and is worked out within a minute or so.")
        return redirect("sharing", sharing=made.pk)
    context = {
        "form": form,
        "choose": chosen,
        "team": team,
        "running": _running(user, team),
        "back": reverse("sharings"),
    }
    return render(request, "oversight/sharing/ask.html", context)


def _running(user, team):
    """The proposal for this team that is not done with, before which no other can be asked for; None where there is none."""
    found = team and queries.sharings_within(user).unfinished().filter(team=team).first()
    return Link(what_of(found), reverse("sharing", args=[found.pk])) if found else None


def _numbers(user, team, officers):
    """How many cases each choice is about, as far as the reader reaches; in three statements."""
    held = queries.cases_to_share(user, team, Which.TEAM, taking_part=[one.pk for one in officers])
    unowned = queries.cases_to_share(user, team, Which.UNOWNED)
    theirs = Case.objects.open_to(user, Action.SHARE_OUT_CASES).ours()
    theirs = theirs.filter(officer__in=[one.pk for one in officers]).order_by()
    by_officer = dict(theirs.values_list("officer").annotate(number=Count("pk")))
    return {
        Which.TEAM: held.count(),
        Which.UNOWNED: unowned.count(),
        **{one.pk: by_officer.get(one.pk, 0) for one in officers},
    }


def _begun(request, officers):
    """All take part but whoever leaves, or has left, or whose cases they are; where somebody was named, theirs are asked about.

    Another page may say in the address which cases are meant.
    """
    asked = request.GET.get("officer", "")
    named = next((one.username for one in officers if str(one.pk) == asked), "")
    gone = queries.leaving_of(officers)
    taking_part = [one.username for one in officers if one.pk not in gone and one.username != named]
    which = str(Which.OFFICER) if named else request.GET.get("which", "")
    return {"officers": taking_part, "which": which, "officer": named}


@staff_view(Action.SHARE_OUT_CASES)
def sharing(request, sharing):
    """One proposal as it stands, with all that was changed by hand."""
    user = request.user
    one = get_object_or_404(queries.sharings_within(user), pk=sharing)
    record(by=user, action="opened_sharing", sharing=one.pk)
    after = number(request.GET.get("after", "")) or 0
    here = reverse("sharing", args=[one.pk])
    context = {
        "one": one,
        "heading": what_of(one),
        "tag": MARKS[SharingState(one.state)],
        "lead": _lead(one),
        "undecided": one.state in UNDECIDED,
        "working_out": one.state == SharingState.WORKING,
        "giving": one.state == SharingState.GIVING,
        "said": list(said_of_outcome(one)) if one.outcome else [],
        "failed": one.outcome == Outcome.FAILED,
        "back": reverse("sharings"),
    }
    if one.facts and one.state != SharingState.WORKING:
        context["shown"] = shown = Shown(one, user, after)
        more = after + SIZE < shown.number
        context |= {
            "foot": counted(shown.number, "case"),
            "first": here if after else "",
            "next": address(here, after=after + SIZE) if more else "",
        }
    remember_list(request, what_of(one))
    return render(request, "oversight/sharing/sharing.html", context)


def _lead(one):
    asked = f"Asked for by {one.asked_by.name} on {on(localdate(one.asked_at))}."
    hint = HINTS[SharingState(one.state)]
    if one.state in UNDECIDED:
        return f"{asked} {hint}"
    who, at = (one.closed_by, one.closed_at) if one.published_by is None else (one.published_by, one.published_at)  # fmt: skip
    return f"{asked} {hint.format(who=who.name, day=on(localdate(at)))}"
