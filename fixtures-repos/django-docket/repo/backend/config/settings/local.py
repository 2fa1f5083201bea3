from config.settings.base import *  # noqa: F403
from config.settings.base import ROOT_DIR, sqlite

DEBUG = True
SECRET_KEY = "local-development-only"
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]

DATA_DIR = ROOT_DIR / ".data"
BROKER_DIR = DATA_DIR / "broker"
BROKER_DIR.mkdir(parents=True, exist_ok=True)

DATABASES = {"default": sqlite(DATA_DIR / "docket.sqlite3")}

CELERY_BROKER_URL = "filesystem://"
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "data_folder_in": str(BROKER_DIR),
    "data_folder_out": str(BROKER_DIR),
    "control_folder": str(BROKER_DIR),
}
