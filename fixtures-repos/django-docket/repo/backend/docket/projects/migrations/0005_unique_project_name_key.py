from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_unique_organisation_name_key"),
        ("projects", "0004_fill_project_name_key"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="project",
            constraint=models.UniqueConstraint(
                fields=("organisation", "name_key"), name="project_name_per_office"
            ),
        ),
    ]
