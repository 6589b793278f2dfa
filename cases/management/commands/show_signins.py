"""`./manage.py show_signins`: with whom to sign in to the demonstration, one for each role."""

from django.core.management.base import BaseCommand

from cases.management.demo import signins
from staff.permissions import Role


class Command(BaseCommand):
    help = "Print the sign-ins of the demonstration caseload."

    def add_arguments(self, parser):
        parser.add_argument("--address", default="http://localhost:8000")

    def handle(self, *, address, **options):
        found = signins.accounts()
        if not found:
            self.stdout.write(
                "This database was not made by make_demo, so it has no demonstration sign-ins."
            )
            return
        self.stdout.write(
            f"Sign in at {address}. One password for all of them: {signins.PASSWORD}\n\n"
        )
        width = max(len(role.title) for role in Role)
        self.stdout.write(f"{'Role':<{width}}  {'Username':<13}  {'Password':<22}  Name and team")
        for user in found:
            self.stdout.write(
                f"{Role(user.role).title:<{width}}  {user.username:<13}  {signins.PASSWORD:<22}  "
                f"{user.name}, {user.team}"
            )
