"""Which notices only tell something. Those that are there already may ask for something, and are read one by one."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0034_parts_of_names_of_before'),
    ]

    operations = [
        # Waiting for a lock holds up everybody behind it: better to give up and be run again
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        migrations.AddField(
            model_name='notice',
            name='for_information',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, "SET LOCAL lock_timeout = '3s'"),
    ]
