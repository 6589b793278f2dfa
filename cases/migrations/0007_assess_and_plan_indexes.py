"""Indexes of assessing and planning on tables that were there before, built while those tables are in use.

A build that was stopped leaves an index that is not valid; each is dropped before it is built again.
No lock_timeout: waiting for the transactions that were open first holds nobody up.
"""

import django.contrib.postgres.operations
from django.db import migrations, models

from staff.management.at_once import AtOnce

ON = "cases_deadline (case_id, kind, enquiry_id, reading_id, action_id{}) NULLS NOT DISTINCT WHERE met_on IS NULL"
DROP = "DROP INDEX CONCURRENTLY IF EXISTS {}"
BUILD = "CREATE UNIQUE INDEX CONCURRENTLY {} ON {}"
RENAME = "ALTER INDEX deadline_one_unmet_next RENAME TO deadline_one_unmet"


def replaced(columns):
    """Statements that put a unique index on these columns in the place of the one there is."""
    return [
        DROP.format("deadline_one_unmet_next"),
        BUILD.format("deadline_one_unmet_next", ON.format(columns)),
        DROP.format("deadline_one_unmet"),
        RENAME,
    ]


class Migration(migrations.Migration):

    atomic = False  # as an index that is built CONCURRENTLY must be

    dependencies = [
        ('cases', '0006_assess_and_plan_columns'),
    ]

    operations = [
        migrations.RunSQL(DROP.format('plan_action_of_objective'), migrations.RunSQL.noop),
        AtOnce([
            django.contrib.postgres.operations.AddIndexConcurrently(
                model_name='planaction',
                index=models.Index(fields=['objective'], name='plan_action_of_objective'),
            ),
        ]),
        migrations.RunSQL(
            [
                DROP.format("cases_planactionevent_agency_id_f439c3e5"),
                "CREATE INDEX CONCURRENTLY cases_planactionevent_agency_id_f439c3e5 ON cases_planactionevent (agency_id)",
            ],
            DROP.format("cases_planactionevent_agency_id_f439c3e5"),
        ),
        migrations.RunSQL(
            [
                DROP.format("cases_raiseevent_answered_by_id_7107a3e1"),
                "CREATE INDEX CONCURRENTLY cases_raiseevent_answered_by_id_7107a3e1 ON cases_raiseevent (answered_by_id)",
            ],
            DROP.format("cases_raiseevent_answered_by_id_7107a3e1"),
        ),
        migrations.RunSQL(
            [
                DROP.format("cases_planactionevent_objective_id_00a5bc51"),
                "CREATE INDEX CONCURRENTLY cases_planactionevent_objective_id_00a5bc51 ON cases_planactionevent (objective_id)",
            ],
            DROP.format("cases_planactionevent_objective_id_00a5bc51"),
        ),
        migrations.RunSQL(
            [
                DROP.format("cases_planactionevent_protects_id_da4a1cb0"),
                "CREATE INDEX CONCURRENTLY cases_planactionevent_protects_id_da4a1cb0 ON cases_planactionevent (protects_id)",
            ],
            DROP.format("cases_planactionevent_protects_id_da4a1cb0"),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    replaced(", override_id, route_id"),
                    replaced(""),
                ),
            ],
            state_operations=[
                AtOnce([
                    migrations.RemoveConstraint(
                        model_name='deadline',
                        name='deadline_one_unmet',
                    ),
                    migrations.AddConstraint(
                        model_name='deadline',
                        constraint=models.UniqueConstraint(condition=models.Q(('met_on', None)), fields=('case', 'kind', 'enquiry', 'reading', 'action', 'override', 'route'), name='deadline_one_unmet', nulls_distinct=False),
                    ),
                ]),
            ],
        ),
    ]
