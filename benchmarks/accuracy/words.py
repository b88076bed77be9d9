"""How people misspell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random


def misspelt(word: str, random: Random) -> str:
    """The word with one slip of the fingers or of the memory in its last part; never the word itself."""
    head, dot, tail = word.rpartition(".")
    for _ in range(20):
        made = head + dot + _slip(tail, random)
        if made not in (word, head + dot):
            return made
    return word + "s"


def _slip(word: str, random: Random) -> str:
    index = random.randrange(len(word)) if word else 0
    way = random.randrange(6)
    if way == 0:
        return word[:index] + word[index + 1 :]
    if way == 1 and index + 1 < len(word):
        return word[:index] + word[index + 1] + word[index] + word[index + 2 :]
    if way == 2:
        return word[: index + 1] + word[index : index + 1] + word[index + 1 :]
    if way == 3:
        return word[:-1] if word.endswith("s") else word + "s"
    if way == 4:
        return word.replace("_", "-") if "_" in word else word[:1].swapcase() + word[1:]
    return word[:index] + random.choice("aeiorstn") + word[index + 1 :]
