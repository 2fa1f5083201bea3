import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import docket.core.clock
import docket.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.CharField(
                        default=docket.core.ids.event_id, editable=False, max_length=32, unique=True
                    ),
                ),
                ("action", models.CharField(max_length=64)),
                ("subject_type", models.CharField(max_length=32)),
                ("subject_id", models.CharField(db_index=True, max_length=32)),
                ("project_ref", models.CharField(blank=True, max_length=32)),
                ("data", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(default=docket.core.clock.now, editable=False)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "audit event",
            },
        ),
    ]
