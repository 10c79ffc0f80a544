"""Settings come from the environment; `.env.example` lists all of them with a word on each.

`DEVELOPMENT=1` (set by `make run` and `make test`) gives sample secrets, plain http and messages written to files.
Without it everything is as safe as we know how, and what is missing is refused in words.
"""

import logging
from pathlib import Path

import environ
import pghistory
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from mobilisering import development
from mobilisering.logs import logging_config
from mobilisering.sign_in import *  # noqa: F403 -- they are settings too
from mobilisering.stores import broker_url

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEVELOPMENT = env.bool("DEVELOPMENT", default=False)
DEBUG = env.bool("DEBUG", default=False)
if DEBUG and not DEVELOPMENT:
    raise ImproperlyConfigured("DEBUG shows secrets to visitors: it needs DEVELOPMENT=1 beside it.")


def needed(name: str, in_development: str) -> str:
    """A value that has a sample in development and must be given outside it."""
    if value := env.str(name, default=in_development if DEVELOPMENT else ""):
        return value
    raise ImproperlyConfigured(f"{name} is missing. See .env.example, or use `make run` for development.")


# Secrets. Lists have the newest key first: it writes, all of them read.
SECRET_KEY = needed("SECRET_KEY", development.SECRET_KEY)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
FIELD_KEYS = needed("FIELD_KEYS", development.FIELD_KEY).split(",")
HASH_KEYS = needed("HASH_KEYS", development.HASH_KEY).split(",")

# Where the portal is, and how it is reached
PORTAL_URL = needed("PORTAL_URL", "http://127.0.0.1:8000").rstrip("/")
# 127.0.0.1: the health check of the container asks from inside. Links are built from PORTAL_URL, never from the host.
ALLOWED_HOSTS = [*env.list("ALLOWED_HOSTS", default=[PORTAL_URL.split("//")[-1].split(":")[0]]), "127.0.0.1"]
CSRF_TRUSTED_ORIGINS = [PORTAL_URL]
HTTPS = env.bool("HTTPS", default=not DEVELOPMENT)
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)  # proxies in front that set X-Forwarded-For and -Proto
ROOT_URLCONF = "mobilisering.urls"
WSGI_APPLICATION = "mobilisering.wsgi.application"

INSTALLED_APPS = [
    "people",
    "groups",
    "support",
    "training",
    "donations",
    "knowledge",
    "mobilisering",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
    "csp",
    "phonenumber_field",
    "django_structlog",
    "pghistory",
    "pgtrigger",
    "mobilisering.admin_config.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "mobilisering.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads its answers, and Django masks the CSRF token: BREACH learns nothing
    "mobilisering.middleware.PrivatePagesMiddleware",
    "mobilisering.policy.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mobilisering.middleware.SecondStepMiddleware",
    "mobilisering.middleware.WhoDidItMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mobilisering.context_processors.face",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Forms: our own pack, in templates/portal/. Crispy adds no classes of its own.
CRISPY_TEMPLATE_PACK = "portal"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["portal"]
WIDGETS = """
    textinput textarea select radioselect checkboxinput checkboxselectmultiple telinput numberinput emailinput
    passwordinput urlinput dateinput
"""
CRISPY_CLASS_CONVERTERS = dict.fromkeys(WIDGETS.split(), "")
DATA_UPLOAD_MAX_MEMORY_SIZE = 256_000  # bytes; the longest answer is far shorter, and a larger body gets 400 in words

# Database: PostgreSQL 15 or newer. Connections are kept: opening one per request cost ten times the page.
DATABASE_URL = needed("DATABASE_URL", "postgres:///mobilisering")
STATEMENT_TIMEOUT_MS = env.int("STATEMENT_TIMEOUT_MS", default=30_000)
DATABASES = {
    "default": env.db_url_config(DATABASE_URL)
    | {
        "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 3, "options": f"-c statement_timeout={STATEMENT_TIMEOUT_MS}"},
        "TEST": {"TEMPLATE": env.str("TEST_TEMPLATE_DB", default="") or None},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Who changed what is written by triggers in the database, so that no way of saving gets past it
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="history")
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_APPEND_ONLY = False  # erasing someone erases their history too

# Redis or Valkey carries Celery's queue and the rate limits. No page needs it: without it forms stay open.
REDIS_URL = needed("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "mobilisering.cache.PatientCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "portal",
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# Celery. A task is only a nudge: what is due stands in PostgreSQL, so nothing is lost with the queue.
CELERY_BROKER_URL = broker_url(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 5, "socket_connect_timeout": 2}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = False
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Europe/Stockholm"

SWEEP_SECONDS = env.float("SWEEP_SECONDS", default=60)
DELIVERY_SECONDS = env.float("DELIVERY_SECONDS", default=5)
JOB_SECONDS = env.float("JOB_SECONDS", default=5)
# What runs when. Every task does what is due by now, so one that comes late or twice does no harm.
CELERY_BEAT_SCHEDULE = {
    "deliver messages": {
        "task": "people.tasks.deliver_messages",
        "schedule": DELIVERY_SECONDS,
        "options": {"expires": DELIVERY_SECONDS},
    },
    "sweep support": {
        "task": "support.tasks.sweep_support",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS},
    },
    "sweep knowledge": {
        "task": "knowledge.tasks.sweep_knowledge",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS},
    },
    "sweep training": {
        "task": "training.tasks.sweep_training",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS},
    },
    "check links": {"task": "knowledge.tasks.check_links", "schedule": 3600.0, "options": {"expires": 3600}},
    "run jobs": {
        "task": "people.tasks.run_jobs",
        "schedule": JOB_SECONDS,
        "options": {"expires": JOB_SECONDS},
    },
    "tidy messages": {"task": "people.tasks.tidy_messages", "schedule": 3600.0, "options": {"expires": 3600}},
}

