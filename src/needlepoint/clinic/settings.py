"""Django's settings. What differs between clinics comes from the environment; every default is the safe one.

``NEEDLEPOINT_HOME``            the clinic's folder
``DATABASE_URL``                a PostgreSQL server; without it SQLite in the clinic's folder
``NEEDLEPOINT_HOSTS``           the names under which the clinic is reached, with commas between
``NEEDLEPOINT_BEHIND_TLS``      ``no`` only for one laptop that talks to itself
``NEEDLEPOINT_TIME_ZONE``       for the days of visits; without it that of the machine
``NEEDLEPOINT_DEMO``            ``yes``: invented people, and no second factor asked
``NEEDLEPOINT_IDLE_MINUTES``    after so many minutes without a request a member has to sign in again
``NEEDLEPOINT_PROXIES``         how many proxies of your own stand before the server; 1 behind TLS
``NEEDLEPOINT_OIDC_...``        sign-in through an organisation's own server: ``NAME``, ``SERVER``, ``CLIENT_ID``, ``SECRET``, ``DOMAINS``
"""

import os
from pathlib import Path
from typing import Any

import dj_database_url
import tzlocal
from csp.constants import NONE, SELF

from needlepoint.clinic.home import home, secret_key


def _yes(name: str, default: bool) -> bool:
    return os.environ.get(name, "yes" if default else "no").strip().lower() in ("yes", "true", "1", "on")


def _listed(name: str, default: str = "") -> list[str]:
    return [one.strip() for one in os.environ.get(name, default).split(",") if one.strip()]


HERE = Path(__file__).parent
HOME = home()
SECRET_KEY = secret_key(HOME)
DEBUG = _yes("NEEDLEPOINT_DEBUG", False)
DEMO = _yes("NEEDLEPOINT_DEMO", False)
# Web processes see one organisation at a time; the commands that keep (migrate, backup, verify) see all.
AS_WEB = _yes("NEEDLEPOINT_AS_WEB", False)
BEHIND_TLS = _yes("NEEDLEPOINT_BEHIND_TLS", not DEMO)
PROXIES = int(os.environ.get("NEEDLEPOINT_PROXIES", "1" if BEHIND_TLS else "0"))
ALLOWED_HOSTS = _listed("NEEDLEPOINT_HOSTS", "localhost,127.0.0.1")
CSRF_TRUSTED_ORIGINS = [f"https://{one}" for one in ALLOWED_HOSTS if one != "*"] if BEHIND_TLS else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "django.contrib.humanize",
    "csp",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "needlepoint.clinic.records",
    "needlepoint.clinic.access",
    "needlepoint.clinic.pages",
    "needlepoint.clinic.keep",
    "needlepoint.clinic.demo",
]
MIDDLEWARE = [
    "needlepoint.clinic.access.request_log.request_log",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "needlepoint.clinic.access.headers.headers",
    "needlepoint.clinic.pages.health.health",
    "needlepoint.clinic.access.error_pages.error_pages",
    "needlepoint.clinic.access.charset.utf8_only",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "needlepoint.clinic.access.signed_in.signed_in",
]
ROOT_URLCONF = "needlepoint.clinic.urls"
WSGI_APPLICATION = "needlepoint.clinic.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "needlepoint.clinic.pages.frame.frame",
            ]
        },
    }
]

_URL = os.environ.get("DATABASE_URL", "")
if _URL:
    DATABASES = {"default": dj_database_url.parse(_URL, conn_max_age=600, conn_health_checks=True)}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(HOME / "clinic.sqlite3"),
            "CONN_MAX_AGE": 600,
            # Full sync: what was answered as kept survives a power cut. Immediate: two writers wait for each other instead of failing.
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                " PRAGMA recursive_triggers=ON; PRAGMA busy_timeout=20000; PRAGMA cache_size=-65536;"
                " PRAGMA mmap_size=268435456; PRAGMA secure_delete=ON",
            },
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en-gb"
# Only what is translated whole: half a page in another language would be worse than none.
LANGUAGES = [("en-gb", "English")]
USE_I18N = True
LOCALE_PATHS = [HERE / "locale"]
USE_TZ = True
TIME_ZONE = os.environ.get("NEEDLEPOINT_TIME_ZONE") or tzlocal.get_localzone_name() or "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static", ("chart", HERE.parent / "exchange" / "chart" / "static")]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600

