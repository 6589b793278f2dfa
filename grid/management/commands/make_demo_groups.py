"""`./manage.py make_demo_groups`: rooms, leaders and series of groups in the demonstration, and who waits for them.

`make_demo` calls it by its name.
"""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cases.management.demo import signins
from grid.management.demo.groups import make_groups
from grid.models import Series


class Command(BaseCommand):
    help = "Give a demonstration caseload its groups and waiting lists. `make_demo` does it."

    def add_arguments(self, parser):
        parser.add_argument("--as-of", type=date.fromisoformat, required=True)
        parser.add_argument("--seed", type=int, required=True)
        parser.add_argument("--truth", type=Path, required=True, help="what was planted so far")

    def handle(self, *, as_of, seed, truth, **options):
        if not signins.is_demonstration():
            raise CommandError("Only a demonstration caseload is given invented groups.")
        if Series.objects.exists():
            raise CommandError("This demonstration has its groups already.")
        planted = json.loads(truth.read_text())
        planted["group_work"], flags = make_groups(planted=planted, seed=seed, today=as_of)
        planted["flags"] += flags
        truth.write_text(json.dumps(planted, indent=1))
