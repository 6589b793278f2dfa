"""Limited access and what is wrong with the data: both as planned, both written through the services."""

from cases.services.limited_access import Limited, Person

MESSAGES = {
    "restricted": "Access to this case is limited to named staff.",
    "excluded": "You are not to open this case.",
    "unlisted": "Access to this case is limited.",
}
ISSUES = {
    "no_birth_date": "No date of birth: OGRS3 cannot be scored",
    "no_sex": "Sex is not recorded as male or female: OGRS3 cannot be scored",
    "limited_without_list": "Access is limited and nobody said who may open the case",
}


def limit_of(plan, workforce):
    """Restricted to the officer and their senior; kept from one colleague; or with no list of users."""
    spo = plan.team.spo
    people: frozenset[Person] = frozenset()
    if plan.limit == "restricted":
        people = frozenset(Person(one.user_id, let_in=True) for one in (plan.officer, spo))
    if plan.limit == "excluded":
        kept_out = next(one for one in plan.team.officers if one is not plan.officer)
        if plan.told:
            kept_out = workforce.officer
        people = frozenset({Person(kept_out.user_id, let_in=False)})
    return Limited(
        case_id=plan.case_id,
        restricted=plan.limit != "excluded",
        message=MESSAGES[plan.limit],
        ask=f"{spo.name}, senior probation officer",
        listed=plan.limit != "unlisted",
        people=people,
    )


def issues_of(plan):
    """What the data quality page has of this case."""
    if "born_on" in plan.needs:
        yield "no_birth_date"
    if "sex" in plan.needs:
        yield "no_sex"
    if plan.limit == "unlisted":
        yield "limited_without_list"
