"""Whether a site suits one person: who supervises, tools, health, what could go wrong there, women's choice.

Source: unpaid work reference 5 (violence, weapons, arson: tools and ratio; health: tasks; women: asked, never alone).
"""

from cases.reference.codes import Sex
from cases.rules.words import listed, within_a_sentence
from unpaidwork.reference.dangers import (
    ASKED_ABOUT,
    NOT_GIVEN,
    UNFIT_FOR,
    Body,
    Danger,
    Supervised,
)
from unpaidwork.reference.risk import Choice
from unpaidwork.reference.sites import Near, ProjectKind, Takes, Tool
from unpaidwork.rules.site_words import key_of, named, never, refuse, warn
from unpaidwork.rules.sites import NO_SIGNAL, staff_needed

NEEDS_TWO_STAFF = (Danger.STAFF, Danger.WEAPON)
BY_THEMSELVES = frozenset({ProjectKind.INDIVIDUAL, ProjectKind.HOME})  # nobody of ours, no group


def fit(worker, site):
    """[Found] of what does not suit."""
    return [
        *by_supervision(worker, site),
        *by_tools(worker, site),
        *by_body(worker, site),
        *by_kind(worker, site),
        *by_sex(worker, site),
    ]


def by_supervision(worker, site):
    if site.kind == ProjectKind.HOME:
        return
    if site.kind == ProjectKind.GROUP and staff_needed(site, site.most) == 1:
        if has := named(worker.dangers, NEEDS_TWO_STAFF):
            yield refuse(
                key_of(site, "lone-supervisor"),
                f"One supervisor may be alone at {site.name}, and their record says: {has}. Have two there.",
                "No lone supervisor for risk to staff or weapons",
            )
        elif Danger.VIOLENCE in worker.dangers and site.signal in NO_SIGNAL:
            yield refuse(
                key_of(site, "lone-supervisor"),
                f"One supervisor may be alone at {site.name} where a telephone may not work, and their record "
                "says: violence. Have two there.",
                "No lone supervisor without a signal where violence is on record",
            )
        elif Danger.VIOLENCE in worker.dangers:
            yield warn(
                key_of(site, "lone-supervisor"),
                f"One supervisor may be alone at {site.name}, and their record says: violence. See that who "
                "supervises knows what sets it off.",
                "Violence is told to a lone supervisor",
            )
    for one, who in ((Supervised.NOT_WOMAN, "a woman"), (Supervised.NOT_MAN, "a man")):
        if one in worker.supervised:
            yield warn(
                key_of(site, one),
                f"They must not be supervised by {who}. See to it that none supervises at {site.name} on their day.",
                "Supervisor match",
            )


def by_tools(worker, site):
    for danger, tools in NOT_GIVEN.items():
        used = tools & site.tools
        if danger in worker.dangers and used:
            yield refuse(
                key_of(site, f"tools-{danger}"),
                f"{_tools(used)} used at {site.name}, and their record says: {within_a_sentence(danger.title)}.",
                "No blades for weapons, violence or risk to staff, and no flammables for arson",
            )


def by_body(worker, site):
    for body, tools in UNFIT_FOR.items():
        used = tools & site.tools
        if body in worker.body and used:
            find = warn if body in ASKED_ABOUT else refuse
            yield find(
                key_of(site, f"body-{body}"),
                f"{_tools(used)} used at {site.name}. Their risk assessment says: "
                f"{within_a_sentence(body.title)}.",
                "Tasks that somebody's health excludes",
            )
    if (
        Body.DISABLED in worker.body
        and site.step_free is not True
        and site.kind != ProjectKind.HOME
    ):
        how = "has steps" if site.step_free is False else "is not known to be without steps"
        yield warn(
            key_of(site, "step-free"),
            f"{site.name} {how}. Their risk assessment says: {within_a_sentence(Body.DISABLED.title)}.",
            "Step-free access where it is needed",
        )


def by_kind(worker, site):
    """What their risk assessment says could go wrong in such a place."""
    if ProjectKind.INDIVIDUAL in worker.kept_from and site.kind == ProjectKind.INDIVIDUAL:
        yield refuse(
            key_of(site, "by-themselves"),
            f"{site.name} takes one person by themselves. Their risk assessment says that this could go wrong.",
            "What the risk assessment says of placements",
        )
    if ProjectKind.GROUP in worker.kept_from and site.kind == ProjectKind.GROUP:
        yield warn(
            key_of(site, "group"),
            f"{site.name} is a group. Their risk assessment says that a group could go wrong.",
            "What the risk assessment says of placements",
        )
    if Near.PUBLIC in worker.kept_from and Near.PUBLIC in site.near:
        yield refuse(
            key_of(site, "public"),
            f"The public are at {site.name}. Their risk assessment says that there is work they must not do near them.",
            "What the risk assessment says of placements",
        )


def by_sex(worker, site):
    if site.takes == Takes.WOMEN and not worker.woman:
        if worker.sex == Sex.MALE:
            yield never(key_of(site, "takes"), f"{site.name} is for women only.", "Women only")
        else:
            yield warn(
                key_of(site, "takes"),
                f"{site.name} is for women only. Ask whether it is right for them.",
                "Women only",
            )
    if site.takes == Takes.MEN and worker.sex != Sex.MALE:
        yield never(key_of(site, "takes"), f"{site.name} is for men only.", "Men only")
    if not worker.woman or site.kind in BY_THEMSELVES:
        return
    yield from asked_first(worker)
    if worker.choice == Choice.WOMEN_ONLY and site.takes != Takes.WOMEN:
        yield never(
            key_of(site, "women-only"),
            f"She chose to work with women only, and {site.name} takes men too.",
            "A woman's choice of a women-only group",
        )


def asked_first(worker):
    """What a woman is asked before she is given a place, whatever the project."""
    if worker.woman and worker.choice == Choice.NOT_ASKED:
        yield never(
            "women:not-asked",
            "Nobody has recorded her choice of whom she works with. Ask her, in the risk assessment.",
            "A woman is asked about women-only groups before she is given a place",
        )


def _tools(used):
    names = [within_a_sentence(Tool(one).title) for one in sorted(used)]
    return f"{listed(names).capitalize()} {'are' if len(names) > 1 or names[0].endswith('s') else 'is'}"
