import re
import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
BODY_LENGTH = 16


def new_id(prefix):
    body = "".join(secrets.choice(ALPHABET) for _ in range(BODY_LENGTH))
    return f"{prefix}_{body}"


def is_id(value, prefix):
    return re.fullmatch(f"{prefix}_[{ALPHABET}]{{{BODY_LENGTH}}}", value or "") is not None


def user_id():
    return new_id("usr")


def organisation_id():
    return new_id("org")


def project_id():
    return new_id("prj")


def membership_id():
    return new_id("mem")


def document_id():
    return new_id("doc")


def version_id():
    return new_id("ver")


def run_id():
    return new_id("run")


def tag_id():
    return new_id("tag")


def comment_id():
    return new_id("cmt")


def event_id():
    return new_id("evt")
