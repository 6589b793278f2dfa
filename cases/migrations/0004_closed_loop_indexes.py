"""Indexes of the closed loop on tables that were there before, built while those tables are in use.

A build that was stopped leaves an index that is not valid; each is dropped before it is built again.
No lock_timeout: waiting for the transactions that were open first holds nobody up.
"""

import django.contrib.postgres.operations
from django.db import migrations, models

import cases.reference.checks

ON = "cases_deadline (case_id, kind, enquiry_id{}) NULLS NOT DISTINCT WHERE met_on IS NULL"
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
        ('cases', '0003_closed_loop_columns'),
    ]

    operations = [
        migrations.RunSQL(DROP.format('enquiry_open_at_an_agency'), migrations.RunSQL.noop),
        django.contrib.postgres.operations.AddIndexConcurrently(
            model_name='enquiry',
            index=models.Index(condition=models.Q(('state__in', [cases.reference.checks.EnquiryState['DUE'], cases.reference.checks.EnquiryState['REPLIED'], cases.reference.checks.EnquiryState['SENT']])), fields=['agency', 'due_on'], name='enquiry_open_at_an_agency'),
        ),
        migrations.RunSQL(
            [
                DROP.format("cases_enquiryevent_agency_id_1cb5c1e8"),
                "CREATE INDEX CONCURRENTLY cases_enquiryevent_agency_id_1cb5c1e8 ON cases_enquiryevent (agency_id)",
            ],
            DROP.format("cases_enquiryevent_agency_id_1cb5c1e8"),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    replaced(", reading_id, action_id"),
                    replaced(""),
                ),
            ],
            state_operations=[
                migrations.RemoveConstraint(
                    model_name='deadline',
                    name='deadline_one_unmet',
                ),
                migrations.AddConstraint(
                    model_name='deadline',
                    constraint=models.UniqueConstraint(condition=models.Q(('met_on', None)), fields=('case', 'kind', 'enquiry', 'reading', 'action'), name='deadline_one_unmet', nulls_distinct=False),
                ),
            ],
        ),
    ]
