import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0011_desk'),
    ]

    operations = [
        migrations.AlterField(
            model_name='point',
            name='consultation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.consultation'),
        ),
        migrations.AlterField(
            model_name='point',
            name='received_at',
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name='point',
            name='comment',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contributions.comment'),
        ),
        migrations.AlterField(
            model_name='point',
            name='group',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='points', to='evaluation.group'),
        ),
        migrations.AlterField(
            model_name='point',
            name='state',
            field=models.CharField(choices=[('open', 'not yet answered'), ('draft', 'answer in draft'), ('handed_in', 'waiting for release'), ('released', 'answered'), ('closed', 'closed, the contribution was erased')], default='open', max_length=10),
        ),
        migrations.AddIndex(
            model_name='point',
            index=models.Index(fields=['consultation', 'received_at', 'comment', 'start'], name='point_as_received'),
        ),
        migrations.AddIndex(
            model_name='point',
            index=models.Index(fields=['consultation', 'state', 'received_at', 'comment', 'start'], name='point_by_state'),
        ),
        migrations.AddIndex(
            model_name='point',
            index=models.Index(fields=['consultation', 'stands_at', 'received_at', 'comment', 'start'], name='point_by_place'),
        ),
        migrations.AddIndex(
            model_name='point',
            index=models.Index(fields=['group', 'id'], name='point_of_group'),
        ),
    ]
