"""Places everybody in the GRID now, as the night's run does: ./manage.py place_caseload --help."""

import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate, now

from cases.models import Case
from cases.reference.codes import Place
from cases.services.jobs import finish_job
from grid.services.caseload import JOB, place_chunk

PATIENCE = 600  # seconds to wait for a run that is under way


class Command(BaseCommand):
    help = (
        "Place every person in the GRID, or say why they cannot be placed. Only what changed is "
        "written, so a second run writes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("--as-of", type=date.fromisoformat, help="YYYY-MM-DD instead of today")
        parser.add_argument("--json", action="store_true", help="the counts as one JSON object")

    def handle(self, **options):
        today, moment = options["as_of"] or localdate(), now()
        total, seen = Case.objects.count(), 0

        def step(after):
            nonlocal seen
            last, counts = place_chunk(after=after, today=today)
            seen += sum(counts.get(place, 0) for place in Place)
            if not options["json"] and options["verbosity"]:
                self.stderr.write(f"Placed {seen:,} of {total:,}", ending="\r")
                self.stderr.flush()
            return last, counts

        run = finish_job(
            patience=PATIENCE,
            job=JOB,
            slot=f"{moment:%y%m%dT%H%M%S.%f}",  # a run of its own, however soon after another
            today=today,
            now=moment,
            step=step,
        )
        if not run.finished_at:
            raise CommandError("Another run is under way. Try again when it has finished.")
        counts = {str(place): run.result.get(place, 0) for place in Place}
        written = {
            name: run.result.get(name, 0) for name in ("placements_written", "standings_written")
        }
        if options["json"]:
            answer = {"as_of": today.isoformat(), "people": sum(counts.values())} | counts | written
            self.stdout.write(json.dumps(answer))
            return
        for place in Place:
            self.stdout.write(f"{place.title:<24}{counts[place]:>8,}")
        self.stdout.write(f"{'Placements written':<24}{written['placements_written']:>8,}")
        self.stdout.write(f"{'Standings written':<24}{written['standings_written']:>8,}")
