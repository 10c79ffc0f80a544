"""The leader's side: the queue of requests, meetings, support periods, the basket, organisations, supervision."""

from support.admin import check_ins, logs, meetings, organisation_requests, periods, plans, requests, supervision

__all__ = ["check_ins", "logs", "meetings", "organisation_requests", "periods", "plans", "requests", "supervision"]
