import unicodedata


def clean(value: str) -> str:
    folded = unicodedata.normalize("NFKC", value)
    printable = "".join(" " if unicodedata.category(char) == "Cc" else char for char in folded)
    return " ".join(printable.split())


def match_key(value: str) -> str:
    decomposed = unicodedata.normalize("NFKD", clean(value).casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
