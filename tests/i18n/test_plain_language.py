"""The English source is in short sentences and everyday words, for readers and for translators."""

import re

import pytest

from companion.i18n.catalogue_files import gather
from companion.i18n.catalogues import DOMAINS

LONGEST_SENTENCE = 18  # words
LONGEST_WORD = 14  # letters
MEAN_SENTENCE = 7

_END = re.compile(r"(?<=[.!?:;…])\s+")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")


def _sentences() -> list[str]:
    said = [
        text
        for domain in DOMAINS
        for message in gather(domain)
        if message.id
        for text in (message.id if isinstance(message.id, tuple | list) else (message.id,))
    ]
    return [sentence for text in said for sentence in _END.split(text)]


def long_sentences(sentences: list[str]) -> list[str]:
    return [each for each in sentences if len(each.split()) > LONGEST_SENTENCE]


def test_no_sentence_is_long() -> None:
    assert long_sentences(_sentences()) == []


def test_the_usual_sentence_is_short() -> None:
    words = [len(each.split()) for each in _sentences()]

    assert sum(words) / len(words) < MEAN_SENTENCE


def test_no_word_is_long() -> None:
    words = {word for sentence in _sentences() for word in _WORD.findall(sentence)}

    assert {word for word in words if len(word) > LONGEST_WORD} == set()


@pytest.mark.parametrize(
    ("words", "is_long"), [(18, False), (19, True)], ids=["short enough", "too long"]
)
def test_the_check_finds_a_long_sentence(words: int, is_long: bool) -> None:
    assert bool(long_sentences([" ".join(["word"] * words)])) is is_long
