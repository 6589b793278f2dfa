"""The import from beginning to end, in one transaction. Nothing of it stands until all of it does.

Source: the import contract in docs/import.md.
"""

from dataclasses import dataclass
from time import monotonic

import pghistory
from django.db import connection, transaction

from cases.models import ImportRun
from cases.queries.brought_in import held_now
from cases.reference.codes import Given
from cases.services.arrivals_owed import follow_arrivals
from cases.services.importing import casework, reporting
from cases.services.importing.checks_made import add_checks
from cases.services.importing.ended_here import follow_endings
from cases.services.importing.following import follow_facts, follow_victims
from cases.services.importing.limiting import apply_limits
from cases.services.importing.quality import raise_issues
from cases.services.importing.settling import settle
from cases.services.importing.staffing import add_teams
from cases.services.importing.staging import stage
from cases.services.importing.targets import PEOPLE, RECORDS, SENTENCES
from cases.services.importing.upserting import KEPT, TEMPORARY, TOUCHED, upsert
from cases.services.importing.wording import find_codes
from cases.services.names import key_names
from staff.audit import record
from staff.errors import RuleBroken

SUFFIX = ".ndjson"
LOCK = "import_caseload"
ONE_AT_A_TIME = "SELECT pg_try_advisory_xact_lock(hashtext(%s))"


@dataclass(frozen=True)
class Imported:
    """What became of an extract. `rejects` are (file, line, field, reason, kind, crn)."""

    run: ImportRun
    counts: dict
    rejects: list
    landed: int


def files_of(path):
    """The files of an extract, in order of name. Refuses a path that holds none."""
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise RuleBroken(f"There is nothing at {path}.")
    found = sorted(one for one in path.iterdir() if one.suffix == SUFFIX and one.is_file())
    if not found:
        raise RuleBroken(f"There is no {SUFFIX} file in {path}.")
    return found


@transaction.atomic
def import_caseload(*, path, by, today, now, dry_run=False):
    """Bring in the extract at this path: a folder of .ndjson files, or one file.

    With `dry_run` everything is done and then undone, so that the answer is the true one.
    """
    began = monotonic()
    paths = files_of(path)
    run = ImportRun.objects.create(by=by, source=path.resolve().name[:300], counts={}, seconds=0)
    with connection.cursor() as cursor, pghistory.context(import_run=run.pk, source=run.source):
        cursor.execute(ONE_AT_A_TIME, [LOCK])
        if not cursor.fetchone()[0]:
            raise RuleBroken("Another import is under way. Try again when it has finished.")
        held = held_now()
        cursor.execute(f"DROP TABLE IF EXISTS {TEMPORARY}")  # of an earlier one in this transaction
        extract = stage(cursor, paths)
        settle(cursor)
        _land(cursor, by=by, today=today, now=now)
        counts = reporting.count(cursor)
        remarks = reporting.keep(cursor, run, extract, set(Given)) | {"held": held}
    _finish(run, extract, counts, remarks, monotonic() - began)
    record(by=by, action="imported_caseload", run=run.pk, counts=counts)
    answer = Imported(run, counts, _rejects(run), reporting.landed(counts))
    if dry_run:
        transaction.set_rollback(True)
    return answer


def _land(cursor, *, by, today, now):
    """Write what may land: who holds cases, the cases, then what hangs from them."""
    cursor.execute(TOUCHED)
    cursor.execute(KEPT)
    find_codes(cursor)
    add_teams(cursor)
    casework.gather(cursor, now)
    casework.open_new(cursor)
    cursor.execute("SELECT DISTINCT kind FROM staged WHERE reason IS NULL")
    kinds = {"", *(kind for (kind,) in cursor.fetchall())}
    for target in [*PEOPLE, *SENTENCES, *RECORDS]:
        if target.kind in kinds:
            upsert(cursor, target)
    casework.bring_up_to_date(cursor, now)
    apply_limits(cursor, by=by, today=today)
    add_checks(cursor, by=by, today=today, now=now)
    follow_endings(cursor, by=by, now=now)
    follow_facts(cursor, by=by, today=today, now=now)
    follow_arrivals(by=by, today=today, now=now)
    follow_victims(cursor, today=today, now=now)
    raise_issues(cursor, today=today)
    key_names()


def _finish(run, extract, counts, remarks, seconds):
    run.provider_code, run.extracted_at = extract.provider, extract.extracted_at
    run.counts, run.remarks, run.seconds = counts, remarks, round(seconds, 3)
    run.save()


def _rejects(run):
    fields = ("file", "line", "field", "reason", "kind", "crn")
    return list(reporting.rejects_of(run).values_list(*fields))
