"""The real settings, with one more page to compare with."""

from mobilisering.settings import *  # noqa: F403 -- all of them

ROOT_URLCONF = "bench.urls"
