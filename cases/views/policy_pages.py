"""What the pages of every policy have alike: what is in force, the versions of it, and setting a new one.

Source: architecture, "policy that a provider sets". The view of a policy says who may open it, and what its parts are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Policy
from cases.rules.words import within_a_sentence
from cases.services.policy import newest_policy, policy
from staff.errors import RuleBroken
from staff.kit import Happening, Line, Tag, on
from staff.permissions import Action, reach
from staff.views.keeping import words_of


@dataclass(frozen=True)
class Part:
    """A part of a policy, as its page shows it: what is changed together."""

    title: str
    lines: list[Line]
    change: str  # the address that changes it
    under: str = ""  # the heading that several stand under, each then folded away; blank: none


@dataclass(frozen=True)
class Pages:
    """The two pages of one policy: where it is read, and where a new version is set."""

    name: str
    title: str
    read_at: str  # name of the address
    set_at: str
    parts: Callable[[dict[str, Any], str], list[Part]]  # from the body, and the address to set it
    set_version: Callable[..., Policy]
    then: str = ""  # said besides, once a version is set
    known: tuple[str, ...] = ()  # what stands in both addresses


def policy_page(request, pages):
    """The version in force, part by part, with every version beneath."""
    kept = policy(pages.name, localdate())
    context = {
        "heading": pages.title,
        "lead": f"Version {kept.version}, in force from {on(kept.from_on)}.",
        "source": kept.source,
        "parts": pages.parts(kept.body, reverse(pages.set_at, args=pages.known)),
        "may_set": bool(reach(request.user.role, Action.SET_POLICY)),
        "versions": versions_of(pages.name, kept),
    }
    return render(request, "cases/policy.html", context)


def set_policy_page(request, pages, form_type, /, *, about="", **part):
    """A new version, by a form of this type. `part`: which part of the policy, as the form takes it."""
    kept = newest_policy(pages.name)
    words = words_of(request)
    initial = {"changing": kept.version, "from_on": localdate()}
    initial |= form_type.as_written(kept.body, **part)
    form = words.form(form_type, initial=initial, **part)
    row = _set(request, pages, form, kept) if request.method == "POST" and form.is_valid() else None
    if row:
        words.forget()
        said = f"Version {row.version} is set, in force from {on(row.from_on)}."
        messages.success(request, f"{said} {pages.then}".strip())
        return redirect(pages.read_at, *pages.known)
    context = {
        "heading": f"Change the {within_a_sentence(pages.title)}",
        "about": about,
        "lead": f"You are changing version {kept.version}, in force from {on(kept.from_on)}. It is kept, and holds until the new one's day.",
        "form": form,
        "words": words,
        "back": reverse(pages.read_at, args=pages.known),
    }
    return render(request, "cases/set_policy.html", context)


def versions_of(name, kept):
    """Every version of a policy, the newest first. `kept`: the one in force."""
    rows = Policy.objects.filter(name=name).select_related("set_by").order_by("-version")
    return [
        Happening(
            title=f"Version {row.version}",
            when=f"in force from {on(row.from_on)}",
            by=row.set_by.name if row.set_by else "",
            text=row.reason or row.source,
            tag=Tag("In force", "blue") if row.version == kept.version else None,
            on=row.from_on.isoformat(),
        )
        for row in rows
    ]


def _set(request, pages, form, kept):
    """The new version; None where it is refused, and the form says why."""
    said = {name: form.cleaned_data[name] for name in ("changing", "from_on", "reason")}
    body = form.applied_to(kept.body)
    try:
        return pages.set_version(body=body, by=request.user, today=localdate(), **said)
    except RuleBroken as refusal:
        form.add_error(None, str(refusal))
        return None
