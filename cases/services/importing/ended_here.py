"""Cases that ended here, of which an extract brings a new sentence: they come back by themselves.

Source: the import contract. An extract that goes on saying that a case is supervised changes nothing: that is to be put
right in nDelius (`quality`).
"""

from cases.reference.holding import LeftAs
from cases.services.importing.staged_rows import CASE
from cases.services.reopening import reopen_by_record

ENDED_HERE = f"""
    SELECT DISTINCT c.id FROM case_rows r JOIN {CASE} c ON c.id = r.case_id WHERE c.left_as = %s ORDER BY c.id
"""


def follow_endings(cursor, *, by, now):
    """Open again whatever the extract begins anew."""
    cursor.execute(ENDED_HERE, [LeftAs.ENDED])
    ended = [pk for (pk,) in cursor.fetchall()]
    if ended:
        reopen_by_record(case_ids=ended, by=by, now=now)
