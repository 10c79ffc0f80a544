"""Courses, sessions and those who come to them, in the admin."""

from training.admin import courses, registrations, sessions

__all__ = ["courses", "registrations", "sessions"]
