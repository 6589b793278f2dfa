"""Real PostgreSQL and Redis from wheels, as child processes on private sockets, where no servers are given.

For development and tests only: a production image has neither wheel (requirements-embedded.txt).
"""

from probation.embedded.broker import redis_url, start_redis
from probation.embedded.folders import REPO, EmbeddedError, state_folder
from probation.embedded.postgres import database_url, start_postgres
from probation.embedded.processes import Service, has_ended, stop

__all__ = [
    "REPO",
    "EmbeddedError",
    "Service",
    "database_url",
    "has_ended",
    "redis_url",
    "start_postgres",
    "start_redis",
    "state_folder",
    "stop",
]
