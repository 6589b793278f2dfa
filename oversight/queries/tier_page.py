"""What the page of a case's national tier shows: the tier, each line of its working, and what is not known.

Source: risk flags reference 1.1 and 1.2. What it weighs is not said here: beside the points of an officer, of whom one case
is kept from the reader, it would tell what that one weighs.
"""

from dataclasses import dataclass

from cases.rules.words import counted
from oversight.queries.tiers import tiers_of
from oversight.rules.tiers import RULES_VERSION

SOURCE = f"{RULES_VERSION}, as read at hmpps-tier affac98."


@dataclass(frozen=True)
class Part:
    """To protect, or to change: what it comes to, and each line."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class TierPage:
    code: str
    parts: list[Part]
    not_known: tuple[str, ...]
    source: str


def tier_page(case, today, policy) -> TierPage:
    found = tiers_of([case.pk], today, policy)[case.pk]
    tier = found.tier
    return TierPage(
        code=found.code,
        parts=[
            _part(tier.protect.title, tier.protect_points, tier.protect_lines),
            _part(tier.change.title, tier.change_points, tier.change_lines),
        ],
        not_known=found.not_known,
        source=f"{SOURCE} Version {policy.version} of the policy on workload.",
    )


def _part(title, points, lines):
    said = tuple(line.sentence for line in lines)
    return Part(f"{title}: {counted(points, 'point')}", said)
