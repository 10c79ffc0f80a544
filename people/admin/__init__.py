"""Offices, accounts, contacts, private links and the outbox in the admin."""

from people.admin import contacts, jobs, links, messages, offices, records, users

__all__ = ["contacts", "jobs", "links", "messages", "offices", "records", "users"]
