"""A first meeting has the office of its request. The database sees to it, so that no way of saving gets past it.

The office stands in the meeting itself because the lists of meetings are read office by office, in the order of time.
"""

import pgtrigger

TAKES_THE_OFFICE = pgtrigger.Trigger(
    name="takes_office_of_request",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("support_request_id", "office_id"),
    func="""
        NEW.office_id := (SELECT office_id FROM support_supportrequest WHERE id = NEW.support_request_id);
        RETURN NEW;
    """,
)

HANDS_ON_THE_OFFICE = pgtrigger.Trigger(
    name="hands_office_to_meetings",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("office_id"),
    condition=pgtrigger.Q(old__office__df=pgtrigger.F("new__office")),
    func="""
        UPDATE support_intakemeeting SET office_id = NEW.office_id WHERE support_request_id = NEW.id;
        RETURN NULL;
    """,
)
