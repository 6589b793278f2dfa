"""Open an account for a member of staff, give it a new password, or shut it."""

import getpass
import sys

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from staff.errors import RuleBroken
from staff.models import User
from staff.permissions import Role
from staff.reference import Grade, StatedSex
from staff.services import close_account, open_account, set_password


class Command(BaseCommand):
    help = (
        "Open an account with its role and team, and ask for its first password; "
        "--password gives an account a new one, --close shuts it."
    )

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--role", choices=[role.value for role in Role])
        parser.add_argument("--first-name", default="")
        parser.add_argument("--last-name", default="")
        parser.add_argument("--email", default="", help="matches single sign-on")
        parser.add_argument("--team", default="", help="a team's code, as the extract has it")
        parser.add_argument(
            "--staff-code", default="", help="theirs in nDelius, so that their cases find them"
        )
        parser.add_argument("--grade", default="", choices=["", *(grade.value for grade in Grade)])
        parser.add_argument(
            "--sex",
            default="",
            choices=["", *(sex.value for sex in StatedSex)],
            help="as they state it: some people must not be supervised by a woman, or by a man",
        )
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--password", action="store_true", help="only give a new password")
        what.add_argument("--close", action="store_true", help="shut the account")
        what.add_argument("--no-password", action="store_true", help="for single sign-on alone")

    def handle(self, *, username, role, password, close, no_password, **options):
        try:
            if close:
                close_account(user=self.account(username), by=None)
                said = "is shut"
            elif password:
                set_password(user=self.account(username), password=self.ask(), by=None)
                said = "has a new password"
            else:
                self.open(username, role, no_password, options)
                said = f"is open, as {Role(role).title.lower()}"
        except RuleBroken as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{username} {said}.")

    def open(self, username, role, no_password, options):
        if not role:
            raise CommandError(f"Give a --role: {', '.join(Role)}.")
        names = ("first_name", "last_name", "email", "team", "staff_code", "grade", "sex")
        given = {name: options[name] for name in names}
        secret = None if no_password else self.ask()
        with transaction.atomic():
            user = open_account(username=username, role=role, by=None, **given)
            if secret is not None:
                set_password(user=user, password=secret, by=None)

    def account(self, username):
        user = User.objects.filter(username=username).first()
        if not user:
            raise CommandError(f"There is no account called {username}.")
        return user

    def ask(self):
        """The password, typed unseen; or the one line given on standard input."""
        if not sys.stdin.isatty():
            return sys.stdin.readline().rstrip("\n")
        first = getpass.getpass("Password: ")
        if first != getpass.getpass("The same again: "):
            raise CommandError("The two were not the same.")
        return first
