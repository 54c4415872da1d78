"""The clinic's settings as they are, but quick, in a folder of their own, and asking nobody outside."""

import os
import tempfile

os.environ.setdefault("NEEDLEPOINT_HOME", tempfile.mkdtemp(prefix="needlepoint-tests-"))
os.environ.setdefault("NEEDLEPOINT_SECRET_KEY", "only for tests; a clinic makes its own")
os.environ.setdefault("NEEDLEPOINT_TIME_ZONE", "Europe/London")

from needlepoint.clinic.settings import *
from needlepoint.clinic.settings import AUTH_PASSWORD_VALIDATORS as _VALIDATORS
from needlepoint.clinic.settings import DATABASES
from needlepoint.clinic.settings import MIDDLEWARE as _MIDDLEWARE

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [one for one in _VALIDATORS if "pwned" not in one["NAME"]]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SECURE_SSL_REDIRECT = False
ALLOWED_HOSTS = ["*"]
DATABASES["default"]["CONN_MAX_AGE"] = 0
LOGGING = {"version": 1, "disable_existing_loggers": False}
# Every new browser of a test would look for all static files anew; tests that want them ask a real server.
MIDDLEWARE = [one for one in _MIDDLEWARE if "whitenoise" not in one]
