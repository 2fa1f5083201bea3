import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROFILES = ("local", "test", "production")


@dataclass(frozen=True)
class Settings:
    profile: str
    data: Path
    database_url: str
    password_rounds: int
    synchronous: str


@cache
def get_settings() -> Settings:
    profile = os.environ.get("LEDGER_PROFILE")
    if profile not in PROFILES:
        raise RuntimeError("LEDGER_PROFILE is not set; start the backend through ./ledger.")
    data = Path(os.environ["LEDGER_DATA"])
    return Settings(
        profile=profile,
        data=data,
        database_url=os.environ.get(
            "LEDGER_DATABASE", f"sqlite+aiosqlite:///{data}/ledger.sqlite3"
        ),
        password_rounds=1 if profile == "test" else 240_000,
        synchronous="OFF" if profile == "test" else "NORMAL",
    )
