from django.db import migrations

from docket.core.text import normalise_name


def fill(apps, schema_editor):
    Organisation = apps.get_model("accounts", "Organisation")
    taken = set()
    for organisation in Organisation.objects.order_by("pk").iterator():
        key = normalise_name(organisation.name)
        if key in taken:
            key = f"{key} {organisation.pk}"
        taken.add(key)
        organisation.name_key = key
        organisation.save(update_fields=["name_key"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_add_organisation_name_key"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
