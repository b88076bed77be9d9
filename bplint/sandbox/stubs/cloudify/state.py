"""Which context is current in this thread."""

import threading
from contextlib import contextmanager


class NotInContext(RuntimeError):
    """A context was asked for where none is."""


class CtxParameters(dict):
    """The workflow's parameters, as attributes too; a missing one is a KeyError, as in the real package."""

    def __init__(self, parameters=None):
        dict.__init__(self, parameters or {})

    def __getattr__(self, name):
        if name in self:
            return self[name]
        raise KeyError(name)


class CurrentContext(threading.local):
    def set(self, ctx, parameters=None):
        self.ctx = ctx
        self.parameters = CtxParameters(parameters)

    def get_ctx(self):
        return self._get("ctx")

    def get_parameters(self):
        return self._get("parameters")

    def _get(self, name):
        value = getattr(self, name, None)
        if value is None:
            raise NotInContext("No context set in current execution thread")
        return value

    def clear(self):
        self.__dict__.clear()

    @contextmanager
    def push(self, ctx, parameters=None):
        before = dict(self.__dict__)
        self.set(ctx, parameters)
        try:
            yield self
        finally:
            self.__dict__.clear()
            self.__dict__.update(before)


class Proxy(object):
    """Stands for the object that `find` gives at each use."""

    __slots__ = ("_find",)

    def __init__(self, find):
        object.__setattr__(self, "_find", find)

    def _get_current_object(self):
        return object.__getattribute__(self, "_find")()

    def __getattr__(self, name):
        return getattr(self._get_current_object(), name)

    def __setattr__(self, name, value):
        setattr(self._get_current_object(), name, value)

    def __getitem__(self, key):
        return self._get_current_object()[key]

    def __setitem__(self, key, value):
        self._get_current_object()[key] = value

    def __contains__(self, key):
        return key in self._get_current_object()

    def __iter__(self):
        return iter(self._get_current_object())

    def __len__(self):
        return len(self._get_current_object())

    def __eq__(self, other):
        return self._get_current_object() == other

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return hash(self._get_current_object())

    def __repr__(self):
        try:
            return repr(self._get_current_object())
        except NotInContext:
            return "<no context>"

    def __dir__(self):
        try:
            return dir(self._get_current_object())
        except NotInContext:
            return []

    def __bool__(self):
        try:
            return bool(self._get_current_object())
        except NotInContext:
            return False


current_ctx = CurrentContext()
current_workflow_ctx = CurrentContext()

ctx = Proxy(current_ctx.get_ctx)
ctx_parameters = Proxy(current_ctx.get_parameters)
workflow_ctx = Proxy(current_workflow_ctx.get_ctx)
workflow_parameters = Proxy(current_workflow_ctx.get_parameters)
