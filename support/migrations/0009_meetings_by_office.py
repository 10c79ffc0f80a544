from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('support', '0008_fill_meeting_office')]

    operations = [
        migrations.RemoveIndex(
            model_name='intakemeeting',
            name='meeting_newest',
        ),
        migrations.RemoveIndex(
            model_name='supportrequest',
            name='request_open_office',
        ),
        migrations.RemoveIndex(
            model_name='supportrequest',
            name='request_office_newest',
        ),
        migrations.AddIndex(
            model_name='supportrequest',
            index=models.Index(fields=['office', '-received_at', '-id'], include=('status', 'urgency', 'promised_by', 'first_answer_at', 'written_by'), name='request_office_newest'),
        ),
        migrations.AddIndex(
            model_name='intakemeeting',
            index=models.Index(condition=models.Q(('state', 'booked')), fields=['office', 'starts_at', 'id'], include=('ends_at', 'leader', 'interpreter'), name='meeting_office_booked'),
        ),
        migrations.AddIndex(
            model_name='intakemeeting',
            index=models.Index(condition=models.Q(('state', 'booked')), fields=['leader', 'starts_at'], name='meeting_mine'),
        ),
        migrations.AddIndex(
            model_name='intakemeeting',
            index=models.Index(fields=['office', '-starts_at', '-id'], include=('state',), name='meeting_office_newest'),
        ),
        migrations.AddIndex(
            model_name='intakemeeting',
            index=models.Index(fields=['-starts_at', '-id'], include=('office', 'state'), name='meeting_newest'),
        ),
        migrations.AddIndex(
            model_name='supportrequest',
            index=models.Index(condition=models.Q(('status__in', ('received', 'in_review', 'meeting_booked'))), fields=['office', 'promised_by', 'received_at', 'id'], include=('status', 'joined_to', 'written_by', 'first_answer_at', 'leader'), name='request_open_office'),
        ),
    ]
