"""Faults of workflow code that only a run shows. `kind` is the name of the rule that words them."""

import difflib
import re
import traceback as traceback_module

from .places import place_of_function
from .unknown import follows_from_unknown

_MODULE_MEMBER = re.compile(r"module '([\w.]+)' has no attribute '(\w+)'")
_IMPORTED_NAME = re.compile(r"cannot import name '?(\w+)'?(?: from '([\w.]+)')?")
_OBJECT_MEMBER = re.compile(r"'(\w+)' object has no attribute '(\w+)'")


class Defect(object):
    """One fault: its kind, its place (file, line) or None, further places, and the rule's arguments."""

    def __init__(self, kind, place, details, related=(), is_certain=True):
        self.kind = kind
        self.place = place
        self.details = details
        self.related = list(related)
        self.is_certain = is_certain

    def to_json(self):
        return {
            "kind": self.kind,
            "place": list(self.place) if self.place else None,
            "related": [
                {"message": message, "place": list(place)} for message, place in self.related if place
            ],
            "details": self.details,
            "is_certain": self.is_certain,
        }


class Defects(object):
    """Collects defects, each kind once a place; at most `limit`, so that a loop cannot flood a report."""

    def __init__(self, places, limit=200):
        self.places = places
        self.found = []
        self._seen = set()
        self._limit = limit

    def add(self, kind, place=None, related=(), is_certain=True, **details):
        if place is None:
            place = self.places.here()
        key = (kind, place, str(sorted(details.items())) if place is None else None)
        if key in self._seen or len(self.found) >= self._limit:
            return
        self._seen.add(key)
        self.found.append(Defect(kind, place, details, related, is_certain))

    def add_exception(self, error, traceback):
        """Judge an exception that ended the workflow function. Simulated failures are no defects."""
        if getattr(error, "bplint_is_simulated", False):
            return
        place = getattr(error, "bplint_place", None) or self.places.of_traceback(traceback)
        if place is None:
            place = _syntax_place(error)
        kind, details = _kind_of(error)
        related = getattr(error, "bplint_related", ())
        certain = not follows_from_unknown(error, traceback, self.places.is_workflow_code)
        self.add(kind, place, related, certain, **details)


def make_error(base, kind, message, place=None, related=(), **details):
    """An exception of class `base` that is reported as `kind` if nobody catches it."""
    error = base(message)
    error.bplint_kind = kind
    error.bplint_details = dict({"exception": base.__name__}, message=message, **details)
    error.bplint_place = place
    error.bplint_related = related
    return error


def no_such_member(owner, name, known):
    """The AttributeError of a member that the real class does not have; names the nearest one."""
    near = difflib.get_close_matches(name, known, 1, 0.7)
    message = "'%s' object has no attribute '%s'" % (owner, name)
    if near:
        message += "; did you mean '%s'?" % near[0]
    error = AttributeError(message)
    error.bplint_kind = "no-such-member"
    error.bplint_details = {
        "owner": owner,
        "name": name,
        "near": near[0] if near else None,
        "message": message,
    }
    return error


def traceback_rows(traceback):
    """[file, line, function] of each frame, outermost first."""
    return [[row[0], row[1], row[2]] for row in traceback_module.extract_tb(traceback)]


def place_of(function):
    return place_of_function(function)


def _syntax_place(error):
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        return (error.filename, error.lineno)
    return None


def _kind_of(error):
    kind = getattr(error, "bplint_kind", None)
    if kind is not None:
        return kind, dict(error.bplint_details)
    message = str(error)
    details = {"exception": type(error).__name__, "message": message}
    if isinstance(error, AttributeError):
        found = _MODULE_MEMBER.search(message) or _OBJECT_MEMBER.search(message)
        if found and found.group(1).startswith("cloudify"):
            owner, name = found.groups()
            return "no-such-member", dict(details, owner=owner, name=name, near=_near_in_module(owner, name))
    if isinstance(error, ImportError):
        found = _IMPORTED_NAME.search(message)
        if found and (found.group(2) or "").startswith("cloudify"):
            name, owner = found.groups()
            return "no-such-member", dict(details, owner=owner, name=name, near=_near_in_module(owner, name))
    return "workflow-raises", details


def _near_in_module(module, name):
    import sys

    known = [one for one in dir(sys.modules.get(module)) if not one.startswith("_")]
    near = difflib.get_close_matches(name, known, 1, 0.7)
    return near[0] if near else None
