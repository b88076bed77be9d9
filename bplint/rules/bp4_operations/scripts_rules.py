"""Rules on scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect, Severity
from bplint.pycode.code_faults import ScriptNotFound, ScriptWithoutInterpreter, ShebangWithCarriageReturn
from bplint.rules.rule import rule
from bplint.rules.tell_code import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP470", on=ScriptNotFound, effect=Effect.FAILS)
def script_not_found(fault: ScriptNotFound, ctx: Context) -> Iterator[Diagnostic]:
    """`script_path` names a script that is not beside the blueprint.

    Why: the script is fetched from the blueprint's folder when the operation runs, and is not there.
    Bad:
        node_templates:
          vm:
            type: cloudify.nodes.Compute
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: script.script_runner.tasks.run
                  inputs: {script_path: scripts/creat.sh}
                  #                     ^^^^^^^^^^^^^^^^ BP470
        #: scripts/create.sh
        #!/bin/sh
        echo hello
    Good:
        node_templates:
          vm:
            type: cloudify.nodes.Compute
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: script.script_runner.tasks.run
                  inputs: {script_path: scripts/create.sh}
        #: scripts/create.sh
        #!/bin/sh
        echo hello
    """
    yield tell(
        fault,
        ctx,
        f"script '{fault.script}' is not there; it has to be beside the blueprint",
    )


@rule("BP471", on=ScriptWithoutInterpreter, effect=Effect.ADVICE, severity=Severity.WARNING)
def script_without_interpreter(fault: ScriptWithoutInterpreter, ctx: Context) -> Iterator[Diagnostic]:
    """A script has no `#!` line, and its name does not say what runs it.

    Why: such a file is started through a shell, whatever language it is written in.
    Manager: it takes the blueprint; the agent starts the file through a shell, and a script in another
        language fails.
    Bad:
        node_templates:
          vm:
            type: cloudify.nodes.Compute
            interfaces:
              cloudify.interfaces.lifecycle: {create: scripts/create.rb}
        #: scripts/create.rb
        puts 'hello'
        #@ BP471 1:1-1:13
    Good:
        node_templates:
          vm:
            type: cloudify.nodes.Compute
            interfaces:
              cloudify.interfaces.lifecycle: {create: scripts/create.rb}
        #: scripts/create.rb
        #!/usr/bin/env ruby
        puts 'hello'
    """
    yield tell(
        fault,
        ctx,
        f"'{fault.script}' has no #! line and no extension that says what runs it",
        help="begin it with a line such as '#!/usr/bin/env bash'",
    )


@rule("BP472", on=ShebangWithCarriageReturn, effect=Effect.FAILS)
def shebang_with_carriage_return(fault: ShebangWithCarriageReturn, ctx: Context) -> Iterator[Diagnostic]:
    """A script's `#!` line ends with a carriage return.

    Why: the system looks for an interpreter with that character in its name and finds none.
    Bad:
        node_templates:
          vm:
            type: cloudify.nodes.Compute
            interfaces:
              cloudify.interfaces.lifecycle: {create: scripts/create.sh}
        #: scripts/create.sh
        #!/bin/bash\r
        echo hello\r
        #@ BP472 1:1-1:12
    Good:
        node_templates:
          vm:
            type: cloudify.nodes.Compute
            interfaces:
              cloudify.interfaces.lifecycle: {create: scripts/create.sh}
        #: scripts/create.sh
        #!/bin/bash
        echo hello
    """
    yield tell(
        fault,
        ctx,
        "the #! line ends with a carriage return, so its interpreter is not found",
        help="save the file with line feeds",
    )
