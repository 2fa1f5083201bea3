import django.db.models.deletion
from django.db import migrations, models

import docket.core.clock
import docket.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_add_organisationmember"),
        ("documents", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tag",
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
                        default=docket.core.ids.tag_id, editable=False, max_length=32, unique=True
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("name_key", models.CharField(editable=False, max_length=80)),
                ("colour", models.CharField(default="#6b7280", max_length=7)),
                ("created_at", models.DateTimeField(default=docket.core.clock.now, editable=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tags",
                        to="accounts.organisation",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="document",
            name="tags",
            field=models.ManyToManyField(blank=True, related_name="documents", to="documents.tag"),
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.UniqueConstraint(
                fields=("organisation", "name_key"), name="tag_name_per_office"
            ),
        ),
    ]