# Sign-in: what does not depend on the environment stands in sign_in.py
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "people.backends.RoleBackend",
]
STAFF_MFA_REQUIRED = env.bool("STAFF_MFA_REQUIRED", default=True)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEVELOPMENT
SOCIALACCOUNT_PROVIDERS = env.json("SIGN_IN_PROVIDERS", default={})
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

# Language, time and place
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Svenska")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["mobilisering.formats"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
PHONENUMBER_DEFAULT_REGION = "SE"
PHONENUMBER_DB_FORMAT = "E164"

# Static files
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / ".run" / "static")))
STATICFILES_DIRS = [path for path in [BASE_DIR / "static"] if path.is_dir()]
STATICFILES_BACKEND = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEVELOPMENT
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATICFILES_BACKEND},
}
WHITENOISE_USE_FINDERS = DEVELOPMENT  # no collectstatic while developing
WHITENOISE_AUTOREFRESH = DEBUG

# What browsers are told
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^halsa/$"]
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "mobilisering.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],  # and the hash of the inlined stylesheet, see policy.py
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# Messages, by e-mail and by sms
DEV_OUTBOX_DIR = Path(env.str("DEV_OUTBOX_DIR", default=str(BASE_DIR / ".run" / "utkorg")))
vars().update(env.email_url_config(needed("EMAIL_URL", f"filemail:///{DEV_OUTBOX_DIR}")))  # EMAIL_HOST and so on
MESSAGE_TIMEOUT = EMAIL_TIMEOUT = env.int("MESSAGE_TIMEOUT", default=10)  # seconds for each answer of a server
MESSAGE_LEASE_SECONDS = env.int("MESSAGE_LEASE_SECONDS", default=60)
if MESSAGE_LEASE_SECONDS <= 2 * MESSAGE_TIMEOUT:
    raise ImproperlyConfigured("MESSAGE_LEASE_SECONDS must be more than twice MESSAGE_TIMEOUT, or messages come twice.")
FROM_NAME = env.str("FROM_NAME", default="Mobilisering")
FROM_ADDRESS = needed("FROM_ADDRESS", "hej@mobilisering.example")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = FROM_ADDRESS
# What a message says it comes from when the receiver has asked us not to show our name
NEUTRAL_DOMAIN = needed("NEUTRAL_DOMAIN", "kalender.example")
NEUTRAL_URL = env.str("NEUTRAL_URL", default=f"https://{NEUTRAL_DOMAIN}").rstrip("/")
NEUTRAL_SENDER_NAME = env.str("NEUTRAL_SENDER_NAME", default="Kalendern")
ALLOWED_HOSTS.append(NEUTRAL_DOMAIN)
SMS_SENDER_NAME = env.str("SMS_SENDER_NAME", default="Mobilisera")
if max(len(SMS_SENDER_NAME), len(NEUTRAL_SENDER_NAME)) > 11:  # noqa: PLR2004 -- so long may the sender of an sms be
    raise ImproperlyConfigured("SMS_SENDER_NAME and NEUTRAL_SENDER_NAME may have 11 characters at most in an sms.")
SMS_GATEWAY = env.str("SMS_GATEWAY", default=f"people.channels.sms.{'FileGateway' if DEVELOPMENT else 'ElksGateway'}")
ELKS_URL = env.str("ELKS_URL", default="https://api.46elks.com/a1/sms")
ELKS_USERNAME = env.str("ELKS_USERNAME", default="")
ELKS_PASSWORD = env.str("ELKS_PASSWORD", default="")

# The programme
PORTAL_PHONE = needed("PORTAL_PHONE", "031-390 06 10")
EXIT_URL = env.str("EXIT_URL", default="https://www.smhi.se/")
CLOCK_MAY_BE_STEPPED = env.bool("CLOCK_MAY_BE_STEPPED", default=False)
if CLOCK_MAY_BE_STEPPED and not DEVELOPMENT:
    raise ImproperlyConfigured("CLOCK_MAY_BE_STEPPED lets a test move the programme's time: only with DEVELOPMENT=1.")

# Logs: one line of JSON for each event, never who asked from where
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
LOGGING = logging_config(LOG_LEVEL, as_json=env.bool("LOG_JSON", default=not DEVELOPMENT))
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = ""  # asking who it is would cost every page two questions to the database
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
