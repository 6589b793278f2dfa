"""What an extract leaves for somebody to put right, found by sets over the cases it speaks of.

Source: the import contract, what the public documents lack; product rules, limited access.
"""

from cases.models import (
    Allocation,
    Identifier,
    Limit,
    Person,
    Registration,
)
from cases.services.importing.staged_rows import CASE
from cases.services.issues import set_issues

ALLOCATION, LIMIT, PERSON, REGISTRATION, IDENTIFIER = (
    model._meta.db_table for model in (Allocation, Limit, Person, Registration, Identifier)
)
QUESTIONS = {
    "no_birth_date": (
        "No date of birth: OGRS3 cannot be scored",
        "c.state <> 'closed' AND c.born_on IS NULL",
    ),
    "birth_date_in_doubt": (
        "The date of birth makes this person under 10 or over 110",
        "c.state <> 'closed' AND c.born_on NOT BETWEEN "
        "%(today)s::date - interval '110 years' AND %(today)s::date - interval '10 years'",
    ),
    "no_sex": (
        "Sex is not recorded as male or female: OGRS3 cannot be scored",
        "c.state = 'supervised' AND c.sex = 'N'",
    ),
    "limited_without_list": (
        "Access is limited and nobody said who may open the case",
        f"c.state <> 'closed' AND EXISTS "
        f"(SELECT FROM {LIMIT} l WHERE l.case_id = c.id AND NOT l.listed)",
    ),
    "sentence_in_doubt": (
        "nDelius says there is no active sentence, and the extract holds one",
        f"c.state = 'supervised' AND EXISTS "
        f"(SELECT FROM {PERSON} p WHERE p.case_id = c.id AND NOT p.has_sentence)",
    ),
    "ended_here_and_open": (
        "This case has been brought to its end here, and nDelius still shows it open",
        "c.state = 'supervised' AND c.left_as = 'ended'",
    ),
    "mappa_without_register": (
        "The person's record shows a MAPPA level, and there is no MAPPA register",
        f"""c.state = 'supervised' AND EXISTS (
            SELECT FROM {PERSON} p WHERE p.case_id = c.id
            AND p.unmapped->'mappa'->>'level' IN ('1', '2', '3')
        ) AND NOT EXISTS (
            SELECT FROM {REGISTRATION} r WHERE r.case_id = c.id AND r.active AND r.type_code = 'MAPP'
        )""",
    ),
    "officer_not_known": (
        "The officer nDelius names is not known here by their staff code",
        f"""c.state = 'supervised' AND c.officer_id IS NULL AND c.retained_by = '' AND EXISTS (
            SELECT FROM {ALLOCATION} a WHERE a.case_id = c.id
            AND a.active AND NOT a.unallocated AND a.officer_id IS NULL
        )""",
    ),
    "pnc_shared": (
        "Another case has the same PNC: these may be one person",
        f"""c.state <> 'closed' AND EXISTS (
            SELECT FROM {IDENTIFIER} mine JOIN {IDENTIFIER} theirs
                ON theirs.kind = mine.kind AND theirs.match = mine.match
                AND theirs.case_id <> mine.case_id
            WHERE mine.case_id = c.id AND mine.kind = 'pnc'
        )""",
    ),
}
FIND = """
    SELECT c.id, '{kind}' FROM {case} c JOIN case_rows r ON r.case_id = c.id WHERE {true}
"""
DENIED = f"""
    SELECT c.id, 'access_denied' FROM {CASE} c JOIN staged s ON s.crn = c.crn
    WHERE s.reason IS NULL AND s.kind = 'offender' AND s.parts ? 'denied' AND c.state <> 'closed'
"""
DENIED_WORDS = (
    "nDelius refused whoever made the extract: only the CRN and managers are to be trusted"
)


def raise_issues(cursor, *, today):
    """Raise and settle the data quality items of every case the extract speaks of."""
    parts = [FIND.format(kind=kind, case=CASE, true=true) for kind, (_, true) in QUESTIONS.items()]
    cursor.execute(" UNION ALL ".join([*parts, DENIED]), {"today": today})
    words = {kind: what for kind, (what, _) in QUESTIONS.items()} | {"access_denied": DENIED_WORDS}
    found = {(case, kind): words[kind] for case, kind in cursor.fetchall()}
    cursor.execute("SELECT case_id FROM case_rows WHERE case_id IS NOT NULL")
    case_ids = [pk for (pk,) in cursor.fetchall()]
    set_issues(found=found, kinds=list(words), case_ids=case_ids, today=today)
