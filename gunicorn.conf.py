"""How the web server runs, in development and for real. The address is given with `-b`."""

import os
from pathlib import Path

from mobilisering.logs import logging_config

preload_app = True  # loaded once and then forked: quicker to start, less memory
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
timeout = 30  # seconds; no page waits for another server
graceful_timeout = 3
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 -- the heartbeat file of gunicorn
accesslog = None  # it would hold addresses on the net; RequestLogMiddleware writes one line per request
loglevel = os.environ.get("LOG_LEVEL", "INFO")
logconfig_dict = logging_config(loglevel, as_json="DEVELOPMENT" not in os.environ)
