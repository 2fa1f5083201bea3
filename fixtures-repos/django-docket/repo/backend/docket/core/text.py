import unicodedata


def clean_name(value):
    folded = unicodedata.normalize("NFKC", value)
    printable = "".join(" " if unicodedata.category(char) == "Cc" else char for char in folded)
    return " ".join(printable.split())


def normalise_name(value):
    return clean_name(value).casefold()


def shorten(value, limit):
    value = clean_name(value)
    if len(value) <= limit:
        return value
    head = value[: limit - 1].rsplit(" ", 1)[0]
    return f"{head}…"
