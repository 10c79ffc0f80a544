from training.models.courses import Course, Session
from training.models.registrations import Certificate, Evaluation, Registration

__all__ = ["Certificate", "Course", "Evaluation", "Registration", "Session"]
