"""Indexes of appointments and reviews on tables that were there before, built while those tables are in use.

A build that was stopped leaves an index that is not valid; each is dropped before it is built again.
No lock_timeout: waiting for the transactions that were open first holds nobody up.
"""

import django.contrib.postgres.operations
from django.db import migrations, models

from staff.management.at_once import AtOnce

ON = "cases_deadline (case_id, kind, enquiry_id, reading_id, action_id, override_id, route_id{}) NULLS NOT DISTINCT WHERE met_on IS NULL"
DROP = "DROP INDEX CONCURRENTLY IF EXISTS {}"
BUILD = "CREATE UNIQUE INDEX CONCURRENTLY {} ON {}"
RENAME = "ALTER INDEX deadline_one_unmet_next RENAME TO deadline_one_unmet"
OF_EVENTS = {
    "cases_personevent_contact_asked_by_id_e21b7c56": "cases_personevent (contact_asked_by_id)",
    "cases_routedecisionevent_appointment_id_be3445b1": "cases_routedecisionevent (appointment_id)",
}


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
        ('cases', '0009_meet_record_review_columns'),
    ]

    operations = [
        migrations.RunSQL(DROP.format('contact_without_outcome'), migrations.RunSQL.noop),
        AtOnce([
            django.contrib.postgres.operations.AddIndexConcurrently(
                model_name='contact',
                index=models.Index(condition=models.Q(('appointment', True), ('outcome_code', '')), fields=['case', 'started_at'], name='contact_without_outcome'),
            ),
        ]),
        migrations.RunSQL(DROP.format('message_of_appointment'), migrations.RunSQL.noop),
        AtOnce([
            django.contrib.postgres.operations.AddIndexConcurrently(
                model_name='message',
                index=models.Index(fields=['appointment'], name='message_of_appointment'),
            ),
        ]),
        django.contrib.postgres.operations.ValidateConstraint(
            model_name='message',
            name='message_to_one',
        ),
        *(
            migrations.RunSQL(
                [DROP.format(name), f"CREATE INDEX CONCURRENTLY {name} ON {on}"], DROP.format(name)
            )
            for name, on in OF_EVENTS.items()
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    replaced(", appointment_id, review_id, recommendation_id"), replaced("")
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
                        constraint=models.UniqueConstraint(condition=models.Q(('met_on', None)), fields=('case', 'kind', 'enquiry', 'reading', 'action', 'override', 'route', 'appointment', 'review', 'recommendation'), name='deadline_one_unmet', nulls_distinct=False),
                    ),
                ]),
            ],
        ),
    ]
