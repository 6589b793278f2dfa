"""What is known before a reply is analysed, so that it is read beside it: registers, the interim plan,
what the last reply of the kind was said to change, and what is in the plan.

Source: product rules, checks ("a reply must be read and analysed").
"""

from dataclasses import dataclass

from cases.queries.actions import ActionLine, actions_of
from cases.queries.interim import standing_plan
from cases.queries.registers import OnRegister, registers_of
from cases.rules.checks import say_changes
from staff.kit import Line, on


@dataclass(frozen=True)
class Known:
    registers: list[OnRegister]
    plan: list[Line]
    last: str  # what the last reply of this kind was said to change
    last_words: str
    actions: list[ActionLine]


def known_before(case, enquiry, names, today):
    current, _ = registers_of(case, names, today)
    earlier = case.enquiries.filter(kind=enquiry.kind, analysed_on__isnull=False)
    last = earlier.exclude(pk=enquiry.pk).order_by("-analysed_on", "-pk").first()
    actions = actions_of(case, names, may_finish=False, today=today)
    return Known(
        registers=current,
        plan=_plan(case, names),
        last=f"{on(last.analysed_on)}: {say_changes(last.all_changes)}" if last else "",
        last_words=names.text(last.analysis) if last else "",
        actions=actions,
    )


def _plan(case, names):
    plan = standing_plan(case)
    if plan is None:
        return []
    return [
        Line("What we assume", names.text(plan.worst_case)),
        Line("Who is protected", names.text(plan.who_is_protected)),
        Line("What we do meanwhile", names.text(plan.what_we_do)),
        Line("Runs until", on(plan.expires_on)),
    ]
