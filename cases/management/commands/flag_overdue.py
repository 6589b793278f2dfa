"""Flags what is overdue now, as each hour's run does: ./manage.py flag_overdue --help."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate, now

from cases.management.days import day
from cases.models import Flag
from cases.services.flags import flag_overdue
from cases.services.jobs import finish_job
from cases.services.timetable import FLAG

PATIENCE = 600  # seconds to wait for a run that is under way
SAID = {
    "raised": "Raised",
    "climbed": "Moved up the ladder",
    "closed": "Closed",
    "open": "Now open",
}


class Command(BaseCommand):
    help = (
        "Raise a flag over everything overdue, move flags up their ladder, close those of work that "
        "is done. Only what changed is written, so a second run writes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("--as-of", type=day, help="a date such as 2018-10-01, instead of today")
        parser.add_argument("--json", action="store_true", help="the counts as one JSON object")

    def handle(self, **options):
        today, moment = options["as_of"] or localdate(), now()
        run = finish_job(
            patience=PATIENCE,
            job=FLAG,
            slot=f"{moment:%y%m%dT%H%M%S.%f}",  # a run of its own, however soon after another
            today=today,
            now=moment,
            step=flag_overdue(today=today),
        )
        if not run.finished_at:
            raise CommandError("Another run is under way. Try again when it has finished.")
        counts = {name: run.result.get(name, 0) for name in ("raised", "climbed", "closed")}
        counts["open"] = Flag.objects.raised().count()
        if options["json"]:
            self.stdout.write(json.dumps(counts))
            return
        for name, count in counts.items():
            self.stdout.write(f"{SAID[name]:<24}{count:>8,}")
