"""Django's settings, read from the environment; what is not said is safe.

PACTDESK_MODE   production unless it is exactly `demo` or `test`
SECRET_KEY      required in production, at least 50 characters
DATABASE_URL    required outside of tests; see `database.py`
ALLOWED_HOSTS   the desk's own host names, with commas between
PAGES_URL       where people reach the pages, for links in mails: https://desk.example.com
LIVE_URL        where browsers reach the live door: https://live.example.com
SMTP_URL        where letters leave: smtp://user:password@host:587 or smtps://…:465
MAIL_FROM       whom they come from: Example Desk <desk@example.com>
PACTDESK_SEALING_KEY_FILE   the provider's private key, with which the worker seals days
PACTDESK_TRUSTED_KEYS_FILE  the public keys that go with it, for bundles on the portal
LOG_LEVEL       INFO unless said otherwise
DISPLAY_ZONE    in which times are shown that belong to no contract; Asia/Shanghai
TRUSTED_PROXIES whose X-Forwarded-For and -Proto are believed; this machine's (see wsgi.py)
"""

from __future__ import annotations

import os
import secrets
from importlib.resources import files

from pactdesk.config.database import NOWHERE, databases
from pactdesk.config.errors import SettingMissing, SettingWrong
from pactdesk.web.observed.json_logs import logging_settings

MODES = ("production", "demo", "test")
PACTDESK_MODE = os.environ.get("PACTDESK_MODE", "production")
if PACTDESK_MODE not in MODES:
    raise SettingWrong(name="PACTDESK_MODE", given=PACTDESK_MODE, expected=MODES)
IN_PRODUCTION = PACTDESK_MODE == "production"

SHORTEST_SECRET = 50

SECRET_KEY = os.environ.get("SECRET_KEY", "")
if IN_PRODUCTION and not SECRET_KEY:
    raise SettingMissing(name="SECRET_KEY")
if IN_PRODUCTION and len(SECRET_KEY) < SHORTEST_SECRET:
    # The secret itself stays out of every message.
    raise SettingWrong(name="SECRET_KEY", given="***", expected=f"≥ {SHORTEST_SECRET}")
SECRET_KEY = SECRET_KEY or secrets.token_urlsafe(SHORTEST_SECRET)

DEBUG = False
ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host]
if not IN_PRODUCTION:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "testserver"]

# Where browsers find the pages and the live door; `pactdesk serve` listens behind them.
PAGES_URL = os.environ.get("PAGES_URL", "" if IN_PRODUCTION else "http://127.0.0.1:8000")
LIVE_URL = os.environ.get("LIVE_URL", "" if IN_PRODUCTION else "http://127.0.0.1:8001")

SMTP_URL = os.environ.get("SMTP_URL", "")
MAIL_FROM = os.environ.get("MAIL_FROM", "Pactdesk <pactdesk@localhost>")
SEALING_KEY_FILE = os.environ.get("PACTDESK_SEALING_KEY_FILE", "")
TRUSTED_KEYS_FILE = os.environ.get("PACTDESK_TRUSTED_KEYS_FILE", "")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "pactdesk.apps.walls",
    "pactdesk.apps.audit",
    "pactdesk.apps.outbox",
    "pactdesk.apps.parties",
    "pactdesk.apps.evidence",
    "pactdesk.apps.contracts",
    "pactdesk.apps.conversations",
    "pactdesk.apps.requests",
    "pactdesk.apps.quality",
    "pactdesk.apps.workforce",
    "pactdesk.apps.statements",
    "pactdesk.web.portal",
    "pactdesk.web.quality",
    "pactdesk.web.ui",
    "pactdesk.web.account",
    "pactdesk.web.people",
    "pactdesk.web.clients",
    "pactdesk.web.widget",
    "pactdesk.web.files",
    "pactdesk.web.desk",
    "pactdesk.web.requests",
    "pactdesk.web.workforce",
    "procrastinate.contrib.django",
    "pactdesk.jobs",
]
MIDDLEWARE = [
    "pactdesk.web.observed.request_ids.RequestIdMiddleware",
    "pactdesk.web.observed.probes.ProbesMiddleware",
    "pactdesk.web.policy.ContentPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "pactdesk.web.refused.NoNulMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "pactdesk.config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "pactdesk.web.shell.shell",
            ],
        },
    }
]
STATIC_URL = "/static/"
# The reviewer's page is also a file of its own, which needs no Django: its style and script lie
# with it.
STATICFILES_DIRS = [str(files("pactdesk.documents.review") / "static")]
# Straight from the packages: nothing to collect before the pages can start.
WHITENOISE_USE_FINDERS = True

DATABASES = databases(os.environ) if PACTDESK_MODE != "test" else {"default": dict(NOWHERE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "parties.Person"
AUTHENTICATION_BACKENDS = ["pactdesk.apps.parties.login.EmailBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
if PACTDESK_MODE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

LOGIN_URL = "account:login"
LOGIN_REDIRECT_URL = "/"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TIME_ZONE = "UTC"
# In which times are shown that belong to no contract: of log-ins, of the audit.
DISPLAY_ZONE = os.environ.get("DISPLAY_ZONE", "Asia/Shanghai")
USE_TZ = True

# A demo on 127.0.0.1 has no TLS; everywhere else the pages are reached through it only.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IN_PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "pactdesk.web.refused.form_expired"
SESSION_ENGINE = "pactdesk.apps.parties.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_SSL_REDIRECT = IN_PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IN_PRODUCTION else 0
# Whether the company's other host names have TLS is not ours to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

if PACTDESK_MODE != "test":
    LOGGING = logging_settings(os.environ.get("LOG_LEVEL", "INFO"))
