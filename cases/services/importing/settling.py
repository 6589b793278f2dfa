"""Which staged lines may land: the later of two alike, nobody's number twice, no child of nobody.

Source: the import contract: natural keys, duplicates, what rejects a line. By sets, never a query a row.
"""

from cases.models import (
    Case,
    Circumstance,
    Contact,
    ImportedAssessment,
    Intervention,
    Registration,
    Requirement,
    Sentence,
)
from cases.rules.importing.keys import Kind

ANOTHER_CRN = "the same id is under another CRN"
SAME_KEY = "same key again; a later or greater line won"
UNKNOWN_CRN = "its CRN is not of any offender, here or held"
UNKNOWN_CONVICTION = "its convictionId is not of any conviction of this CRN, here or held"

REJECT_SHARED_IDS = """
    UPDATE staged SET reason = %(reason)s
    WHERE reason IS NULL AND kind <> 'offender' AND (kind, source_id) IN (
        SELECT kind, source_id FROM staged WHERE reason IS NULL AND kind <> 'offender'
        GROUP BY kind, source_id HAVING count(DISTINCT crn) > 1
    )
"""
REJECT_IDS_HELD_BY_ANOTHER = """
    UPDATE staged s SET reason = %(reason)s
    FROM {held} held JOIN {case} c ON c.id = held.case_id
    WHERE s.reason IS NULL AND s.kind = %(kind)s AND held.source_id = s.source_id AND c.crn <> s.crn
"""
REJECT_LOSERS = """
    UPDATE staged s SET reason = %(reason)s
    FROM (
        SELECT n, row_number() OVER (
            PARTITION BY kind, crn, source_id ORDER BY updated_at DESC NULLS LAST, digest DESC, n
        ) AS place
        FROM staged WHERE reason IS NULL
    ) ranked
    WHERE s.n = ranked.n AND ranked.place > 1
"""
REJECT_CHILDREN_OF_NOBODY = """
    UPDATE staged s SET reason = %(reason)s
    WHERE s.reason IS NULL AND s.kind <> 'offender'
    AND NOT EXISTS (SELECT FROM {case} c WHERE c.crn = s.crn)
    AND NOT EXISTS (
        SELECT FROM staged o WHERE o.kind = 'offender' AND o.crn = s.crn AND o.reason IS NULL
    )
"""
REJECT_REQUIREMENTS_OF_NOTHING = """
    UPDATE staged s SET reason = %(reason)s
    WHERE s.reason IS NULL AND s.kind = 'requirement'
    AND NOT EXISTS (
        SELECT FROM {sentence} q JOIN {case} c ON c.id = q.case_id
        WHERE c.crn = s.crn AND q.source_id = s.parent_id
    )
    AND NOT EXISTS (
        SELECT FROM staged o WHERE o.kind = 'conviction' AND o.crn = s.crn
        AND o.source_id = s.parent_id AND o.reason IS NULL
    )
"""
CASE, SENTENCE = Case._meta.db_table, Sentence._meta.db_table
HELD = {
    Kind.CONVICTION: SENTENCE,
    Kind.REGISTRATION: Registration._meta.db_table,
    Kind.CONTACT: Contact._meta.db_table,
    Kind.NSI: Intervention._meta.db_table,
    Kind.PERSONAL_CIRCUMSTANCE: Circumstance._meta.db_table,
    Kind.REQUIREMENT: f"(SELECT q.case_id, r.source_id FROM {Requirement._meta.db_table} r "
    f"JOIN {SENTENCE} q ON q.id = r.sentence_id)",
    Kind.ASSESSMENT: "(SELECT case_id, source || '|' || source_id AS source_id "
    f"FROM {ImportedAssessment._meta.db_table})",
}


def settle(cursor):
    """Give a reason to every staged line that may not land."""
    cursor.execute(REJECT_SHARED_IDS, {"reason": ANOTHER_CRN})
    for kind, held in HELD.items():
        statement = REJECT_IDS_HELD_BY_ANOTHER.format(held=held, case=CASE)
        cursor.execute(statement, {"reason": ANOTHER_CRN, "kind": kind})
    cursor.execute(REJECT_LOSERS, {"reason": SAME_KEY})
    cursor.execute(REJECT_CHILDREN_OF_NOBODY.format(case=CASE), {"reason": UNKNOWN_CRN})
    cursor.execute(
        REJECT_REQUIREMENTS_OF_NOTHING.format(case=CASE, sentence=SENTENCE),
        {"reason": UNKNOWN_CONVICTION},
    )
    cursor.execute("ANALYZE staged (reason)")
