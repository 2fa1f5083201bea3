import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
BODY_LENGTH = 14

PREFIXES = {
    "account": "acc",
    "attachment": "att",
    "bank_import": "imp",
    "bank_transaction": "btx",
    "customer": "cus",
    "entry": "ent",
    "event": "evt",
    "export": "exp",
    "invoice": "inv",
    "membership": "mem",
    "organisation": "org",
    "payment": "pay",
    "user": "usr",
}


def new_id(kind: str) -> str:
    body = "".join(secrets.choice(ALPHABET) for _ in range(BODY_LENGTH))
    return f"{PREFIXES[kind]}_{body}"


def is_id(value: str, kind: str) -> bool:
    prefix, _, body = value.partition("_")
    return prefix == PREFIXES[kind] and len(body) == BODY_LENGTH and set(body) <= set(ALPHABET)
