"""The one clock of each thing that is owed, told apart by what a senior asked for: built while the table is in use.

A build that was stopped leaves an index that is not valid; it is dropped before it is built again.
No lock_timeout: waiting for the transactions that were open first holds nobody up.
"""

from django.db import migrations, models

from staff.management.at_once import AtOnce

BEFORE = (
    "enquiry_id, reading_id, action_id, override_id, route_id, appointment_id, review_id, recommendation_id, failure_id, "
    "letter_id, breach_id, recall_id"
)
ON = "cases_deadline (case_id, kind, {}) NULLS NOT DISTINCT WHERE met_on IS NULL"


def replaced(columns):
    """Statements that put a unique index on these columns in the place of the one there is."""
    return [
        "DROP INDEX CONCURRENTLY IF EXISTS deadline_one_unmet_next",
        f"CREATE UNIQUE INDEX CONCURRENTLY deadline_one_unmet_next ON {ON.format(columns)}",
        "DROP INDEX CONCURRENTLY IF EXISTS deadline_one_unmet",
        "ALTER INDEX deadline_one_unmet_next RENAME TO deadline_one_unmet",
    ]


class Migration(migrations.Migration):

    atomic = False  # as an index that is built CONCURRENTLY must be

    dependencies = [
        ('cases', '0025_senior_actions'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(replaced(BEFORE + ", senior_action_id"), replaced(BEFORE)),
            ],
            state_operations=[
                AtOnce([
                    migrations.RemoveConstraint(
                        model_name='deadline',
                        name='deadline_one_unmet',
                    ),
                    migrations.AddConstraint(
                        model_name='deadline',
                        constraint=models.UniqueConstraint(condition=models.Q(('met_on', None)), fields=('case', 'kind', 'enquiry', 'reading', 'action', 'override', 'route', 'appointment', 'review', 'recommendation', 'failure', 'letter', 'breach', 'recall', 'senior_action'), name='deadline_one_unmet', nulls_distinct=False),
                    ),
                ]),
            ],
        ),
    ]
