import os

from config.settings.base import *  # noqa: F403
from config.settings.base import sqlite

SECRET_KEY = os.environ["DOCKET_SECRET_KEY"]
ALLOWED_HOSTS = os.environ["DOCKET_ALLOWED_HOSTS"].split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

DATABASES = {"default": sqlite(os.environ["DOCKET_DATABASE_PATH"])}

CELERY_BROKER_URL = os.environ["DOCKET_REDIS_URL"]
CELERY_BROKER_TRANSPORT_OPTIONS = {"priority_steps": [0, 3, 6, 9], "visibility_timeout": 900}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": os.environ["DOCKET_REDIS_URL"],
    },
}

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_HSTS_SECONDS = 31536000
