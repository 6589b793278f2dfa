"""Projects as lines of a file: what is loaded by `load_projects` can be read out again in the same columns.

Who is near a site is left out, so that no file says where a refuge stands; so is everybody who works there.
"""

from unpaidwork.queries.project_lists import rows_of
from unpaidwork.rules.project_lines import COLUMNS, say_days, say_list, say_yes_no

CSV_HEAD = [*COLUMNS, "today", "allocated", "to_put_right"]
AT_ONCE = 200


def csv_lines(projects, today, closed):
    """A line each of these projects, in their order."""
    projects = list(projects.prefetch_related("availability"))
    for start in range(0, len(projects), AT_ONCE):
        some = projects[start : start + AT_ONCE]
        for one, row in zip(some, rows_of(some, today, closed), strict=True):
            yield [*_line(one), row.today, row.allocated, "; ".join(row.wrong)]


def _line(one):
    said = {
        "beneficiary": one.beneficiary.name,
        "team": one.team.code if one.team else "",
        "from_on": one.from_on.isoformat(),
        "to_on": one.to_on.isoformat() if one.to_on else "",
        "hi_vis": say_yes_no(one.hi_vis),
        "step_free": say_yes_no(one.step_free),
        "toilets": say_yes_no(one.toilets),
        "tasks": say_list(one.tasks),
        "days": say_days(one.availability.all()),
    }
    return [said[name] if name in said else getattr(one, name) for name in COLUMNS]
