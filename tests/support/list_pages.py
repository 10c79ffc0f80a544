"""Reading the lists of cases in a test."""

from typing import Any

from django.test import Client

REQUESTS = "/admin/support/supportrequest/"
PERIODS = "/admin/support/supportperiod/"
MEETINGS = "/admin/support/intakemeeting/"
CHECK_INS = "/admin/support/checkin/"
ORGANISATIONS = "/admin/support/organisationrequest/"


def shown(client: Client, url: str, **query: Any) -> list[str]:
    return sorted(str(row.pk) for row in client.get(url, query).context["cl"].result_list)


def pks(*rows: Any) -> list[str]:
    return sorted(str(row.pk) for row in rows)


def said(client: Client, url: str, **query: Any) -> str:
    return " · ".join(str(one["words"]) for one in client.get(url, query).context["cl"].said())


def tabs(client: Client, url: str, **query: Any) -> dict[str, int]:
    return client.get(url, query).context["cl"].tabs.counts


def options(client: Client, url: str, parameter: str, **query: Any) -> dict[str, str]:
    pick = next(one for one in client.get(url, query).context["cl"].picks if one.parameter_name == parameter)
    return {str(words): count for _value, words, count in pick.options()}
