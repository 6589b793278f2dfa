"""Places the caseload in the GRID now, as the night's run does: ./manage.py place_caseload --help."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count, Max
from django.utils.timezone import localdate, now

from cases.management.days import day
from cases.models import Case, Standing
from cases.reference.codes import Place
from cases.services.jobs import finish_job
from grid.services.caseload import AFRESH, WAITING, place_chunk, waiting

PATIENCE = 600  # seconds to wait for a run that is under way
WRITTEN = ("placements_written", "standings_written")


class Command(BaseCommand):
    help = (
        "Place in the GRID everybody whose facts have changed since they were last placed, or who "
        "never were, and count where everybody stands. Only what changed is written, so a second "
        "run writes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("--as-of", type=day, help="a date such as 2018-10-01, instead of today")
        parser.add_argument("--json", action="store_true", help="the counts as one JSON object")
        parser.add_argument(
            "--afresh", action="store_true", help="everybody, whatever has been marked as changed"
        )

    def handle(self, **options):
        today = options["as_of"] or localdate()
        last = Standing.objects.aggregate(last=Max("placed_on"))["last"]
        if last and today < last:
            raise CommandError(
                f"Somebody was placed on {last} already. Write that day or a later one, so that no "
                "placement ends before it begins."
            )
        quiet = options["json"] or not options["verbosity"]
        result = self.place(today, options["afresh"], quiet)
        counts = dict(Standing.objects.values_list("place").annotate(Count("pk")).order_by())
        counts = {str(place): counts.get(place, 0) for place in Place}
        written = {name: result.get(name, 0) for name in WRITTEN}
        failed = result.get("failed", 0)
        if options["json"]:
            answer = {"as_of": today.isoformat(), "people": sum(counts.values())} | counts | written
            self.stdout.write(json.dumps(answer))
        else:
            for place in Place:
                self.stdout.write(f"{place.title:<24}{counts[place]:>8,}")
            for name in WRITTEN:
                self.stdout.write(f"{name.replace('_', ' ').capitalize():<24}{written[name]:>8,}")
        if failed:
            raise CommandError(f"Not placed because of a fault: {failed}. The log names each case.")

    def place(self, today, afresh, quiet):
        """Run it to its end, saying how far it is."""
        total = (Case.objects.all() if afresh else waiting(today)).count()
        done = 0

        def step(after):
            nonlocal done
            last, counts = place_chunk(after=after, today=today, afresh=afresh)
            done += sum(counts.get(place, 0) for place in Place)
            if not quiet:
                self.stderr.write(f"Placed {done:,} of {total:,}", ending="\r")
                self.stderr.flush()
            return last, counts

        moment = now()
        run = finish_job(
            patience=PATIENCE,
            job=AFRESH if afresh else WAITING,
            slot=f"{moment:%y%m%dT%H%M%S.%f}",  # a run of its own, however soon after another
            today=today,
            now=moment,
            step=step,
        )
        if not run.finished_at:
            raise CommandError("Another run is under way. Try again when it has finished.")
        return run.result
