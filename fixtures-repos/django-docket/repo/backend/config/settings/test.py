import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *  # noqa: F403
from config.settings.base import REST_FRAMEWORK, sqlite

if os.environ["DOCKET_ENV"] != "test" or "DOCKET_TMP" not in os.environ:
    raise ImproperlyConfigured("Test settings are only usable through ./dev test.")

TMP_DIR = Path(os.environ["DOCKET_TMP"])

SECRET_KEY = "test-suite-only"
ALLOWED_HOSTS = ["testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

DATABASES = {"default": sqlite(TMP_DIR / "docket.sqlite3")}
DATABASES["default"]["TEST"] = {"NAME": str(TMP_DIR / "test.sqlite3")}
DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"

REST_FRAMEWORK = {**REST_FRAMEWORK, "DEFAULT_THROTTLE_CLASSES": []}

CELERY_BROKER_URL = "memory://"
CELERY_RESULT_BACKEND = "cache+memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {"polling_interval": 0.01}
