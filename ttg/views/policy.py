"""Pages about the policy on release: what is in force, and setting a new version.

Source: architecture, "policy that a provider sets".
"""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Policy
from cases.services.policy import newest_policy, policy
from staff.access import staff_view
from staff.errors import RuleBroken
from staff.kit import Happening, Line, Tag, on
from staff.permissions import Action, reach
from staff.views.keeping import words_of
from ttg.forms.policy import NUMBERS, TARGET_NUMBERS, ReleasePolicyForm
from ttg.rules.policy import NAME
from ttg.services.policy import set_release_policy

TITLE = "Policy on release"


@dataclass(frozen=True)
class Part:
    """What is changed together, as the page of a policy places it."""

    title: str
    lines: list[Line]
    change: str


@staff_view(Action.VIEW_POLICY)
def release_policy(request):
    kept = policy(NAME, localdate())
    rows = Policy.objects.filter(name=NAME).select_related("set_by").order_by("-version")
    lines = [
        Line(label, str(kept.body[name]), detail=hint) for name, (label, hint) in NUMBERS.items()
    ]
    targets = [Line(title, f"{kept.body[name]}%") for name, title in TARGET_NUMBERS.items()]
    change = reverse("set-release-policy")
    context = {
        "heading": TITLE,
        "lead": f"Version {kept.version}, in force from {on(kept.from_on)}.",
        "source": kept.source,
        "parts": [Part("By when", lines, change), Part("Targets of the measures", targets, change)],
        "may_set": bool(reach(request.user.role, Action.SET_POLICY)),
        "versions": [_version(row, kept) for row in rows],
    }
    return render(request, "cases/policy.html", context)


@staff_view(Action.SET_POLICY)
def set_policy(request):
    kept = newest_policy(NAME)
    words = words_of(request)
    written = ReleasePolicyForm.as_written(kept.body)
    initial = {"changing": kept.version, "from_on": localdate()} | written
    form = words.form(ReleasePolicyForm, initial=initial)
    row = _set(form, kept, request.user) if request.method == "POST" and form.is_valid() else None
    if row:
        words.forget()
        messages.success(request, f"Version {row.version} is set, in force from {on(row.from_on)}.")
        return redirect("release-policy")
    context = {
        "heading": "Change the policy on release",
        "lead": f"You are changing version {kept.version}, in force from {on(kept.from_on)}. It is kept, and holds until the new one's day.",
        "form": form,
        "words": words,
        "back": reverse("release-policy"),
    }
    return render(request, "cases/set_policy.html", context)


def _set(form, kept, user):
    said = {name: form.cleaned_data[name] for name in ("changing", "from_on", "reason")}
    try:
        return set_release_policy(
            body=form.applied_to(kept.body), by=user, today=localdate(), **said
        )
    except RuleBroken as refusal:
        form.add_error(None, str(refusal))
        return None


def _version(row, kept):
    return Happening(
        title=f"Version {row.version}",
        when=f"in force from {on(row.from_on)}",
        by=row.set_by.name if row.set_by else "",
        text=row.reason or row.source,
        tag=Tag("In force", "blue") if row.version == kept.version else None,
        on=row.from_on.isoformat(),
    )
