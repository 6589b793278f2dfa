"""Pages about the policy on workload: what is in force, and setting a new version.

Source: architecture, "policy that a provider sets".
"""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Policy
from cases.rules.words import listed
from cases.services.policy import newest_policy, policy
from oversight.forms.policy import (
    CHOICES,
    LISTS,
    ROOM,
    SHARED,
    WARNED,
    WEIGHTS,
    WorkloadPolicyForm,
)
from oversight.rules.policy import NAME
from oversight.services.policy import set_workload_policy
from staff.access import staff_view
from staff.errors import RuleBroken
from staff.kit import Happening, Line, Tag, on
from staff.permissions import Action, reach
from staff.views.keeping import words_of

TITLE = "Policy on workload"


@dataclass(frozen=True)
class Part:
    """What is changed together, as the page of a policy places it."""

    title: str
    lines: list[Line]
    change: str


@staff_view(Action.VIEW_POLICY)
def workload_policy(request):
    kept = policy(NAME, localdate())
    rows = Policy.objects.filter(name=NAME).select_related("set_by").order_by("-version")
    change = reverse("set-workload-policy")
    parts = {
        "How cases are weighed": _chosen(kept.body),
        "What there is room for": _numbers(kept.body, ROOM),
        "What a case weighs": _numbers(kept.body, WEIGHTS),
        "What giving a case warns of": _numbers(kept.body, WARNED),
        "Who holds what": _lists(kept.body),
        "Sharing out many cases": _numbers(kept.body, SHARED),
    }
    context = {
        "heading": TITLE,
        "lead": f"Version {kept.version}, in force from {on(kept.from_on)}.",
        "source": kept.source,
        "parts": [Part(title, lines, change) for title, lines in parts.items()],
        "may_set": bool(reach(request.user.role, Action.SET_POLICY)),
        "versions": [_version(row, kept) for row in rows],
    }
    return render(request, "cases/policy.html", context)


@staff_view(Action.SET_POLICY)
def set_policy(request):
    kept = newest_policy(NAME)
    words = words_of(request)
    written = WorkloadPolicyForm.as_written(kept.body)
    initial = {"changing": kept.version, "from_on": localdate()} | written
    form = words.form(WorkloadPolicyForm, initial=initial)
    row = _set(form, kept, request.user) if request.method == "POST" and form.is_valid() else None
    if row:
        words.forget()
        messages.success(request, f"Version {row.version} is set, in force from {on(row.from_on)}.")
        return redirect("workload-policy")
    context = {
        "heading": "Change the policy on workload",
        "lead": f"You are changing version {kept.version}, in force from {on(kept.from_on)}. It is kept, and holds until the new one's day.",
        "form": form,
        "words": words,
        "back": reverse("workload-policy"),
    }
    return render(request, "cases/set_policy.html", context)


def _set(form, kept, user):
    said = {name: form.cleaned_data[name] for name in ("changing", "from_on", "reason")}
    try:
        return set_workload_policy(
            body=form.applied_to(kept.body), by=user, today=localdate(), **said
        )
    except RuleBroken as refusal:
        form.add_error(None, str(refusal))
        return None


def _chosen(body):
    return [
        Line(label, codes(body[name]).title, detail=hint)
        for name, (label, hint, codes) in CHOICES.items()
    ]


def _numbers(body, asked):
    return [Line(label, f"{body[name]:,}", detail=hint) for name, (label, hint) in asked.items()]


def _lists(body):
    return [
        Line(label, listed(codes(one).title for one in body[name]) or "None")
        for name, (label, codes) in LISTS.items()
    ]


def _version(row, kept):
    return Happening(
        title=f"Version {row.version}",
        when=f"in force from {on(row.from_on)}",
        by=row.set_by.name if row.set_by else "",
        text=row.reason or row.source,
        tag=Tag("In force", "blue") if row.version == kept.version else None,
        on=row.from_on.isoformat(),
    )
