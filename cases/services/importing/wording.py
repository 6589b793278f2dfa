"""Characteristics sent as words, given the code of our list where the words are those of a code.

Source: the import contract: several spellings are seen, so case and punctuation do not matter.
"""

import json

from cases.models import ReferenceCode

LISTS = {  # of each characteristic
    "ethnicity": "ethnicity",
    "nationality": "nationality",
    "religion": "religion",
    "sexual_orientation": "sexual_orientation",
    "gender_identity": "gender_identity",
}
WORDED = """
    CREATE TEMP TABLE worded ON COMMIT DROP AS
    SELECT key AS field, value AS list FROM jsonb_each_text(%s)
"""
PLAIN = "regexp_replace(lower({text}), '[^a-z0-9]+', '', 'g')"
# Each spelling is looked up once, however many people it is said of
RESOLVE = f"""
    WITH said AS (
        SELECT DISTINCT w.field, w.list, s.parts->'person'->>w.field AS words
        FROM staged s CROSS JOIN worded w
        WHERE s.reason IS NULL AND s.kind = 'offender' AND s.parts->'person'->>w.field IS NOT NULL
    ), known AS (
        SELECT list_name, {PLAIN.format(text="spelling")} AS plain, min(code) AS code
        FROM {ReferenceCode._meta.db_table}
            CROSS JOIN unnest(string_to_array(facts->>'also', '|') || name::text) AS spelling
        WHERE list_name IN (SELECT list FROM worded) GROUP BY 1, 2
    ), found AS MATERIALIZED (
        SELECT field, words, code
        FROM said JOIN known ON list_name = list AND plain = {PLAIN.format(text="words")}
    )
    UPDATE staged s SET parts = jsonb_set(s.parts, '{{person}}', (s.parts->'person') || coded.codes)
    FROM (
        SELECT s.n, jsonb_object_agg(field, code) AS codes
        FROM staged s JOIN found ON s.parts->'person'->>field = words
        WHERE s.reason IS NULL AND s.kind = 'offender' GROUP BY s.n
    ) coded
    WHERE coded.n = s.n
"""


def find_codes(cursor):
    """Put the codes in place of the words."""
    cursor.execute(WORDED, [json.dumps(LISTS)])
    cursor.execute(RESOLVE)
