"""What staff state of themselves, for people whom a woman or a man must not supervise: a default, nothing rewritten."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from staff.management.at_once import AtOnce



class Migration(migrations.Migration):

    dependencies = [
        ('staff', '0003_meet_record_review'),
    ]

    operations = [
        # Waiting for a lock holds up everybody behind it: better to give up and be run again
        migrations.RunSQL("SET LOCAL lock_timeout = '3s'", migrations.RunSQL.noop),
        pgtrigger.migrations.RemoveTrigger(
            model_name='user',
            name='update_update',
        ),
        AtOnce([
            migrations.AddField(
                model_name='user',
                name='sex',
                field=models.CharField(blank=True, choices=[('woman', 'A woman'), ('man', 'A man'), ('not_said', 'Would rather not say')], db_default='', default='', max_length=8),
            ),
            migrations.AddField(
                model_name='userevent',
                name='sex',
                field=models.CharField(blank=True, choices=[('woman', 'A woman'), ('man', 'A man'), ('not_said', 'Would rather not say')], db_default='', default='', max_length=8),
            ),
        ]),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."date_joined" IS DISTINCT FROM (NEW."date_joined") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."grade" IS DISTINCT FROM (NEW."grade") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_staff" IS DISTINCT FROM (NEW."is_staff") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."mobile" IS DISTINCT FROM (NEW."mobile") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."sex" IS DISTINCT FROM (NEW."sex") OR OLD."staff_code" IS DISTINCT FROM (NEW."staff_code") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."username" IS DISTINCT FROM (NEW."username") OR OLD."uses_shortcuts" IS DISTINCT FROM (NEW."uses_shortcuts"))', func='INSERT INTO "staff_userevent" ("date_joined", "email", "first_name", "grade", "id", "is_active", "is_staff", "is_superuser", "last_name", "mobile", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "sex", "staff_code", "team_id", "username", "uses_shortcuts") VALUES (OLD."date_joined", OLD."email", OLD."first_name", OLD."grade", OLD."id", OLD."is_active", OLD."is_staff", OLD."is_superuser", OLD."last_name", OLD."mobile", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."role", OLD."sex", OLD."staff_code", OLD."team_id", OLD."username", OLD."uses_shortcuts"); RETURN NULL;', hash='c000f31d4269a244e0b40af39c8e74c84d1afd40', operation='UPDATE', pgid='pgtrigger_update_update_8c3eb', table='staff_user', when='AFTER')),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, "SET LOCAL lock_timeout = '3s'"),
    ]
