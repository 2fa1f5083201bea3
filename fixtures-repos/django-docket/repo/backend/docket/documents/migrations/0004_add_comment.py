import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import docket.core.clock
import docket.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0003_add_processingrun"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Comment",
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
                        default=docket.core.ids.comment_id,
                        editable=False,
                        max_length=32,
                        unique=True,
                    ),
                ),
                ("body", models.TextField()),
                ("created_at", models.DateTimeField(default=docket.core.clock.now, editable=False)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="documents.document",
                    ),
                ),
            ],
        ),
    ]
