"""`./manage.py make_demo_release`: the stays in prison of the demonstration. `make_demo` calls it by its name."""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cases.management.demo import signins
from ttg.management.demo.making import make_releases
from ttg.models import Custody


class Command(BaseCommand):
    help = (
        "Give the people of a demonstration who are in prison their releases. `make_demo` does it."
    )

    def add_arguments(self, parser):
        parser.add_argument("--as-of", type=date.fromisoformat, required=True)
        parser.add_argument("--seed", type=int, required=True)
        parser.add_argument("--truth", type=Path, required=True, help="what was planted so far")

    def handle(self, *, as_of, seed, truth, **options):
        if not signins.is_demonstration():
            raise CommandError("Only a demonstration caseload is given invented releases.")
        if Custody.objects.exists():
            raise CommandError("This demonstration has its releases already.")
        planted = json.loads(truth.read_text())
        release = make_releases(seed=seed, today=as_of)
        planted["flags"] += release.pop("flags")
        truth.write_text(json.dumps(planted | {"release": release}, indent=1))
