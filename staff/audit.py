"""The one way to write to the audit trail."""

from staff.models import Entry


def record(*, by, action, crn="", refused=False, **detail):
    """Write one entry. `by` is nobody when a sweep did it; keep names and free text out of `detail`."""
    return Entry.objects.create(by=by, action=action, crn=crn, refused=refused, detail=detail)


def record_many(*, by, action, crns, **detail):
    """Write the same entry for each of several cases, in one statement."""
    return record_each(by=by, action=action, rows=[(crn, detail) for crn in crns])


def record_each(*, by, action, rows):
    """Write an entry for each (CRN, detail), in one statement."""
    return Entry.objects.bulk_create(
        [Entry(by=by, action=action, crn=crn, detail=detail) for crn, detail in rows],
        batch_size=5000,
    )
