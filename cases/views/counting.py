"""Measures as their pages place them: each with its numbers, which open their lists, and its target where one is set."""

from dataclasses import dataclass

from django.urls import reverse

from cases.queries.counting import MET
from cases.rules.addresses import address
from staff.kit import Column, Link, Tag
from staff.rules.dates import say_date

COLUMNS = [
    Column("Measure"), Column("Number", numeric=True), Column("Out of", numeric=True), Column("Share", numeric=True), Column("Target"),
]  # fmt: skip
LIST_COLUMNS = [
    Column(one) for one in ("Person on probation", "Officer", "Day", "Is it so?", "Why")
]


@dataclass(frozen=True)
class MeasureRow:
    title: str
    how: str
    source: str
    met: Link
    counted: Link
    share: str
    target: str
    tag: Tag | None


@dataclass(frozen=True)
class PartShown:
    title: str
    rows: list[MeasureRow]


def part_shown(part, measures, found, *, page, codes, policy=None):
    """One part of the measures. `found`: {code: Sum}; `page`: that of the lists; `policy`: has the targets."""
    here = [one for one in measures.values() if one.part == part]
    rows = [_row(one, found[one.code], page, codes, policy) for one in here]
    return PartShown(part.title, rows)


def say_days(window):
    return f"From {say_date(window.first)} to {say_date(window.last)}, counted now."


def valid(form):
    """The form, looked through: a code that is not on offer is left out, and that is said on it."""
    form.is_valid()
    return form


def _row(measure, found, page, codes, policy):
    target = getattr(policy, measure.target) if measure.target else None
    share = found.share
    below = target is not None and found.is_below(target)

    def link(count, hidden, **which):
        href = address(reverse(page), **codes, code=measure.code, **which)
        return Link(f"{count:,}", href if count else "", hidden=hidden)

    return MeasureRow(
        title=measure.title,
        how=measure.how,
        source=measure.source,
        met=link(found.met, f"{measure.title}: number", which=MET),
        counted=link(found.counted, f"{measure.title}: out of"),
        share=f"{share}%" if share is not None else "Too few" if found.counted else "None",
        target=f"{target}%" if target else "None set",
        tag=Tag("Below target", "orange") if below else None,
    )
