"""Hostile texts: YAML and the language in it, made here where they are large."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.support.hostile_case import ACCEPTED, REFUSED, Hostile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEAD: Final = "tosca_definitions_version: cloudify_dsl_1_5\n"
NODE_TYPE: Final = HEAD + "node_types:\n  t: {properties: {p: {}}}\n"
NODE: Final = NODE_TYPE + "node_templates:\n  n:\n    type: t\n    properties:\n      p: "


def text(make: Callable[[], str | bytes]) -> Callable[[Path], None]:
    """A maker of a folder with one blueprint."""

    def write(folder: Path) -> None:
        content = make()
        data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
        (folder / "blueprint.yaml").write_bytes(data)

    return write


def _bomb(levels: int, width: int) -> str:
    lines = ["  l0: &l0 [x, x, x]"]
    lines += [
        f"  l{level}: &l{level} [{', '.join([f'*l{level - 1}'] * width)}]" for level in range(1, levels)
    ]
    return "dsl_definitions:\n" + "\n".join(lines) + "\n"


def _merge_bomb(levels: int, width: int) -> str:
    lines = ["  m0: &m0 {k0: 1}"]
    for level in range(1, levels):
        merged = ", ".join([f"*m{level - 1}"] * width)
        lines.append(f"  m{level}: &m{level}\n    <<: [{merged}]\n    k{level}: 1")
    return "dsl_definitions:\n" + "\n".join(lines) + "\n"


def _flow(depth: int, opening: str = "[", closing: str = "]") -> str:
    return NODE + opening * depth + closing * depth + "\n"


def _block(depth: int) -> str:
    return NODE + "\n" + "".join(" " * (8 + level) + "a:\n" for level in range(depth))


def _dashes(depth: int) -> str:
    return NODE + "\n        " + "- " * depth + "x\n"


def _calls(depth: int) -> str:
    return NODE + "{concat: [a, " * depth + "b" + "]}" * depth + "\n"


def _attribute_calls(depth: int) -> str:
    return NODE + "{get_attribute: [n, " * depth + "b" + "]}" * depth + "\n"


def _of_size(size_bytes: int) -> str:
    entry = "  n{}:\n    type: t\n    properties:\n      p: {}\n"
    filler = "some text of a property that is rather long " * 20
    count = size_bytes // (len(entry) + len(filler))
    return NODE_TYPE + "node_templates:\n" + "".join(entry.format(index, filler) for index in range(count))


def _many_keys(count: int) -> str:
    return NODE + "\n" + "".join(f"        key_{index}: {index}\n" for index in range(count))


def _many_inputs(count: int) -> str:
    return HEAD + "inputs:\n" + "".join(f"  input_{index}: {{default: {index}}}\n" for index in range(count))


FOR_DEPLOYMENT: Final = ("blueprint.yaml", "--deployment")


def _derived(count: int) -> str:
    types = "".join(f"  t{index}: {{derived_from: t{index + 1}}}\n" for index in range(count))
    return f"{HEAD}node_types:\n{types}  t{count}: {{}}\nnode_templates: {{n: {{type: t0}}}}\n"


def _derived_in_circle(count: int) -> str:
    types = "".join(f"  t{index}: {{derived_from: t{(index + 1) % count}}}\n" for index in range(count))
    return f"{HEAD}node_types:\n{types}node_templates: {{n: {{type: t0}}}}\n"


def _nested_defaults(count: int) -> str:
    types = "".join(
        f"  d{index}: {{properties: {{a: {{type: d{index + 1}, default: {{a: {{}}}}}}}}}}\n"
        for index in range(count)
    )
    return (
        f"{HEAD}data_types:\n{types}  d{count}: {{properties: {{a: {{default: {{}}}}}}}}\n"
        "node_types: {t: {properties: {p: {type: d0}}}}\nnode_templates: {n: {type: t}}\n"
    )


def _data_types(count: int) -> str:
    types = "".join(
        f"  d{index}: {{properties: {{a: {{type: d{index + 1}}}, b: {{type: d{index + 1}}}}}}}\n"
        for index in range(count)
    )
    return (
        f"{HEAD}data_types:\n{types}  d{count}: {{properties: {{z: {{default: 1}}}}}}\n"
        "node_types: {t: {properties: {p: {type: d0}}}}\nnode_templates: {n: {type: t}}\n"
    )


def _contained(count: int) -> str:
    nodes = "".join(
        f"  n{index}: {{type: cloudify.nodes.Root, relationships: "
        f"[{{type: cloudify.relationships.contained_in, target: n{index + 1}}}]}}\n"
        for index in range(count)
    )
    return (
        f"{HEAD}imports: [cloudify/types/types.yaml]\nnode_templates:\n{nodes}"
        f"  n{count}: {{type: cloudify.nodes.Root}}\n"
    )


def _input_chain(count: int) -> str:
    inputs = "".join(f"  i{index}: {{default: {{get_input: i{index + 1}}}}}\n" for index in range(count))
    return (
        f"{HEAD}inputs:\n{inputs}  i{count}: {{default: 1}}\noutputs: {{o: {{value: {{get_input: i0}}}}}}\n"
    )


def _broken_lines(count: int) -> str:
    return NODE_TYPE + "node_templates:\n" + "".join(f"  n{index}: {{type: [t\n" for index in range(count))


def _pattern(pattern: str, value: str) -> str:
    declared = f"    type: string\n    default: {value}\n    constraints:\n      - pattern: '{pattern}'\n"
    return f"{HEAD}inputs:\n  i:\n{declared}"


def _groups(count: int) -> str:
    members = ", ".join(f"n{index}" for index in range(count))
    nodes = "".join(f"  n{index}: {{type: t, properties: {{p: 1}}}}\n" for index in range(count))
    return f"{NODE_TYPE}node_templates:\n{nodes}groups:\n  g: {{members: [{members}]}}\n"


def _near_names(count: int) -> str:
    """Every name is unknown, and every one has thousands of near ones."""
    types = "".join(f"  cloudify.nodes.kind_{index:06}: {{}}\n" for index in range(count))
    nodes = "".join(f"  n{index}: {{type: cloudify.nodes.kynd_{index:06}}}\n" for index in range(count))
    return f"{HEAD}node_types:\n{types}node_templates:\n{nodes}"


LONG: Final = "k" * 1_000_000
MANY: Final = "a" * 40

TEXTS: Final = (
    Hostile(
        "alias-bomb-unused",
        "aliases of aliases, 10^30 nodes, in dsl_definitions",
        REFUSED,
        "BP007",
        text(lambda: HEAD + _bomb(30, 10)),
    ),
    Hostile(
        "alias-bomb-used",
        "the same as the value of a property",
        REFUSED,
        "BP007",
        text(lambda: HEAD + _bomb(30, 10) + NODE[len(HEAD) :] + "*l29\n"),
    ),
    Hostile(
        "alias-bomb-limit",
        "aliases that expand to just below a million nodes",
        ACCEPTED,
        "",
        text(lambda: HEAD + _bomb(6, 10) + NODE[len(HEAD) :] + "*l4\n"),
    ),
    Hostile(
        "anchors-unused",
        "100,000 anchors that nothing refers to",
        ACCEPTED,
        "",
        text(lambda: NODE + "\n" + "".join(f"        k{i}: &a{i} v\n" for i in range(100_000))),
    ),
    Hostile(
        "aliases-of-one",
        "100,000 aliases of one anchor",
        ACCEPTED,
        "",
        text(lambda: NODE + "\n        a: &a v\n" + "".join(f"        k{i}: *a\n" for i in range(100_000))),
    ),
    Hostile(
        "aliases-undefined",
        "100,000 aliases of nothing",
        REFUSED,
        "BP033",
        text(lambda: NODE + "\n" + "".join(f"        k{i}: *b{i}\n" for i in range(100_000))),
    ),
    Hostile("alias-of-itself", "an alias inside of what it names", REFUSED, "BP035"),
    Hostile(
        "merge-bomb",
        "merge keys of merge keys, 10^20 pairs",
        REFUSED,
        "BP007",
        text(lambda: HEAD + _merge_bomb(20, 10)),
    ),
    Hostile(
        "merge-chain",
        "a chain of 400 mappings that each merge the one before",
        ACCEPTED,
        "",
        text(lambda: HEAD + _merge_bomb(400, 1)),
    ),
    Hostile(
        "merge-chain-long",
        "a chain of 3,000 of them: millions of pairs",
        REFUSED,
        "BP007",
        text(lambda: HEAD + _merge_bomb(3_000, 1)),
    ),
    Hostile("deep-flow-lists", "10,000 lists in one another", REFUSED, "BP006", text(lambda: _flow(10_000))),
    Hostile(
        "deep-flow-mappings",
        "10,000 mappings in one another",
        REFUSED,
        "BP006",
        text(lambda: _flow(10_000, "{a: ", "}")),
    ),
    Hostile(
        "deep-flow-open",
        "100,000 brackets, none closed",
        REFUSED,
        "BP006",
        text(lambda: NODE + "[" * 100_000),
    ),
    Hostile(
        "deep-flow-braces-open",
        "100,000 braces, none closed",
        REFUSED,
        "BP006",
        text(lambda: NODE + "{" * 100_000),
    ),
    Hostile(
        "deep-block", "5,000 block mappings in one another", REFUSED, "BP006", text(lambda: _block(5_000))
    ),
    Hostile("deep-dashes", "10,000 block lists in one line", REFUSED, "BP006", text(lambda: _dashes(10_000))),
    Hostile(
        "deep-questions",
        "10,000 complex keys in one another",
        REFUSED,
        "BP006",
        text(lambda: NODE + "\n        " + "? " * 10_000 + "x\n"),
    ),
    Hostile("nested-480", "nesting just below the limit", ACCEPTED, "", text(lambda: _flow(480))),
    Hostile(
        "functions-deep", "intrinsic functions a thousand deep", REFUSED, "BP006", text(lambda: _calls(1_000))
    ),
    Hostile("functions-200", "intrinsic functions 200 deep", ACCEPTED, "", text(lambda: _calls(200))),
    Hostile(
        "attributes-200",
        "get_attribute 200 deep in its own arguments",
        ACCEPTED,
        "",
        text(lambda: _attribute_calls(200)),
    ),
    Hostile("ten-megabytes", "a blueprint of 10 MB", ACCEPTED, "", text(lambda: _of_size(10_000_000))),
    Hostile("forty-megabytes", "a file of 40 MB", REFUSED, "BP002", text(lambda: "#" + "x" * 40_000_000)),
    Hostile(
        "one-line",
        "a scalar of 10 MB in one line",
        ACCEPTED,
        "",
        text(lambda: NODE + "x" * 10_000_000 + "\n"),
    ),
    Hostile(
        "comments",
        "a million lines of comment",
        ACCEPTED,
        "",
        text(lambda: HEAD + "# comment\n" * 1_000_000 + "node_types: {t: {}}\n"),
    ),
    Hostile(
        "blank-lines",
        "five million empty lines",
        ACCEPTED,
        "",
        text(lambda: HEAD + "\n" * 5_000_000 + "node_types: {t: {}}\n"),
    ),
    Hostile("keys", "100,000 keys in a property", ACCEPTED, "", text(lambda: _many_keys(100_000))),
    Hostile("inputs", "30,000 inputs", ACCEPTED, "", text(lambda: _many_inputs(30_000))),
    Hostile(
        "nodes",
        "more than two million nodes",
        REFUSED,
        "BP005",
        text(lambda: NODE + "[" + "a," * 2_100_000 + "a]\n"),
    ),
    Hostile(
        "same-key",
        "one key 50,000 times",
        ACCEPTED,
        "",
        text(lambda: HEAD + "inputs:\n" + "  a: {}\n" * 50_000),
    ),
    Hostile(
        "long-key",
        "a key of a million characters",
        ACCEPTED,
        "",
        text(lambda: NODE + f"\n        ? {LONG}\n        : 1\n"),
    ),
    Hostile(
        "long-simple-key",
        "a key of a million characters in front of its colon",
        REFUSED,
        "BP024",
        text(lambda: NODE + f"\n        {LONG}: 1\n"),
    ),
    Hostile(
        "long-section",
        "an unknown section with a name of a million characters",
        REFUSED,
        "BP200",
        text(lambda: HEAD + f"? {LONG}\n: 1\n"),
    ),
    Hostile(
        "long-type",
        "a type with a name of a million characters that is not there",
        REFUSED,
        "BP250",
        text(lambda: NODE_TYPE + f"node_templates:\n  n:\n    type: {LONG}\n"),
    ),
    Hostile(
        "near-names",
        "2,000 unknown types, each near 2,000 known ones",
        REFUSED,
        "BP250",
        text(lambda: _near_names(2_000)),
    ),
    Hostile("derived-deep", "a type derived from 5,000 others", ACCEPTED, "", text(lambda: _derived(5_000))),
    Hostile(
        "derived-in-circle",
        "5,000 types derived from one another in a circle",
        REFUSED,
        "BP252",
        text(lambda: _derived_in_circle(5_000)),
    ),
    Hostile(
        "data-types-double",
        "data types that hold two of the next, 2^60 properties",
        ACCEPTED,
        "",
        text(lambda: _data_types(60)),
    ),
    Hostile(
        "values-double",
        "the same, made for a deployment: 2^60 values",
        ACCEPTED,
        "",
        text(lambda: _data_types(60)),
        FOR_DEPLOYMENT,
    ),
    Hostile(
        "defaults-nested",
        "a data type whose default is one of the next, 40 deep",
        ACCEPTED,
        "",
        text(lambda: _nested_defaults(40)),
        FOR_DEPLOYMENT,
    ),
    Hostile(
        "contained-deep",
        "2,000 nodes contained in one another",
        ACCEPTED,
        "",
        text(lambda: _contained(2_000)),
    ),
    Hostile(
        "inputs-of-inputs",
        "a chain of 3,000 inputs, each the default of the one before",
        ACCEPTED,
        "",
        text(lambda: _input_chain(3_000)),
    ),
    Hostile("group-of-all", "a group of 5,000 nodes", ACCEPTED, "", text(lambda: _groups(5_000))),
    Hostile(
        "broken-lines",
        "20,000 lines with a bracket that nothing closes",
        REFUSED,
        "BP013",
        text(lambda: _broken_lines(20_000)),
    ),
    Hostile(
        "broken-quotes",
        "20,000 quotes that nothing closes",
        REFUSED,
        "BP012",
        text(lambda: HEAD + "".join(f'k{i}: "v\n' for i in range(20_000))),
    ),
    Hostile(
        "crowded",
        "PyYAML's own grammar ({a:[b]}) in 1 MB",
        REFUSED,
        "BP010",
        text(lambda: NODE + "{a:[" + "b,{c:[d]}," * 100_000 + "]}\n"),
    ),
    Hostile("crowded-in-braces", "one mapping in braces that only PyYAML's own grammar takes", ACCEPTED),
    Hostile(
        "tabs",
        "a megabyte of tabs",
        REFUSED,
        "BP011",
        text(lambda: HEAD + "inputs:\n" + "\t" * 1_000_000 + "a: 1\n"),
    ),
    Hostile("python-object", "tags that run code in careless loaders", REFUSED, "BP031"),
    Hostile("unknown-tags", "tags that nobody knows, and tag directives", REFUSED, "BP031"),
    Hostile(
        "tags-many",
        "50,000 unknown tags",
        REFUSED,
        "BP031",
        text(lambda: NODE + "\n" + "".join(f"        k{i}: !t{i} v\n" for i in range(50_000))),
    ),
    Hostile(
        "tag-long",
        "a tag of 100,000 characters",
        REFUSED,
        "BP031",
        text(lambda: NODE + "!" + "t" * 100_000 + " v\n"),
    ),
    Hostile(
        "bad-utf8",
        "bytes that are no UTF-8",
        REFUSED,
        "BP003",
        text(lambda: NODE.encode() + b"\xff\xfe\xc0\x80\n"),
    ),
    Hostile(
        "bad-utf8-all",
        "a megabyte of bytes from 128 on",
        REFUSED,
        "BP003",
        text(lambda: HEAD.encode() + bytes(range(128, 256)) * 8192),
    ),
    Hostile(
        "lone-surrogates",
        "surrogates encoded as if they were characters",
        REFUSED,
        "BP003",
        text(lambda: NODE + "\ud800\udfff\n"),
    ),
    Hostile(
        "escaped-surrogates",
        "surrogates as escapes of a quoted text",
        REFUSED,
        "BP036",
        text(lambda: NODE + '"\\ud800 \\udc00"\n'),
    ),
    Hostile("nuls", "NUL bytes", REFUSED, "BP004", text(lambda: NODE.encode() + b"a\0b\0\n")),
    Hostile("only-nuls", "a megabyte of NUL bytes", REFUSED, "BP004", text(lambda: b"\0" * 1_000_000)),
    Hostile(
        "control-characters",
        "escape sequences of a terminal",
        REFUSED,
        "BP004",
        text(lambda: NODE + "\x1b]0;owned\x07\x1b[2J\n"),
    ),
    Hostile(
        "escaped-controls",
        "the same as escapes of a quoted type name",
        REFUSED,
        "BP250",
        text(lambda: NODE_TYPE + 'node_templates:\n  n: {type: "\\e]0;owned\\a\\e[2J\\u202e"}\n'),
    ),
    Hostile("utf16", "UTF-16 with its mark", REFUSED, "BP003", text(lambda: NODE.encode("utf-16"))),
    Hostile("utf32", "UTF-32 with its mark", REFUSED, "BP003", text(lambda: NODE.encode("utf-32"))),
    Hostile(
        "mixed-newlines",
        "every kind of line break in one file",
        ACCEPTED,
        "",
        text(lambda: (NODE + "a\n").replace("\n", "\r\n", 2).replace("\n  n:", "\r  n:").encode()),
    ),
    Hostile("empty", "a file of no bytes", REFUSED, "BP009", text(lambda: "")),
    Hostile("mark-only", "nothing but a byte order mark", REFUSED, "BP009", text(lambda: "\ufeff")),
    Hostile(
        "documents",
        "10,000 documents in one file",
        REFUSED,
        "BP030",
        text(lambda: HEAD + "---\na: 1\n" * 10_000),
    ),
    Hostile(
        "huge-integer",
        "an integer of 100,000 digits",
        REFUSED,
        "BP039",
        text(lambda: NODE + "9" * 100_000 + "\n"),
    ),
    Hostile(
        "huge-integers-everywhere", "integers of 5,000 digits wherever numbers are wanted", REFUSED, "BP039"
    ),
    Hostile(
        "huge-hexadecimal",
        "a hexadecimal integer of 100,000 digits",
        REFUSED,
        "BP039",
        text(lambda: NODE + "0x" + "f" * 100_000 + "\n"),
    ),
    Hostile(
        "huge-binary",
        "a binary integer of a million digits",
        REFUSED,
        "BP039",
        text(lambda: NODE + "0b" + "1" * 1_000_000 + "\n"),
    ),
    Hostile(
        "huge-float",
        "a float of a million digits",
        REFUSED,
        "BP039",
        text(lambda: NODE + "1" * 1_000_000 + ".5e+99999\n"),
    ),
    Hostile(
        "huge-sexagesimal",
        "a number of base 60 with 100,000 parts",
        REFUSED,
        "BP039",
        text(lambda: NODE + "1" + ":59" * 100_000 + "\n"),
    ),
    Hostile(
        "huge-sexagesimal-float",
        "a float of base 60 with 100,000 parts",
        REFUSED,
        "BP039",
        text(lambda: NODE + "1" + ":59" * 100_000 + ".5\n"),
    ),
    Hostile("impossible-dates", "dates that are not in the calendar", REFUSED, "BP039"),
    Hostile(
        "underscores",
        "a number of a million underscores",
        REFUSED,
        "BP039",
        text(lambda: NODE + "1" + "_" * 1_000_000 + "\n"),
    ),
    Hostile("odd-numbers", "numbers that are none", REFUSED, "BP039"),
    Hostile(
        "pattern-backtracks",
        "a pattern that backtracks for ever on its default",
        ACCEPTED,
        "",
        text(lambda: _pattern("(a+)+b", "a" * 5_000)),
    ),
    Hostile(
        "pattern-nested",
        "a pattern of 5,000 groups in one another",
        REFUSED,
        "BP605",
        text(lambda: _pattern("(" * 5_000 + ")" * 5_000, "a")),
    ),
    Hostile(
        "pattern-repeats",
        "a pattern that repeats repeats",
        ACCEPTED,
        "",
        text(lambda: _pattern("((((a{1,60000}){1,60000}){1,60000}){1,60000}){1,60000}", "a")),
    ),
    Hostile(
        "pattern-long",
        "a pattern of a million characters",
        ACCEPTED,
        "",
        text(lambda: _pattern("a?" * 500_000, "a" * 100)),
    ),
    Hostile(
        "patterns-many",
        "2,000 slow patterns",
        ACCEPTED,
        "",
        text(
            lambda: (
                HEAD
                + "inputs:\n"
                + "".join(
                    f"  i{i}: {{type: string, default: {MANY}, constraints: [{{pattern: '(a|a)*{i}b'}}]}}\n"
                    for i in range(2_000)
                )
            )
        ),
    ),
    Hostile(
        "suppressions",
        "100,000 comments that suppress a rule",
        ACCEPTED,
        "",
        text(lambda: HEAD + "# bplint: ignore[BP201]\n" * 100_000 + "node_types: {t: {}}\n"),
    ),
    Hostile(
        "one-fault-many-times",
        "50,000 unknown keys",
        REFUSED,
        "BP200",
        text(
            lambda: (
                NODE_TYPE
                + "node_templates:\n  n:\n    type: t\n"
                + "".join(f"    k{i}: 1\n" for i in range(50_000))
            )
        ),
    ),
)
