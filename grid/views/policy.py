"""Pages about the policy of the sixteen groups: what is in force, and setting a new version."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.reference.groups import GROUPS, Band, Level, group_name
from cases.views.policy_pages import versions_of
from grid.forms.placement import OUTSIDE, ContactLevelsForm, GroupForm, as_written
from grid.rules.policy import read_policy
from grid.services.policy import NAME, newest_grid_policy, policy_in_force, set_grid_policy
from staff.access import staff_view
from staff.errors import RuleBroken
from staff.kit import Column, Line, Link, on
from staff.permissions import Action, reach
from staff.views.keeping import words_of


@staff_view(Action.VIEW_POLICY)
def grid_policy(request):
    today = localdate()
    kept = policy_in_force(today)
    policy = read_policy(kept.body, kept.version)
    may_set = bool(reach(request.user.role, Action.SET_POLICY))
    change = reverse("set-grid-policy")
    context = {
        "actions": [Link("Set a new version", change)] if may_set else [],
        "lead": f"Version {kept.version}, in force from {on(kept.from_on)}.",
        "source": kept.source,
        "outside": [
            Line("While somebody cannot be placed", policy.holding_level.title),
            Line("During risk escalation, at least", policy.escalation_level.title),
            Line("A judgement holds for", f"{policy.judgement_months} months"),
        ],
        "columns": [Column("Group"), *(Column(band.title) for band in Band)],
        "rows": [
            (level.title, [policy.groups[f"{level}{band}"].contact_level.title for band in Band])
            for level in Level
        ],
        "groups": [_group(code, policy.groups[code], change) for code in GROUPS],
        "may_set": may_set,
        "versions": versions_of(NAME, kept),
    }
    return render(request, "grid/grid_policy.html", context)


def _group(code, group, change):
    lines = [
        Line("Contact level", group.contact_level.title),
        Line("Home visit", group.home_visit),
        *(Line(f"By day {step.by_day}", step.do) for step in group.first_60_days),
    ]
    return code, group_name(code), lines, group.targets, f"{change}?group={code}"


@staff_view(Action.SET_POLICY)
def set_policy(request):
    """The contact levels of all groups; or, with `group` in the address, what is asked of one."""
    today, code = localdate(), request.GET.get("group", "")
    if code and code not in GROUPS:
        raise Http404
    kept = newest_grid_policy()
    words = words_of(request)
    form = _form(words, code, kept)
    if request.method == "POST" and form.is_valid():
        try:
            row = set_grid_policy(
                body=form.applied_to(kept.body),
                changing=form.cleaned_data["changing"],
                from_on=form.cleaned_data["from_on"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                today=today,
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            words.forget()
            messages.success(
                request,
                f"Version {row.version} is set, in force from {on(row.from_on)}. Everybody is placed "
                "under it in the first night's run from that day.",
            )
            return redirect("grid-policy")
    context = {
        "form": form,
        "words": words,
        "heading": f"Change {group_name(code)}" if code else "Change the contact levels",
        "lead": f"You are changing version {kept.version}, in force from {on(kept.from_on)}. It is kept, and holds until the new one's day.",
        "outside": [form[name] for name in OUTSIDE] if not code else [],
        "rows": []
        if code
        else [(level.title, [form[f"{level}{band}"] for band in Band]) for level in Level],
        "back": reverse("grid-policy"),
    }
    return render(request, "grid/set_grid_policy.html", context)


def _form(words, code, kept):
    body, version = kept.body, {"changing": kept.version}
    if code:
        initial = as_written(body["groups"][code]) | version
        return words.form(GroupForm, code=code, initial=initial)
    initial = version | {group: body["groups"][group]["contact_level"] for group in GROUPS}
    for name in OUTSIDE:
        initial[name] = body[name]
    return words.form(ContactLevelsForm, initial=initial)
