from django.db import migrations

FILL = """
UPDATE support_intakemeeting
SET office_id = support_supportrequest.office_id
FROM support_supportrequest
WHERE support_supportrequest.id = support_intakemeeting.support_request_id
"""


class Migration(migrations.Migration):
    """Meetings that were there before get the office of their request. Backwards there is nothing to undo."""

    dependencies = [('support', '0007_meeting_office')]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
