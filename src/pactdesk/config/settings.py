"""Django's settings, read from the environment; what is not said is safe.

PACTDESK_MODE   production unless it is exactly `demo` or `test`
SECRET_KEY      required in production, at least 50 characters
DATABASE_URL    required outside of tests; see `database.py`
ALLOWED_HOSTS   the desk's own host names, with commas between
"""

from __future__ import annotations

import os
import secrets

from pactdesk.config.database import NOWHERE, databases
from pactdesk.config.errors import SettingMissing, SettingWrong

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

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "pactdesk.apps.walls",
    "pactdesk.apps.audit",
    "pactdesk.apps.outbox",
    "pactdesk.apps.parties",
    "pactdesk.apps.evidence",
    "pactdesk.apps.conversations",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

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

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "UTC"
USE_TZ = True

# A demo on 127.0.0.1 has no TLS; everywhere else the pages are reached through it only.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IN_PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_SSL_REDIRECT = IN_PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IN_PRODUCTION else 0
# Whether the company's other host names have TLS is not ours to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
