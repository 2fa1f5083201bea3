from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = []
    operations = [migrations.CreateModel("Order", fields=[("paid", models.BooleanField(default=False))])]
