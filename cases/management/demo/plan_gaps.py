"""What is left out of a plan that is still being written, and by which key that gap is known.

Source: HMIP Thames Valley CRC 2018, 2.2.
"""

from cases.reference.needs import ITEMS, NeedArea

LEAVES = {"objective": 30, "harm": 25, "victim": 20, "contingency": 35, "children": 25, "abuse": 12, "route": 20, "visits": 12}  # fmt: skip


def priorities(answers):
    """Linked to harm, or to reoffending and a severe need."""
    for area in NeedArea:
        scores = [answers.get(f"{area}.{code}") for code, _ in ITEMS.get(area, ())]
        severe = answers.get(f"{area}.offending") == "yes" and "2" in scores
        if severe or answers.get(f"{area}.harm") == "yes":
            yield str(area)


def leave_objective(plan, one):
    """The first priority has no objective."""
    for each in [each for each in one.objectives if each.area][:1]:
        one.objectives.remove(each)
        if plan.assessments[0].completed_on and each.area in priorities(
            plan.assessments[0].answers
        ):
            one.gaps += [f"objective:{about}" for about in each.about]


def leave_harm(plan, one):
    """Nothing is said of the risk to anybody, nor done for whoever is named."""
    for each in [each for each in one.objectives if not each.area]:
        one.objectives.remove(each)
        one.gaps += [f"objective:{about}" for about in each.about]
        one.gaps += _unprotected(plan, each)


def leave_victim(plan, one):
    for each in one.objectives:
        one.gaps += _unprotected(plan, each)
        each.steps = [step for step in each.steps if not step.protects]


def _unprotected(plan, objective):
    return [f"protects:{step.protects.id}" for step in objective.steps if step.protects]


def leave_contingency(plan, one):
    one.contingencies = []
    one.gaps.append("contingency")


def leave_children(plan, one):
    _leave_bare(one, "children")


def leave_abuse(plan, one):
    _leave_bare(one, "domestic_abuse")


def _leave_bare(one, subject):
    one.answers = {
        code: said for code, said in one.answers.items() if not code.startswith(f"{subject}.")
    }
    one.answers[f"{subject}.answer"] = "unknown"
    one.gaps.append(f"family:{subject}")


def leave_route(plan, one):
    """A requirement with no way to deliver it."""
    for each in one.deliveries[:1]:
        kind = "requirement" if each.requirement_id else "condition"
        name = f"{kind}:{each.requirement_id or each.condition_id}"
        each.route, each.how, each.arranged_on = "none", "", None
        one.warnings = [key for key in one.warnings if key != f"arranged:{name}"]
        one.gaps.append(f"route:{name}")


def leave_visits(plan, one):
    one.answers.pop("home_visits.answer")
    concern = plan.concern or "yes" in (
        one.answers.get("children.answer"),
        one.answers.get("domestic_abuse.answer"),
    )
    (one.gaps if concern else one.warnings).append("home_visits")


LEAVE = {
    "objective": leave_objective,
    "harm": leave_harm,
    "victim": leave_victim,
    "contingency": leave_contingency,
    "children": leave_children,
    "abuse": leave_abuse,
    "route": leave_route,
    "visits": leave_visits,
}
