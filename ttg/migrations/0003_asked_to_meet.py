"""Whoever was asked to meet somebody at the gate was given the whole case as its worker or mentor: now the meeting alone.

Known by what the asking wrote: the same day, until two days after the meeting.
"""

from django.db import migrations

NARROWED = """
    UPDATE cases_assignment AS given SET capacity = 'gate'
    FROM ttg_gatemeeting AS meeting JOIN ttg_custody AS stay ON stay.id = meeting.custody_id
    WHERE given.case_id = stay.case_id AND given.user_id = meeting.meets_id
        AND given.capacity IN ('resettlement', 'mentor')
        AND given.from_on = (meeting.planned_at AT TIME ZONE 'Europe/London')::date
        AND given.to_on = (meeting.at AT TIME ZONE 'Europe/London')::date + 2
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0036_asked_to_meet'),
        ('ttg', '0002_undone_release'),
    ]

    operations = [
        # Waiting for a lock holds up everybody behind it: better to give up and be run again
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        migrations.RunSQL(NARROWED, migrations.RunSQL.noop),
    ]
