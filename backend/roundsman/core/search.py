"""How things are looked for by name: the words of a question, the pinyin they are typed in, the pattern SQL takes.
Which texts of a thing are looked through is said by its domain.
"""

import unicodedata
from collections.abc import Iterable


def pinyin_of(text: str) -> str:
    """Toneless pinyin without spaces, lower case; what is not Chinese stays: '和平Store' → 'hepingstore'."""
    return _pinyin(text, "NORMAL")


def initials_of(text: str) -> str:
    """First letters of the pinyin; a run of other characters stays whole: '汇暻生活广场店' → 'hjshgcd'."""
    return _pinyin(text, "FIRST_LETTER")


def _pinyin(text: str, style: str) -> str:
    # Its dictionary takes a quarter of a second to load: not by every process that starts.
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(text, style=getattr(Style, style))).replace(" ", "").lower()


def line_of(*texts: str) -> str:
    """The line a search looks through: the texts in lower case and one width, separated by tabs."""
    return "\t".join(unicodedata.normalize("NFKC", text).lower() for text in texts)


def search_words(text: str) -> list[str]:
    """The words of a question as line_of must contain them; all of them have to match."""
    return unicodedata.normalize("NFKC", text).lower().split()


def containing(word: str) -> str:
    """The pattern of `LIKE … ESCAPE '\\'` for a text that contains the word."""
    return "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def containing_all(column: str, words: Iterable[str], arguments: list[object]) -> list[str]:
    """Conditions of a WHERE, one a word, that a column of such lines contains it; the patterns are added to
    `arguments`.
    """
    conditions = []
    for word in words:
        arguments.append(containing(word))
        conditions.append(f"{column} LIKE ${len(arguments)} ESCAPE '\\'")
    return conditions
