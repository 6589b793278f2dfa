"""Commands that take lines of a CSV file: reading it, carrying it out, and writing what did not land with why before it.

Source: docs/import.md.
"""

import csv
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from staff.errors import RuleBroken

SOME_REJECTED, NOTHING_LOADED = 1, 2


class CsvCommand(BaseCommand):
    """`rejects`: the file that what did not land goes to unless another is named; `told`: the counts, as they are said."""

    rejects: Path
    told: tuple[str, ...]

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen; keep none of it"
        )
        parser.add_argument(
            "--rejects",
            type=Path,
            default=self.rejects,
            help=f"where to write what did not land (default {self.rejects})",
        )

    def carry_out(self, load, *, path, dry_run, rejects):
        """Call `load` with the head and the lines of the file, and say what came of it."""
        head, lines = read_csv(path)
        try:
            with transaction.atomic():
                done = load(head=head, lines=lines)
                transaction.set_rollback(dry_run)
        except RuleBroken as refusal:
            raise CommandError(str(refusal), returncode=NOTHING_LOADED) from refusal
        self.stdout.write(", ".join(f"{done.counts[name]:,} {name}" for name in self.told))
        if done.rejected:
            write_rejects(rejects, head, done.rejected)
            self.stdout.write(f"What was rejected, and why, is in {rejects}.")
        if dry_run:
            self.stdout.write("This was a dry run: nothing was kept.")
        if done.rejected:
            sys.exit(SOME_REJECTED)


def read_csv(path):
    """(the head, the lines), each a list of cells. Says what cannot be read."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = [row for row in csv.reader(file, strict=True) if row]
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise CommandError(
            f"{path} cannot be read: {problem}", returncode=NOTHING_LOADED
        ) from problem
    if not rows:
        raise CommandError(f"{path} is empty.", returncode=NOTHING_LOADED)
    return [name.strip() for name in rows[0]], rows[1:]


def write_rejects(path, head, rejected):
    """The lines as they were: mended, the file can be loaded after its first two columns go."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["line", "why", *head])
        for number, why, cells in rejected:
            writer.writerow([number, why, *cells])
