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
RESOLVE = f"""
    UPDATE staged s SET parts = jsonb_set(s.parts, ARRAY['person', w.field], to_jsonb(r.code))
    FROM worded w JOIN (
        SELECT list_name, {PLAIN.format(text="spelling")} AS plain, min(code) AS code
        FROM {ReferenceCode._meta.db_table}
            CROSS JOIN unnest(string_to_array(facts->>'also', '|') || name::text) AS spelling
        GROUP BY 1, 2
    ) r ON r.list_name = w.list
    WHERE w.field = %s AND s.reason IS NULL AND s.kind = 'offender'
        AND {PLAIN.format(text="s.parts->'person'->>w.field")} = r.plain
"""


def find_codes(cursor):
    """Put the code in place of the words, one characteristic at a time."""
    cursor.execute(WORDED, [json.dumps(LISTS)])
    for field in LISTS:
        cursor.execute(RESOLVE, [field])
