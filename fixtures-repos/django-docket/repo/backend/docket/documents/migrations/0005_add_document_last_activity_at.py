from django.db import migrations, models

import docket.core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0004_add_comment"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="last_activity_at",
            field=models.DateTimeField(default=docket.core.clock.now, editable=False),
        ),
    ]
