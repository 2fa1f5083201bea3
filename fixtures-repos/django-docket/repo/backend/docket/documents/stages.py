import hashlib
import re
from collections import Counter
from html.parser import HTMLParser

from docket.core.text import normalise_name

PAGE_LENGTH = 3000
KEYWORD_LIMIT = 20
WORD = re.compile(r"[^\W\d_]{4,}")
STOPWORDS = frozenset(
    [
        "about",
        "after",
        "also",
        "been",
        "before",
        "between",
        "both",
        "does",
        "each",
        "from",
        "have",
        "into",
        "more",
        "most",
        "other",
        "over",
        "shall",
        "should",
        "some",
        "such",
        "than",
        "that",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "through",
        "under",
        "upon",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "will",
        "with",
        "within",
        "would",
        "your",
    ]
)
PLAIN_TYPES = {"text/plain", "text/markdown", "text/csv"}


class StageError(Exception):
    def __init__(self, code, reason):
        super().__init__(reason)
        self.code = code
        self.reason = reason


class TextCollector(HTMLParser):
    HIDDEN = {"script", "style", "template"}

    def __init__(self):
        super().__init__()
        self.parts = []
        self.depth = 0

    def handle_starttag(self, tag, attrs):
        if tag in self.HIDDEN:
            self.depth += 1

    def handle_endtag(self, tag):
        if tag in self.HIDDEN and self.depth:
            self.depth -= 1

    def handle_data(self, data):
        if not self.depth and data.strip():
            self.parts.append(data.strip())


def checksum(content):
    return hashlib.sha256(content).hexdigest()


def extract_text(content, content_type):
    if content_type not in PLAIN_TYPES and content_type != "text/html":
        raise StageError("unsupported_type", f"Cannot read {content_type}.")
    # INC-47: one office's scanner writes a byte order mark, which became part of the first word.
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StageError("undecodable", "The file is not UTF-8 text.") from error
    if content_type != "text/html":
        return text
    collector = TextCollector()
    collector.feed(text)
    collector.close()
    return "\n".join(collector.parts)


def count_pages(text):
    if not text.strip():
        raise StageError("empty", "The file has no text.")
    if "\f" in text:
        return len([page for page in text.split("\f") if page.strip()])
    return -(-len(text) // PAGE_LENGTH)


def index_keywords(text, limit=KEYWORD_LIMIT):
    words = Counter(word for word in WORD.findall(normalise_name(text)) if word not in STOPWORDS)
    ranked = sorted(words, key=lambda word: (-words[word], word))
    return ranked[:limit]


def run_text(content, content_type):
    text = extract_text(content, content_type)
    yield "text", {"characters": len(text)}, {}
    pages = count_pages(text)
    yield "pages", {"pages": pages}, {"page_count": pages}


def run_full(content, content_type):
    digest = checksum(content)
    yield "checksum", {"sha256": digest}, {"checksum": digest}
    yield from run_text(content, content_type)
    keywords = index_keywords(extract_text(content, content_type))
    yield "keywords", {"count": len(keywords)}, {"keywords": keywords}


PIPELINES = {"full": run_full, "text": run_text}
