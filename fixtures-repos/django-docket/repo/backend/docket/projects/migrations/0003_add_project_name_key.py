from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0002_add_project_status"),
    ]

    operations = [
        migrations.AddField(
            model_name="project",
            name="name_key",
            field=models.CharField(default="", editable=False, max_length=160),
            preserve_default=False,
        ),
    ]
