"""Explanations as Markdown for an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bplint.language.describe import Explanation, Statement
    from bplint.lsp.editor_session import EditorSession


def explanation_markdown(said: Explanation, session: EditorSession) -> str:
    """A title, the author's description, and a list of what is known."""
    parts = [f"**{_escaped(said.title)}**"]
    if said.description:
        parts.append(_escaped(said.description.strip()))
    lines = [_line(each, session) for each in said.statements]
    if lines:
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _line(statement: Statement, session: EditorSession) -> str:
    label = _escaped(statement.label)
    if "\n" in statement.text:
        return f"- {label}:\n```yaml\n{statement.text}\n```"
    if statement.path is not None and statement.text.startswith(statement.path):
        return f"- {label}: [{_escaped(statement.text)}]({session.uri_of(statement.path)})"
    return f"- {label}: `{statement.text}`" if statement.text else f"- {label}"


def _escaped(text: str) -> str:
    return "".join(f"\\{char}" if char in "\\*_[]<>`#" else char for char in text)
