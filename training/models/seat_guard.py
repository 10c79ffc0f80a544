"""More seats are never held than a session has. The database refuses, so that no way of saving gets past it.

Whoever holds seats locks the session's row first; the trigger does so too, and counts with the lock in hand.
"""

import pgtrigger

KEEPS_TO_THE_SEATS = pgtrigger.Trigger(
    name="keeps_to_the_seats",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "seats", "session_id"),
    condition=pgtrigger.Q(new__state__in=["registered", "offered", "attended", "absent"]),
    declare=[("room", "integer"), ("held", "integer")],
    func="""
        SELECT seats INTO room FROM training_session WHERE id = NEW.session_id FOR UPDATE;
        SELECT coalesce(sum(seats), 0) INTO held FROM training_registration
            WHERE session_id = NEW.session_id AND state IN ('registered', 'offered', 'attended', 'absent');
        IF held > room THEN
            RAISE EXCEPTION 'session % has % seats, not %', NEW.session_id, room, held
                USING ERRCODE = 'check_violation', CONSTRAINT = 'session_seats_not_exceeded';
        END IF;
        RETURN NULL;
    """,
)

HAS_ROOM_FOR_ALL = pgtrigger.Trigger(
    name="has_room_for_all",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("seats"),
    condition=pgtrigger.Q(new__seats__lt=pgtrigger.F("old__seats")),
    declare=[("held", "integer")],
    func="""
        SELECT coalesce(sum(seats), 0) INTO held FROM training_registration
            WHERE session_id = NEW.id AND state IN ('registered', 'offered', 'attended', 'absent');
        IF held > NEW.seats THEN
            RAISE EXCEPTION 'session % has % seats, not %', NEW.id, NEW.seats, held
                USING ERRCODE = 'check_violation', CONSTRAINT = 'session_seats_not_exceeded';
        END IF;
        RETURN NULL;
    """,
)
