"""`./manage.py make_demo_moves`: where the people of the demonstration stood in the GRID four weeks ago. `make_demo` calls it by its name."""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cases.management.demo import signins
from grid.models import Placement
from oversight.management.demo.grid_before import write_moves


class Command(BaseCommand):
    help = "Have a few people of a demonstration have moved in the GRID. `make_demo` does it."

    def add_arguments(self, parser):
        parser.add_argument("--as-of", type=date.fromisoformat, required=True)
        parser.add_argument("--seed", type=int, required=True)
        parser.add_argument("--truth", type=Path, required=True, help="what was planted so far")

    def handle(self, *, as_of, seed, truth, **options):
        if not signins.is_demonstration():
            raise CommandError("Only in a demonstration caseload is anybody moved by invention.")
        if Placement.objects.exclude(superseded_on=None).exists():
            raise CommandError("People of this demonstration have moved in the GRID already.")
        planted = json.loads(truth.read_text())
        planted["grid_before"] = write_moves(planted, seed, as_of)
        truth.write_text(json.dumps(planted, indent=1))
