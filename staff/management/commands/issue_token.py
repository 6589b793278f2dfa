"""Issue a service token of the API to an account, or take all of its tokens back."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from knox.models import AuthToken

from staff.audit import record
from staff.models import User


class Command(BaseCommand):
    help = "Issue a service token to an account, shown once; or --revoke every token it holds."

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--days", type=int, default=90, help="how long it holds (default 90)")
        parser.add_argument("--revoke", action="store_true")

    def handle(self, *, username, days, revoke, **options):
        user = User.objects.filter(username=username, is_active=True).first()
        if not user:
            raise CommandError(f"There is no active account called {username}.")
        if revoke:
            count, _ = AuthToken.objects.filter(user=user).delete()
            record(by=None, action="revoked_tokens", account=username, count=count)
            self.stdout.write(f"{count} taken back.")
            return
        if days < 1:
            raise CommandError("A token holds for at least one day.")
        _, token = AuthToken.objects.create(user=user, expiry=timedelta(days=days))
        record(by=None, action="issued_token", account=username, days=days)
        self.stdout.write(token)
