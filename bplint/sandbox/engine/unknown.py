"""Values that a plan cannot know: results of operations, runtime properties, what stand-ins give."""

import re

_EXCEPTION_NAME = re.compile(r"(Error|Exception|Failure|Timeout|NotFound|Retry|Warning)$")


class Looked(object):
    """Where workflow code decided something by an unknown value: told as notes, each place once."""

    def __init__(self):
        self.places = None
        self.notes = []
        self._seen = set()

    def note(self, origin, how):
        place = self.places.here() if self.places is not None else None
        key = (origin, how, place)
        if place is None or key in self._seen or len(self.notes) >= 200:
            return
        self._seen.add(key)
        self.notes.append({"origin": origin, "how": how, "place": list(place)})


LOOKED = Looked()


class Unknown(object):
    """A value nobody can know before the execution. Everything that is asked of it is unknown as well;
    it counts as true, has no elements, equals only itself and reads as `<unknown: where it comes from>`.
    """

    def __new__(cls, origin="", *more):
        if len(more) == 2 and isinstance(more[1], dict):
            # Python 3.6: `class A(stand_in.Base)` calls type(Base)(name, bases, namespace)
            return type(str(origin), (StandInBase,), dict(more[1]))
        return object.__new__(cls)

    def __init__(self, origin="", *_more):
        object.__setattr__(self, "_bplint_origin", str(origin))

    def __mro_entries__(self, _bases):
        return (StandInBase,)

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        if _EXCEPTION_NAME.search(name):
            made = type(str(name), (Exception,), {})
            object.__setattr__(self, name, made)
            return made
        return Unknown(self._bplint_origin + "." + name)

    def __setattr__(self, name, value):
        object.__setattr__(self, name, value)

    def __call__(self, *args, **kwargs):
        if len(args) == 1 and not kwargs and (isinstance(args[0], type) or hasattr(args[0], "__code__")):
            return args[0]  # used as a decorator
        return Unknown(self._bplint_origin + "()")

    def __getitem__(self, key):
        return Unknown("%s[%r]" % (self._bplint_origin, key))

    def __setitem__(self, key, value):
        pass

    def __delitem__(self, key):
        pass

    def __iter__(self):
        LOOKED.note(self._bplint_origin, "taken as empty")
        return iter(())

    def __len__(self):
        LOOKED.note(self._bplint_origin, "taken as empty")
        return 0

    def __bool__(self):
        LOOKED.note(self._bplint_origin, "taken as true")
        return True

    def __contains__(self, item):
        LOOKED.note(self._bplint_origin, "taken as empty")
        return False

    def __eq__(self, other):
        if self is not other:
            LOOKED.note(self._bplint_origin, "taken as different from all else")
        return self is other

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return hash(self._bplint_origin)

    def _ordered(self, other):
        LOOKED.note(self._bplint_origin, "taken as not less and not greater")
        return False

    __lt__ = __le__ = __gt__ = __ge__ = _ordered

    def _combined(self, *_others):
        return Unknown(self._bplint_origin)

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __mod__ = __rmod__ = _combined
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __or__ = __ror__ = __and__ = _combined
    __rand__ = __neg__ = __pos__ = __abs__ = __invert__ = _combined

    def __int__(self):
        return 0

    __index__ = __int__

    def __float__(self):
        return 0.0

    def __str__(self):
        return "<unknown: %s>" % self._bplint_origin

    __repr__ = __str__

    def __format__(self, _spec):
        return str(self)

    def __enter__(self):
        return Unknown(self._bplint_origin)

    def __exit__(self, *_details):
        return False

    def __copy__(self):
        return self

    def __deepcopy__(self, _memo):
        return self

    def __reduce__(self):
        return (Unknown, (self._bplint_origin,))


class StandInBase(object):
    """Base of classes whose real base is not here: members it does not define are unknown."""

    def __init__(self, *_args, **_kwargs):
        pass

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return Unknown(type(self).__name__ + "." + name)


def is_unknown(value):
    """True for unknown values, also one level inside lists and dicts."""
    if isinstance(value, (Unknown, StandInBase)):
        return True
    if type(value) is dict:
        return len(value) < 1000 and any(isinstance(one, Unknown) for one in value.values())
    if type(value) in (list, tuple, set):
        return len(value) < 1000 and any(isinstance(one, Unknown) for one in value)
    return False


def follows_from_unknown(error, traceback, is_workflow_code):
    """True if an exception was raised where an unknown value was in the hands of workflow code.

    Looks at the innermost frame of workflow code (what it holds) and at the exception's arguments.
    """
    if any(is_unknown(argument) or "<unknown: " in str(argument) for argument in error.args):
        return True
    if isinstance(error, (NameError, SyntaxError, ImportError)) or hasattr(error, "bplint_kind"):
        return False
    frame = None
    while traceback is not None:
        if is_workflow_code(traceback.tb_frame.f_code.co_filename):
            frame = traceback.tb_frame
        traceback = traceback.tb_next
    if frame is None:
        return False
    mentioned = set(frame.f_code.co_names) | set(frame.f_code.co_varnames) | set(frame.f_code.co_freevars)
    local = any(is_unknown(value) for value in list(frame.f_locals.values()))
    return local or any(
        isinstance(frame.f_globals.get(name), Unknown) for name in mentioned if name in frame.f_globals
    )
