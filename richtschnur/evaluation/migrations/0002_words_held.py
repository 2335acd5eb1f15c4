"""Words are shown by published copies now: what was cleared before must be published anew."""

from django.db import migrations


def hold(apps, schema_editor):
    points = apps.get_model("evaluation", "Point").objects
    points.filter(are_words_public=True).update(are_words_public=False)


class Migration(migrations.Migration):
    dependencies = [
        ("contributions", "0003_publication"),
        ("evaluation", "0001_initial"),
    ]

    operations = [migrations.RunPython(hold, migrations.RunPython.noop)]
