"""Settings. Everything that differs between machines comes from the environment (README, Configuration)."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.FileAwareEnv()

DEMO = env.bool("DEMO", default=False)  # demo sign-ins, /dev/mail/, /styleguide/
DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is not set. Set it to 50 random characters and keep it, or use `make run`, which makes one.")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
SEALING_KEYS = env.list("SEALING_KEYS", default=[])  # encrypt words at rest (core/sealed.py): the first seals, all open; without any, SECRET_KEY does
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
BASE_URL = env.str("BASE_URL", default="http://localhost:8000")
HELP_COUNTRY = env.str("HELP_COUNTRY", default="GB")
EXIT_URL = env.str("EXIT_URL", default="https://www.bbc.co.uk/weather")
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var" / "data")))

INSTALLED_APPS = [
    "core",
    "audit",
    "accounts",
    "access",
    "clients",
    "safety",
    "reminders",
    "strengths",
    "homework",
    "coping",
    "selfcare",
    "mindset",
    "therapy",
    "dashboard",
    "portal",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
]
MIDDLEWARE = [
    "core.middleware.NumberMiddleware",
    "core.middleware.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.SmallerMiddleware",
    "accounts.middleware.BrowserSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "access.middleware.GateMiddleware",
]
ROOT_URLCONF = "resilience_site.urls"
WSGI_APPLICATION = "resilience_site.wsgi.application"
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
                "core.context.site",
            ]
        },
    }
]

# ---- database: the web's login by default, the owner's for the commands named in manage.py
LOGIN = "DATABASE_OWNER_URL" if env.str("DATABASE_LOGIN", default="web") == "owner" else "DATABASE_URL"
DATABASES = {"default": env.db(LOGIN)}
DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True, DISABLE_SERVER_SIDE_CURSORS=True)
if LOGIN == "DATABASE_OWNER_URL":
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c app.maintenance=on"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---- Valkey: broker and cache. The alarm clock and the throttle, never the truth.
REDIS_URL = env.str("REDIS_URL")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "web"}}
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE = {
    "heartbeat": {"task": "core.tasks.beat", "schedule": 20.0, "options": {"expires": 15}},
    "reminders": {"task": "reminders.tasks.tick", "schedule": 20.0, "options": {"expires": 15}},
    "invitations": {"task": "clients.tasks.send_waiting_invitations", "schedule": 300.0, "options": {"expires": 240}},
    "seal": {"task": "access.tasks.seal", "schedule": 60.0, "options": {"expires": 50}},
}

# ---- people
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["email", "name"]}},
]
PASSWORD_RESET_TIMEOUT = 3600  # seconds
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
    "change_password": "accounts.forms.ChangePasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is proved by the invitation that was sent to it
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "100/m/ip,5/5m/key,10/15m/key",
    "reset_password": "40/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_ADAPTER = "accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "accounts.code_forms.AuthenticateForm",
    "reauthenticate": "accounts.code_forms.ReauthenticateForm",
    "activate_totp": "accounts.code_forms.ActivateForm",
    "add_webauthn": "accounts.code_forms.AddPasskeyForm",
    "authenticate_webauthn": "accounts.code_forms.PasskeyAnswerForm",
    "reauthenticate_webauthn": "accounts.code_forms.PasskeyAgainForm",
    "login_webauthn": "accounts.code_forms.SignInByPasskeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # proved by the invitation
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds before and after: clocks differ, people type slowly
MFA_RATE_LIMITS = {"webauthn_login": "200/m/ip"}  # a whole house; a passkey cannot be guessed
SESSION_ENGINE = "accounts.sessions"  # limits, and keys hashed at rest
SESSION_COOKIE_AGE = 30 * 24 * 3600  # of a cookie that says how long; the session itself ends earlier
CELERY_BEAT_SCHEDULE["sessions"] = {"task": "accounts.tasks.forget_ended_sessions", "schedule": 3600.0, "options": {"expires": 600}}

# ---- the browser
INSECURE_HTTP = env.bool("INSECURE_HTTP", default=False)  # plain http on this machine; never in production
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not INSECURE_HTTP
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = ("session", "csrf") if INSECURE_HTTP else ("__Host-session", "__Host-csrf")
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "access.kept.csrf_failure"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[] if INSECURE_HTTP else [BASE_URL])
SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", default=False)
SECURE_HSTS_SECONDS = 0 if INSECURE_HTTP else 31_536_000
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.int("TRUSTED_PROXY_COUNT", default=0) else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(DATA_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": env.str("STATICFILES_STORAGE", default="core.bundles.BundledStorage")},
}
WHITENOISE_MAX_AGE = 31_536_000
CRISPY_ALLOWED_TEMPLATE_PACKS = ["bootstrap5"]
CRISPY_TEMPLATE_PACK = "bootstrap5"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# ---- language and time
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# ---- mail: a server from EMAIL_URL, else a folder that /dev/mail/ shows in the demo
MAIL_DIR = env.str("MAIL_DIR", default="")
if env.str("EMAIL_URL", default=""):
    vars().update(env.email("EMAIL_URL"))
    EMAIL_TIMEOUT = 10
elif MAIL_DIR:
    EMAIL_BACKEND, EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", MAIL_DIR
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Lantern <no-reply@localhost>")

# ---- what the floors plug in above each other
REMINDER_KINDS = ["homework.reminder_kinds.homework"]
SAFETY_PLAN_PEOPLE = "strengths.selectors.people.my_people"  # who and what a step of the plan offers to tap: rows with a `name`
EXERCISE_RECORDERS = [
    "strengths.recorders.record_strengths",
    "strengths.people_recorders.record_people",
    "coping.recorders.record_coping",
    "selfcare.recorders.record_selfcare",
    "selfcare.compassion_recorders.record_compassion",
    "mindset.thought_recorders.record_thoughts",
    "mindset.jar_recorders.record_good",
]

# ---- logs: no names, no texts, no query strings
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "core.logs.JsonLine"}},
    "filters": {"no_content": {"()": "core.logs.NoContent"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_content"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "celery.worker.strategy": {"level": "WARNING"},  # that a task was received; that it ended is told
    },
}
