"""Writing a row that several people write: what each changed is put together, and what both changed is not written.

Source: architecture, concurrency.
"""

from staff.errors import RuleBroken
from staff.rules.merging import marks, merged
from unpaidwork.models import Project
from unpaidwork.queries.project_words import held, plain


def put_together(row, said, seen, names):
    """(what of `said` to write, names of what both changed). `seen` None: what stands is written over."""
    given = plain(said)
    stands = plain(held(row, names)) if row.pk else {}
    known = marks(stands, given) if seen is None or not row.pk else seen
    outcome = merged(known, given, stands)
    return {name: said[name] for name in outcome.write}, outcome.conflicts


def set_on(row, write):
    """Put these in their columns. A place is two of them."""
    for name, value in write.items():
        if name == "point":
            row.easting, row.northing = value or (None, None)
        elif name != "stops":
            setattr(row, name, value)


def tidied(said):
    """The same, without blanks around what was typed."""
    return {
        name: " ".join(value.split()) if isinstance(value, str) and "\n" not in value else value
        for name, value in said.items()
    }


def locked(project):
    """As it stands now, held until this is done, before the cases of those who work there: as allocating holds them."""
    return Project.objects.select_for_update(no_key=True).get(pk=project.pk)


def of_project(model, row, gone):
    """A part of a project as it stands now, its project held. Refused where somebody ended it meanwhile."""
    project = locked(row.project)
    found = model.objects.filter(pk=row.pk, project=project).first()
    if found is None or getattr(found, "ended_on", None):
        raise RuleBroken(gone)
    found.project = project
    return found
