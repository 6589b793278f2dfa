"""`./manage.py allocate_work FILE --as USERNAME [--dry-run] [--rejects FILE]`: places from a CSV file (docs/import.md).

By the same check as the pages, with no more than that member of staff may do. Exit status: 0 all were given, 1 some
lines were rejected, 2 nothing was loaded.
"""

from functools import partial
from pathlib import Path

from django.utils.timezone import now

from staff.models import User
from unpaidwork.management.csv_files import CsvCommand
from unpaidwork.services.load_allocations import load_allocations


class Command(CsvCommand):
    help = (
        "Give people places at work from a CSV file. A line is given by the same check as on the pages, or written with "
        "why to a file of rejects. Exit status 0: all were given; 1: some were rejected; 2: nothing was loaded."
    )
    rejects = Path("rejected-places.csv")
    told = ("read", "allocated", "rejected")

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--as", dest="username", required=True, help="whose permissions count, and who did it"
        )

    def handle(self, *, path, username, dry_run, rejects, **options):
        by = User.objects.filter(username=username, is_active=True).first()
        load = partial(load_allocations, by=by, now=now())
        self.carry_out(load, path=path, dry_run=dry_run, rejects=rejects)
