"""`./manage.py make_demo_teams`: what is known of the officers of the demonstration, and their supervision. `make_demo` calls it by its name."""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cases.management.demo import signins
from oversight.management.demo.teams import record_teams
from oversight.models import ContractHours


class Command(BaseCommand):
    help = (
        "Record hours, training and supervision of the officers of a demonstration. "
        "`make_demo` does it."
    )

    def add_arguments(self, parser):
        parser.add_argument("--as-of", type=date.fromisoformat, required=True)
        parser.add_argument("--seed", type=int, required=True)
        parser.add_argument("--truth", type=Path, required=True, help="what was planted so far")

    def handle(self, *, as_of, seed, truth, **options):
        if not signins.is_demonstration():
            raise CommandError("Only of a demonstration are officers invented.")
        if ContractHours.objects.exists():
            raise CommandError("The officers of this demonstration are recorded already.")
        planted = json.loads(truth.read_text())
        found, flags = record_teams(planted, seed, as_of)
        planted["flags"] += flags
        planted["oversight"] = found
        truth.write_text(json.dumps(planted, indent=1))
