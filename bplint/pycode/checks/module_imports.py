"""What the modules behind mappings import, one level deep: what is missing, and what is not here."""

from __future__ import annotations

import ast
import os
import sys
from typing import TYPE_CHECKING, Final

from bplint.pycode.checks.script_checks import unparsed_fault
from bplint.pycode.files.codebase import ABSENT, NOWHERE, NoModule
from bplint.pycode.files.project import read_project
from bplint.pycode.flow.undefined_names import Imported, imports_of, missing_in_platform
from bplint.pycode.names import known
from bplint.pycode.names.target import MISSING

if TYPE_CHECKING:
    from bplint.pycode.checks.contract import Handed
    from bplint.pycode.checks.reading import Aim, Reading
    from bplint.pycode.files.module import Module
    from bplint.pycode.names.target import Resolver
    from bplint.span import Span

PYTHON2_MODULES: Final = frozenset(
    [
        "ConfigParser",
        "HTMLParser",
        "Queue",
        "SocketServer",
        "StringIO",
        "Tkinter",
        "__builtin__",
        "cPickle",
        "cStringIO",
        "commands",
        "cookielib",
        "copy_reg",
        "httplib",
        "thread",
        "urllib2",
        "urlparse",
        "xmlrpclib",
        "exceptions",
        "md5",
        "sets",
    ]
)
# import name → distribution, where they differ and plugins use them
DISTRIBUTIONS: Final = {
    "yaml": "pyyaml",
    "Crypto": "pycryptodome",
    "dateutil": "python-dateutil",
    "OpenSSL": "pyopenssl",
    "winrm": "pywinrm",
    "docker": "docker",
    "jwt": "pyjwt",
    "git": "gitpython",
    "googleapiclient": "google-api-python-client",
    "pkg_resources": "setuptools",
    "cloudify_common_sdk": "cloudify-utilities-plugins-sdk",
    "cloudify_rest_sdk": "cloudify-utilities-plugins-sdk",
    "cloudify_terminal_sdk": "cloudify-utilities-plugins-sdk",
    "cloudify_gitlab_sdk": "cloudify-utilities-plugins-sdk",
    "cloudify_azure_sdk": "cloudify-utilities-plugins-sdk",
    "cloudify_aws_sdk": "cloudify-utilities-plugins-sdk",
    "cloudify_kubernetes_sdk": "cloudify-utilities-plugins-sdk",
}


def check_imports(reading: Reading, groups: dict[Aim, list[Handed]]) -> None:
    """Syntax errors of all own modules, then the imports of those that mappings lead to."""
    modules: dict[Module, Resolver] = {}
    for aim in groups:
        for definition in aim.resolution.definitions:
            if definition.module.is_own:
                modules.setdefault(definition.module, aim.resolver)
    for module in sorted(modules, key=lambda each: each.path):
        for imported in imports_of(module):
            _check_import(reading, module, imported, modules[module])
    for module in reading.modules():
        if module.is_own and module.unparsed is not None and module.source is not None:
            reading.faults.append(unparsed_fault(module.source, module.unparsed))


def _check_import(reading: Reading, module: Module, imported: Imported, resolver: Resolver) -> None:
    if imported.is_guarded or not imported.module:
        return
    top = imported.module.split(".", 1)[0]
    if top in sys.stdlib_module_names or top == "__future__":
        return
    place = (module.path, import_span(module, imported))
    if known.is_described(imported.module):
        lacking = missing_in_platform(imported)
        if lacking is not None:
            what, name, names = lacking
            reading.report(
                "unknown-cloudify-name",
                place,
                what=what,
                name=name,
                module=imported.module,
                near=(name, names),
            )
        return
    found = resolver.code.module(imported.module, resolver.places)
    if isinstance(found, NoModule):
        _no_module(reading, module, imported, found, place)
    elif imported.name not in (None, "*") and found.is_own and imported.name is not None:
        answer = resolver.attribute(found, imported.name, 0)
        if answer.state == MISSING:
            reading.report(
                "unknown-import-name",
                place,
                name=imported.name,
                module=imported.module,
                near=(imported.name, answer.known),
            )


def _no_module(
    reading: Reading, module: Module, imported: Imported, found: NoModule, place: tuple[str, Span]
) -> None:
    if found.state == ABSENT:
        if found.parent is not None and (found.parent.is_own or found.parent.source is None):
            near = (found.name.rpartition(".")[2], found.known)
            reading.report("missing-import", place, module=found.name, near=near)
    elif found.state == NOWHERE and found.name in PYTHON2_MODULES:
        reading.report(
            "python2-code", place, reason=f"module '{found.name}' is Python 2's", module=found.name
        )
    elif found.state == NOWHERE and found.name not in known.PLATFORM:
        _not_here(reading, module, found.name, place)


def _not_here(reading: Reading, module: Module, package: str, place: tuple[str, Span]) -> None:
    if reading.config.python is not None and reading.layout.interpreter_fault is None:
        reading.report("import-not-installed", place, package=package, executable=reading.config.python)
    elif not _is_required(module, package):
        reading.report("import-not-here", place, package=package)


def _is_required(module: Module, package: str) -> bool:
    """Whether the project that the module is part of says that it needs the package."""
    assert module.place is not None
    folder = os.path.dirname(module.path)
    for _ in range(module.name.count(".") + 3):
        project = read_project(folder)
        if project is not None:
            names = {_normal(name) for name in project.requires}
            wanted = {_normal(package), _normal(DISTRIBUTIONS.get(package, package))}
            return (
                not project.requires_known
                or bool(names & wanted)
                or any(_normal(package) in name for name in names)
            )
        folder = os.path.dirname(folder)
    return False


def _normal(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


def import_span(module: Module, imported: Imported) -> Span:
    """The name in an import statement: the module's where the module is missing, else the imported name."""
    node: ast.AST = imported.alias
    return module.lines.span(node)
