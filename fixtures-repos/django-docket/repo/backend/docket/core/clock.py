from datetime import datetime, timezone


def _system():
    return datetime.now(timezone.utc)


_source = _system


def set_source(source):
    global _source
    _source = source or _system


def now():
    moment = _source().astimezone(timezone.utc)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
