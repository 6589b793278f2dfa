"""A risk to be discussed with a senior is the senior's to decide: those that wait already are put on the seniors' lists.

Of what is unmet alone, which its own index holds: some dozens of rows, and none is read that is done.
"""

from django.db import migrations


def to_the_senior(apps, schema_editor):
    _owned_by(apps, schema_editor, 'officer', 'spo')


def to_the_officer(apps, schema_editor):
    _owned_by(apps, schema_editor, 'spo', 'officer')


def _owned_by(apps, schema_editor, before, after):
    deadlines = apps.get_model('cases', 'Deadline').objects.using(schema_editor.connection.alias)
    waiting = deadlines.filter(kind='discuss_escalation', met_on=None, owner_role=before)
    waiting.update(owner_role=after)


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0036_asked_to_meet'),
    ]

    operations = [
        migrations.RunPython(to_the_senior, to_the_officer),
    ]
