"""`./manage.py load_reference`: the code lists staff pick from, and the first values of policy."""

from django.core.management.base import BaseCommand

from cases.services.policy import seed_policies
from cases.services.reference import load_code_lists


class Command(BaseCommand):
    help = "Load the code lists and the first values of policy. May be run again at any time."

    def handle(self, **options):
        for name, counts in load_code_lists().items():
            if options["verbosity"] > 1 or counts["created"] or counts["updated"]:
                self.stdout.write(
                    f"{name}: {counts['created']} new, {counts['updated']} changed, "
                    f"{counts['unchanged']} as they were"
                )
        if seeded := seed_policies():
            self.stdout.write(f"policies: {seeded} new")
