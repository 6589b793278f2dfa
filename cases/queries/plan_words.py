"""What stands in the rows of a plan, as values that two editors' changes are compared by."""

from staff.rules.merging import mark

CONTINGENCY = ("what_if", "then", "by_whom", "by_when", "sharing")
DELIVERY = ("route", "how", "arranged_on", "sharing")
OBJECTIVE = ("what", "area", "about", "sharing")
STEP = ("what", "by_on", "actor", "by_whom", "nature", "agency_id", "protects_id", "enquiry_id", "sharing")  # fmt: skip


def said_of(row, names):
    """{name: value} of a row. Dates are as they are written in a form that is sent."""
    return {name.removesuffix("_id"): _plain(getattr(row, name)) for name in names}


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


def objective_said(objective, steps):
    """What an objective and its steps say: each step under "step:12"."""
    return said_of(objective, OBJECTIVE) | {f"step:{one.pk}": said_of(one, STEP) for one in steps}


def digest(plan):
    """A mark of all that a plan says, by which a signature knows that it is of what was read."""
    objectives = plan.objectives.order_by("pk").prefetch_related("steps")
    whole = {
        "answers": plan.answers,
        "objectives": [objective_said(one, one.steps.all()) for one in objectives],
        "contingencies": [said_of(one, CONTINGENCY) for one in plan.contingencies.order_by("pk")],
        "deliveries": [said_of(one, DELIVERY) for one in plan.deliveries.order_by("pk")],
        "agreed": plan.agreed,
    }
    return mark(whole)
