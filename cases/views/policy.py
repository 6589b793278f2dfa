"""The provider's policies on assessing, checks, clocks, endings, enforcement, meetings, requests and supervision: what is in force, and a new version of it.

Source: architecture, "policy that a provider sets". That of the GRID has pages of its own.
"""

from dataclasses import dataclass
from datetime import date, time

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.forms import policy as forms
from cases.forms.enforcement.policy import LADDERS, EnforcementPolicyForm
from cases.forms.supervision_policy import SupervisionPolicyForm
from cases.models import Policy
from cases.reference.checks import CheckKind
from cases.reference.enforcement import SentBy, Step
from cases.reference.policies import Policies
from cases.rules.words import counted, listed, within_a_sentence
from cases.services.policy import newest_policy, policy, set_policy
from staff.access import staff_view
from staff.errors import RuleBroken
from staff.kit import Happening, Line, Tag, on
from staff.permissions import Action, reach
from staff.rules.dates import say_date, say_time
from staff.views.keeping import words_of

FORMS: dict[Policies, type[forms.NumbersPolicyForm | forms.ClocksPolicyForm]] = {
    Policies.ASSESSING: forms.AssessingPolicyForm,
    Policies.CHECKS: forms.ChecksPolicyForm,
    Policies.CLOCKS: forms.ClocksPolicyForm,
    Policies.ENDING: forms.EndingPolicyForm,
    Policies.ENFORCEMENT: EnforcementPolicyForm,
    Policies.MEETING: forms.MeetingPolicyForm,
    Policies.SUPERVISION: SupervisionPolicyForm,
}


@dataclass(frozen=True)
class Part:
    """A part of a policy that is changed by itself."""

    title: str
    lines: list[Line]
    change: str  # the address that changes it


@staff_view(Action.VIEW_POLICY)
def read_policy(request, name):
    title, kept = _known(name).title, policy(name, localdate())
    may_set = bool(reach(request.user.role, Action.SET_POLICY))
    rows = Policy.objects.filter(name=name).select_related("set_by").order_by("-version")
    context = {
        "heading": title,
        "lead": f"Version {kept.version}, in force from {on(kept.from_on)}.",
        "source": kept.source,
        "parts": PARTS[name](kept.body, reverse("set-policy", args=[name])),
        "may_set": may_set,
        "versions": [_version(row, kept) for row in rows],
    }
    return render(request, "cases/policy.html", context)


@staff_view(Action.SET_POLICY)
def change_policy(request, name):
    """A new version. Of requests, one kind of agency at a time: `kind` in the address."""
    today, kind = localdate(), request.GET.get("kind", "")
    title, kept = _known(name).title, newest_policy(name)
    if kind and (name != Policies.REQUESTS or kind not in set(CheckKind)):
        raise Http404
    words = words_of(request)
    form = _form(words, name, kind, kept)
    if request.method == "POST" and form.is_valid():
        try:
            row = set_policy(
                name=name,
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
            said = f"Version {row.version} is set, in force from {on(row.from_on)}."
            messages.success(request, f"{said} What is begun from that day goes by it.")
            return redirect("policy", name=name)
    context = {
        "form": form,
        "words": words,
        "heading": f"Change the {within_a_sentence(title)}",
        "about": CheckKind(kind).title if kind else "",
        "lead": f"You are changing version {kept.version}, in force from {on(kept.from_on)}. It is kept, and holds until the new one's day.",
        "back": reverse("policy", args=[name]),
    }
    return render(request, "cases/set_policy.html", context)


def _known(name):
    if name not in set(Policies):
        raise Http404
    return Policies(name)


def _form(words, name, kind, kept):
    initial = {"changing": kept.version, "from_on": localdate()}
    if name == Policies.REQUESTS:
        written = forms.RequestsPolicyForm.as_written(kept.body, kind)
        return words.form(forms.RequestsPolicyForm, kind=kind, initial=initial | written)
    return words.form(FORMS[name], initial=initial | FORMS[name].as_written(kept.body))


def _version(row, kept):
    return Happening(
        title=f"Version {row.version}",
        when=f"in force from {on(row.from_on)}",
        by=row.set_by.name if row.set_by else "",
        text=row.reason or row.source,
        tag=Tag("In force", "blue") if row.version == kept.version else None,
        on=row.from_on.isoformat(),
    )


def _numbers(form):
    """The one part of a policy that is a list of numbers, as its form writes it."""

    def parts(body, change):
        written = form.as_written(body)
        lines = [
            Line(label, str(written[name] or "As the service came with it"), detail=hint)
            for name, (label, hint) in form.numbers.items()
        ]
        return [Part("What is allowed", lines, change)]

    return parts


def _clocks(body, change):
    lengths = [
        Line(kind.title, f"{body['lengths'].get(kind.code, kind.days)} working days")
        for kind in forms.CLOCKS
    ]
    days = [say_date(date.fromisoformat(day)) for day in body["extra_bank_holidays"]]
    holidays = Line("Bank holidays proclaimed since", ", ".join(days) or "None")
    return [Part("What is allowed", [*lengths, holidays], change)]


def _enforcement(body, change):
    (numbers,) = _numbers(EnforcementPolicyForm)(body, change)
    served = [
        Line(
            f"Counts as served: {how.title.lower()}",
            counted(body["served_after"][how], "working day") + " after it went",
        )
        for how in SentBy
    ]
    post = Line("The last post", say_time(time.fromisoformat(body["last_post"])))
    ladders = [
        Line(one.title, listed(Step(step).title for step in body["ladders"][one]))
        for one in LADDERS
    ]
    return [
        Part("What is allowed", [*numbers.lines, *served, post], change),
        Part("Warnings of local policy, in order", ladders, change),
    ]


def _requests(body, change):
    reply_to = [Line(label, body["reply_to"][name]) for name, label in forms.REPLY_TO.items()]
    return [
        Part("Every agency", reply_to, change),
        *(_asked(CheckKind(kind), said, change) for kind, said in body["kinds"].items()),
    ]


def _asked(kind, said, change):
    lines = [
        Line("Why we ask", said["purpose"]),
        Line("By what right", "; ".join(said["legal_basis"])),
        Line("What we ask", " ".join(said["questions"])),
    ]
    return Part(kind.title, lines, f"{change}?kind={kind}")


PARTS = {
    Policies.ASSESSING: _numbers(forms.AssessingPolicyForm),
    Policies.CHECKS: _numbers(forms.ChecksPolicyForm),
    Policies.CLOCKS: _clocks,
    Policies.ENDING: _numbers(forms.EndingPolicyForm),
    Policies.ENFORCEMENT: _enforcement,
    Policies.MEETING: _numbers(forms.MeetingPolicyForm),
    Policies.REQUESTS: _requests,
    Policies.SUPERVISION: _numbers(SupervisionPolicyForm),
}
