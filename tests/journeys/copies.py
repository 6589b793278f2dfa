"""What the database of a site is a copy of: one template or another, each copied once and then put back as it was."""

import hashlib

from tests import databases
from tests.as_made import AsMade


class Copies:
    """Under the name of the database is the one in use. The plain one is kept aside meanwhile, and the last of the others."""

    def __init__(self, database: str, plain: str) -> None:
        self._database, self._plain = database, plain
        self._now: str | None = None
        self._made: dict[str, AsMade] = {}

    def use(self, template: str) -> None:
        """The database as the template is, whatever was done to it before."""
        if template != self._now:
            self._put_aside(template)
            if template in self._made:
                databases.rename(self._aside(template), self._database)
            self._now = template
        made = self._made.get(template)
        if made is None or not made.put_back(self._database):
            self._copy(template)

    def _copy(self, template: str) -> None:
        """Under another name, until it is known how it was made: whoever comes in writes into it."""
        aside = self._aside(template)
        databases.copy(aside, template)
        self._made[template] = AsMade(aside)
        databases.drop(self._database)
        databases.rename(aside, self._database)

    def _put_aside(self, wanted: str) -> None:
        """The one in use makes room for the one that is wanted."""
        if self._now is not None:
            databases.rename(self._database, self._aside(self._now))
        kept = {self._plain, wanted, *([self._now] if wanted == self._plain else [])}
        for other in self._made.keys() - kept:
            databases.drop(self._aside(other))
            del self._made[other]

    def _aside(self, template: str) -> str:
        return f"{self._database}_{hashlib.sha256(template.encode()).hexdigest()[:8]}"
