"""The provider's policies on assessing, checks, clocks, endings, enforcement, meetings, requests and supervision: what is in force, and a new version of it.

Source: architecture, "policy that a provider sets". That of the GRID has pages of its own.
"""

from datetime import date, time
from functools import partial

from django.http import Http404

from cases.forms import policy as forms
from cases.forms.enforcement.policy import LADDERS, EnforcementPolicyForm
from cases.forms.supervision_policy import SupervisionPolicyForm
from cases.reference.checks import CheckKind
from cases.reference.enforcement import SentBy, Step
from cases.reference.policies import Policies
from cases.rules.words import counted, listed
from cases.services.policy import set_policy
from cases.views.policy_pages import Pages, Part, policy_page, set_policy_page
from staff.access import staff_view
from staff.kit import Line
from staff.permissions import Action
from staff.rules.dates import say_date, say_time

FORMS: dict[Policies, type[forms.NumbersPolicyForm | forms.ClocksPolicyForm]] = {
    Policies.ASSESSING: forms.AssessingPolicyForm,
    Policies.CHECKS: forms.ChecksPolicyForm,
    Policies.CLOCKS: forms.ClocksPolicyForm,
    Policies.ENDING: forms.EndingPolicyForm,
    Policies.ENFORCEMENT: EnforcementPolicyForm,
    Policies.MEETING: forms.MeetingPolicyForm,
    Policies.SUPERVISION: SupervisionPolicyForm,
}


@staff_view(Action.VIEW_POLICY)
def read_policy(request, name):
    return policy_page(request, _pages(name))


@staff_view(Action.SET_POLICY)
def change_policy(request, name):
    """A new version. Of requests, one kind of agency at a time: `kind` in the address."""
    pages, kind = _pages(name), request.GET.get("kind", "")
    if kind and (name != Policies.REQUESTS or kind not in set(CheckKind)):
        raise Http404
    if name != Policies.REQUESTS:
        return set_policy_page(request, pages, FORMS[name])
    about = CheckKind(kind).title if kind else ""
    return set_policy_page(request, pages, forms.RequestsPolicyForm, about=about, kind=kind)


def _pages(name):
    """Of a policy of this list. There is no page of any other here."""
    if name not in set(Policies):
        raise Http404
    return Pages(
        name=name,
        title=Policies(name).title,
        read_at="policy",
        set_at="set-policy",
        parts=PARTS[name],
        set_version=partial(set_policy, name=name),
        then="What is begun from that day goes by it.",
        known=(name,),
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
