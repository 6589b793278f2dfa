"""`./manage.py load_projects FILE [--dry-run] [--rejects FILE]`: projects from a CSV file (docs/import.md).

Exit status: 0 all landed, 1 some lines were rejected, 2 nothing was loaded.
"""

from functools import partial
from pathlib import Path

from django.utils.timezone import localdate, now

from unpaidwork.management.csv_files import CsvCommand
from unpaidwork.services.load_projects import load_projects


class Command(CsvCommand):
    help = (
        "Load projects from a CSV file. A line lands whole or is written with why to a file of rejects; a second run "
        "changes nothing. Exit status 0: all landed; 1: some were rejected; 2: nothing was loaded."
    )
    rejects = Path("rejected-projects.csv")
    told = ("read", "added", "changed", "unchanged", "rejected")

    def handle(self, *, path, dry_run, rejects, **options):
        load = partial(load_projects, by=None, today=localdate(), now=now())
        self.carry_out(load, path=path, dry_run=dry_run, rejects=rejects)
