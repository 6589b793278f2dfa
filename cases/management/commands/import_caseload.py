"""`./manage.py import_caseload PATH [--dry-run] [--json] [--rejects FILE]`: an extract of nDelius.

Exit status: 0 all landed, 1 some lines or fields were rejected, 2 nothing was imported.
"""

import csv
import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate, now

from cases.services.importing.run import import_caseload
from staff.errors import RuleBroken

COLUMNS = ("file", "line", "field", "reason", "kind", "crn")
REJECTS = Path("rejects.csv")
ALL_LANDED, SOME_REJECTED, NOTHING_IMPORTED = range(3)


class Command(BaseCommand):
    help = (
        "Import an extract of nDelius: a folder of .ndjson files, or one file. "
        "Exit status 0: all landed; 1: some lines or fields were rejected; 2: nothing was imported."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, help="the folder, or one file")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen; keep none of it"
        )
        parser.add_argument(
            "--json", action="store_true", help="print the counts as JSON and nothing else"
        )
        parser.add_argument(
            "--rejects", type=Path, help=f"where to write what did not land (default {REJECTS})"
        )

    def handle(self, *, path, dry_run, json, rejects, **options):
        try:
            done = import_caseload(
                path=path, by=None, today=localdate(), now=now(), dry_run=dry_run
            )
        except RuleBroken as refusal:
            raise CommandError(str(refusal), returncode=NOTHING_IMPORTED) from refusal
        where = rejects or (None if dry_run else REJECTS)
        if where:
            write_rejects(where, done.rejects)
        if json:
            self.stdout.write(as_json(done.counts))
        else:
            self._tell(done, where, dry_run)
        status = status_of(done)
        if status:
            sys.exit(status)

    def _tell(self, done, where, dry_run):
        for kind, counts in done.counts.items():
            if counts["read"]:
                told = ", ".join(f"{number} {what}" for what, number in counts.items())
                self.stdout.write(f"{kind.replace('_', ' ')}: {told}")
        if not done.landed:
            self.stdout.write("Nothing was imported.")
        if done.rejects:
            fields = sum(1 for row in done.rejects if row[2])
            lines = len(done.rejects) - fields
            place = f" See {where}." if where else ""
            self.stdout.write(f"Rejected: lines {lines:,}, fields {fields:,}.{place}")
        if dry_run:
            self.stdout.write("This was a dry run: nothing was kept.")


def as_json(counts):
    return json.dumps(counts)


def write_rejects(where, rows):
    with where.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows)


def status_of(done):
    if not done.landed:
        return NOTHING_IMPORTED
    return SOME_REJECTED if done.rejects else ALL_LANDED