# In the database, so that all processes count the same sign-in attempts; large enough that nobody pushes the count out by trying many names.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "needlepoint_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Sign-in: allauth does it all; see access/.
SITE_ID = 1
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    # Sends five letters of a hash, never the password; without a network it asks Django's list of common ones.
    {"NAME": "needlepoint.clinic.access.pwned.NotPwned"},
]
PWNED_PASSWORDS = {"API_TIMEOUT": 2.0}
# An invitation outlives a weekend.
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_ADAPTER = "needlepoint.clinic.access.adapter.MembersOnly"
SOCIALACCOUNT_ADAPTER = "needlepoint.clinic.access.adapter.MembersOnlyElsewhere"
MFA_ADAPTER = "needlepoint.clinic.access.adapter.Factors"
ACCOUNT_FORMS = {
    "login": "needlepoint.clinic.access.forms.SignIn",
    "reauthenticate": "needlepoint.clinic.access.forms.PasswordAgain",
    "change_password": "needlepoint.clinic.access.forms.ChangePassword",
    "set_password": "needlepoint.clinic.access.forms.SetPassword",
}
MFA_FORMS = {
    "authenticate": "needlepoint.clinic.access.forms.SecondFactor",
    "reauthenticate": "needlepoint.clinic.access.forms.SecondFactorAgain",
    "activate_totp": "needlepoint.clinic.access.forms.ActivateCodes",
    "add_webauthn": "needlepoint.clinic.access.forms.AddPasskey",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,20/5m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = False
MFA_TOTP_ISSUER = "Needlepoint"
# A telephone's clock may be half a minute wrong.
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not BEHIND_TLS
SECOND_FACTOR_REQUIRED = not DEMO
# No part of the clinic sends mail.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
OIDC_DOMAINS = [one.lower() for one in _listed("NEEDLEPOINT_OIDC_DOMAINS")]
_OIDC_SERVER = os.environ.get("NEEDLEPOINT_OIDC_SERVER", "")
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = (
    {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "EMAIL_AUTHENTICATION": True,
            "APPS": [
                {
                    "provider_id": "organisation",
                    "name": os.environ.get("NEEDLEPOINT_OIDC_NAME", "Your organisation"),
                    "client_id": os.environ["NEEDLEPOINT_OIDC_CLIENT_ID"],
                    "secret": os.environ.get("NEEDLEPOINT_OIDC_SECRET", ""),
                    "settings": {"server_url": _OIDC_SERVER},
                }
            ],
        }
    }
    if os.environ.get("NEEDLEPOINT_OIDC_CLIENT_ID")
    else {}
)

IDLE_MINUTES = int(os.environ.get("NEEDLEPOINT_IDLE_MINUTES", "30"))
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
CSRF_FAILURE_VIEW = "needlepoint.clinic.access.error_pages.forged"
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_TLS
SECURE_HSTS_PRELOAD = BEHIND_TLS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# No personal data in any log: the formatter keeps only the event, and requests are logged by the name of their view.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "needlepoint.clinic.access.log_lines.OnlyTheEvent"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["out"], "level": "WARNING"},
    "loggers": {
        "needlepoint": {"level": "INFO"},
        # Django would add handlers of its own.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
        # Our own line of the request tells the status already.
        "django.request": {"level": "ERROR"},
        # Without a network the check for leaked passwords is expected to fall back.
        "pwned_passwords_django": {"level": "CRITICAL"},
        "httpx": {"level": "WARNING"},
        # It names every rule of a style sheet that paper does not know.
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}
