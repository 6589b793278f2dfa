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
            self._put_aside()
            if template in self._made:
                databases.rename(self._aside(template), self._database)
            self._now = template
        made = self._made.get(template)
        if made is None or not made.put_back():
            databases.copy(self._database, template)
            self._made[template] = AsMade(self._database)

    def _put_aside(self) -> None:
        if self._now is None:
            return
        databases.rename(self._database, self._aside(self._now))
        for other in self._made.keys() - {self._now, self._plain}:
            databases.drop(self._aside(other))
            del self._made[other]

    def _aside(self, template: str) -> str:
        return f"{self._database}_{hashlib.sha256(template.encode()).hexdigest()[:8]}"
