import unicodedata


def clean_name(value):
    folded = unicodedata.normalize("NFKC", value)
    printable = "".join(" " if unicodedata.category(char) == "Cc" else char for char in folded)
    return " ".join(printable.split())
