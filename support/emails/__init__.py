"""The kinds of messages that the support app sends, one module per subject."""

from support.emails import (
    check_ins,
    group_messages,
    hand_overs,
    handling,
    meetings,
    morning,
    organisations,
    periods,
    requests,
    to_groups,
)

SUBJECTS = (
    requests,
    organisations,
    handling,
    hand_overs,
    meetings,
    morning,
    check_ins,
    periods,
    to_groups,
    group_messages,
)


def register() -> None:
    for subject in SUBJECTS:
        subject.register()
