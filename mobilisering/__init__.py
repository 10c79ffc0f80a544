"""The site: settings, addresses, Celery, and what needs more than one of the apps."""
