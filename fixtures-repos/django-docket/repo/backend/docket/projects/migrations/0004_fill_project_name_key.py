from django.db import migrations

from docket.core.text import normalise_name


def fill(apps, schema_editor):
    Project = apps.get_model("projects", "Project")
    taken = set()
    for project in Project.objects.order_by("pk").iterator():
        key = normalise_name(project.name)
        if (project.organisation_id, key) in taken:
            key = f"{key} {project.pk}"
        taken.add((project.organisation_id, key))
        project.name_key = key
        project.save(update_fields=["name_key"])


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0003_add_project_name_key"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
