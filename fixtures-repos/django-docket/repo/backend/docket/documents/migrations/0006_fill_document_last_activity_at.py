from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    Document = apps.get_model("documents", "Document")
    Document.objects.update(last_activity_at=F("created_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0005_add_document_last_activity_at"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
