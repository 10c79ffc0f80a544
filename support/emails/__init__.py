"""The kinds of messages that the support app sends, one module per subject."""

from support.emails import check_ins, handling, meetings, organisations, periods, requests, to_groups


def register() -> None:
    for subject in (requests, organisations, handling, meetings, check_ins, periods, to_groups):
        subject.register()
