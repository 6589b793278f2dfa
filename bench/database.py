"""A PostgreSQL of the benchmarks' own, emptied at each start: whatever DATABASE_URL says is left alone.

To be imported before anything of Django's: it says where the database will be, and starts nothing.
"""

import atexit
import os

import django
from django.core.management import call_command

from probation import embedded

NAME = "bench-postgres"

os.environ |= {
    "DJANGO_SETTINGS_MODULE": "probation.settings",
    "DATABASE_URL": embedded.database_url(NAME),
    "REDIS_URL": embedded.redis_url(),  # never called
    "SECRET_KEY": "a secret of the benchmarks only, long enough to pass the checks of Django",
}
django.setup()


def start():
    """Ready, migrated and empty, until the benchmarks end."""
    service = embedded.start_postgres(NAME, fast=True)
    atexit.register(embedded.stop, service)
    call_command("migrate", verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
