"""`./manage.py load_postcodes PATH`: where postcodes lie, from the .csv files of Code-Point Open."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cases.rules.words import counted
from cases.services.postcodes import load_postcodes
from staff.errors import RuleBroken


class Command(BaseCommand):
    help = (
        "Load where postcodes lie: a folder of .csv files of Ordnance Survey's Code-Point Open, or one file. "
        "May be run again at any time."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, help="the folder, or one file")

    def handle(self, *, path, **options):
        if not path.exists():
            raise CommandError(f"There is no {path}.")
        try:
            placed = load_postcodes(path=path)
        except RuleBroken as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{counted(placed, 'postcode')} placed.")
