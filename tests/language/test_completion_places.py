"""What is offered where something is typed."""

from __future__ import annotations

from ast import literal_eval
from functools import cache

import pytest

from bplint.app import asking
from bplint.language.offers import Offer
from tests.support.language_case import BLUEPRINT, SHOP, shop

OUTPUTS = "outputs:\n"
FRONT = "  front:\n    type: shop.nodes.Special\n"
TABLE = SHOP.parent / "completion.txt"


def rows() -> dict[str, dict[str, str]]:
    """By what a row is about: the text that is replaced and what stands there then, both as Python's literals
    and the second with the cursor as `|`, what is offered there among others, and what is not."""
    found = {}
    for block in TABLE.read_text(encoding="utf-8").strip().split("\n\n"):
        name, *lines = block.split("\n")
        found[name] = dict(map(str.strip, line.split(":", 1)) for line in lines)
    return found


@cache
def original() -> str:
    return (SHOP / "blueprint.yaml").read_text(encoding="utf-8")


def offered(old: str, new: str) -> list[Offer]:
    text = original()
    assert text.count(old) == 1, (text.count(old), old)
    changed = text.replace(old, new)
    project = shop()
    project.set_text(BLUEPRINT, changed.replace("|", "", 1) if "|" in new else changed)
    found = asking.complete(project, BLUEPRINT, text.index(old) + new.index("|"))
    assert found is not None
    return found.offers


@pytest.mark.parametrize("row", rows().values(), ids=rows())
def test_what_fits_is_offered(row: dict[str, str]) -> None:
    found = offered(literal_eval(row["instead of"]), literal_eval(row["typed"]))
    labels = {offer.label for offer in found}
    assert set(row["offered"].split()) - labels == set()
    assert set(row.get("not", "").split()) & labels == set()


def test_required_keys_come_first() -> None:
    labels = [offer.label for offer in offered("        target: host\n", "        |\n")]
    assert labels[0] == "target"


def test_a_type_of_a_plugin_brings_its_import() -> None:
    found = offered(
        "    type: shop.nodes.Special\n    properties", "    type: cloudify.nodes.aws|\n    properties"
    )
    wanted = next(offer for offer in found if offer.label == "cloudify.nodes.aws.ec2.Instances")
    assert wanted.imports == "plugin:cloudify-aws-plugin"


def test_a_new_template_brings_its_required_properties() -> None:
    found = offered(FRONT, f"  new:\n    type: |\n{FRONT}")
    wanted = next(offer for offer in found if offer.label == "shop.nodes.Server")
    assert wanted.text == "shop.nodes.Server\nproperties:\n  database: ${1:shop.datatypes.Database}"


@pytest.mark.parametrize("new", ["  # com|", "outputs:  # com|"])
def test_nothing_is_offered_in_comments(new: str) -> None:
    text = original()
    project = shop()
    project.set_text(BLUEPRINT, text.replace(OUTPUTS, f"{new}\n{OUTPUTS}".replace("|", "")))
    assert asking.complete(project, BLUEPRINT, text.index(OUTPUTS) + new.index("|")) is None
