"""Staged lines as the rows of a table: the SELECTs that `cases.services.importing.targets` is made of.

Source: the import contract.
"""

from cases.models import Address, Appointment, Case, Person, ReferenceCode, Requirement, Sentence
from staff.models import Provider, Team, User

APPOINTMENT = Appointment._meta.db_table
CASE, CODE = Case._meta.db_table, ReferenceCode._meta.db_table
SENTENCE, REQUIREMENT = Sentence._meta.db_table, Requirement._meta.db_table
PERSON, ADDRESS = Person._meta.db_table, Address._meta.db_table
PROVIDER, TEAM, USER = (model._meta.db_table for model in (Provider, Team, User))
NOTHING = "'{}'::jsonb"
LANDED = f"staged s JOIN {CASE} c ON c.crn = s.crn"
ABOUT = f"""
    LEFT JOIN {SENTENCE} q ON q.case_id = c.id AND q.source_id = s.parts->>'sentence'
    LEFT JOIN LATERAL (
        SELECT r.id FROM {REQUIREMENT} r JOIN {SENTENCE} o ON o.id = r.sentence_id
        WHERE o.case_id = c.id AND r.source_id = s.parts->>'requirement'
    ) r ON s.parts->>'requirement' <> ''
"""
ABOUT_IDS = "jsonb_build_object('sentence_id', q.id, 'requirement_id', r.id)"


def one(kind, part, extra=NOTHING, fresh=NOTHING, joins=""):
    """Lines of this kind as one row each, with what `extra` adds to the row."""
    return f"""
        SELECT s.n, c.id AS case_id, s.parts->'{part}'
            || jsonb_build_object('case_id', c.id, 'source_id', s.source_id) || {extra} AS row,
            {fresh} AS fresh
        FROM {LANDED} {joins}
        WHERE s.reason IS NULL AND s.kind = '{kind}' AND s.parts ? '{part}'
    """


def many(part, extra=NOTHING, joins=""):
    """Offender lines as a row for each entry of the list under `part`."""
    return f"""
        SELECT s.n, c.id AS case_id,
            e.row || jsonb_build_object('case_id', c.id, 'imported', true) || {extra} AS row,
            {NOTHING} AS fresh
        FROM {LANDED} CROSS JOIN jsonb_array_elements(s.parts->'{part}') AS e(row) {joins}
        WHERE s.reason IS NULL AND s.kind = 'offender'
    """


def all_of(part):
    """The cases whose offender line says all there is to say of `part`."""
    return f"""
        SELECT c.id AS owner, s.n, c.id AS case_id FROM {LANDED}
        WHERE s.reason IS NULL AND s.kind = 'offender' AND s.parts ? '{part}'
    """
