"""Providers, units and teams that documents name and we do not hold, created as given.

Source: nDelius `OffenderManager`. A placeholder names nothing, and what we hold already is left alone.
"""

from cases.rules.importing.values import PLACEHOLDERS
from staff.models import LocalDeliveryUnit, Provider, Team

PROVIDER, UNIT, TEAM = (model._meta.db_table for model in (Provider, LocalDeliveryUnit, Team))
NAMED = """
    CREATE TEMP TABLE named ON COMMIT DROP AS
    SELECT DISTINCT e.row->>'provider_code' AS provider, e.row->>'provider_name' AS provider_name,
        (e.row->>'nps')::boolean AS nps, e.row->>'unit_code' AS unit,
        e.row->>'unit_name' AS unit_name, e.row->>'team_code' AS team, e.row->>'team_name' AS team_name
    FROM staged s CROSS JOIN jsonb_array_elements(s.parts->'allocations') AS e(row)
    WHERE s.reason IS NULL AND s.kind = 'offender'
        AND length(e.row->>'provider_code') BETWEEN 1 AND 10
        AND NOT e.row->>'provider_code' = ANY(%(placeholders)s)
"""
PROVIDERS = f"""
    INSERT INTO {PROVIDER} (code, name, nps)
    SELECT DISTINCT ON (provider) provider, left(coalesce(nullif(provider_name, ''), provider), 200), nps
    FROM named WHERE NOT EXISTS (SELECT FROM {PROVIDER} p WHERE p.code = provider)
    ORDER BY provider, provider_name, nps
"""
UNITS = f"""
    INSERT INTO {UNIT} (code, name, provider_id)
    SELECT DISTINCT ON (n.code) n.code, left(n.name, 200), p.id
    FROM (
        SELECT CASE WHEN unit_known THEN unit ELSE provider END AS code,
            CASE WHEN unit_known THEN unit_name ELSE 'Unit not given' END AS name, provider
        FROM (
            SELECT *, length(unit) BETWEEN 1 AND 20 AND NOT unit = ANY(%(placeholders)s) AS unit_known
            FROM named WHERE {{has_team}}
        ) known
    ) n JOIN {PROVIDER} p ON p.code = n.provider
    WHERE NOT EXISTS (SELECT FROM {UNIT} u WHERE u.code = n.code)
    ORDER BY n.code, n.provider, n.name
"""
TEAMS = f"""
    INSERT INTO {TEAM} (code, name, unit_id)
    SELECT DISTINCT ON (n.team) n.team, left(coalesce(nullif(n.team_name, ''), n.team), 200), u.id
    FROM named n JOIN {UNIT} u ON u.code = CASE
        WHEN length(unit) BETWEEN 1 AND 20 AND NOT unit = ANY(%(placeholders)s) THEN unit ELSE provider END
    WHERE {{has_team}} AND NOT EXISTS (SELECT FROM {TEAM} t WHERE t.code = n.team)
    ORDER BY n.team, n.provider, n.unit, n.team_name
"""
HAS_TEAM = "length(team) BETWEEN 1 AND 20 AND NOT team = ANY(%(placeholders)s)"


def add_teams(cursor):
    """Insert what is missing. Of two spellings of one code the first in order is taken."""
    params = {"placeholders": sorted(PLACEHOLDERS)}
    cursor.execute(NAMED, params)
    cursor.execute(PROVIDERS)
    cursor.execute(UNITS.format(has_team=HAS_TEAM), params)
    cursor.execute(TEAMS.format(has_team=HAS_TEAM), params)
