"""Values against simple declared types, as the engine checks operation inputs and workflow parameters."""

import numbers
import re

from .unknown import is_unknown

_TEXTS = frozenset(
    ["string", "textarea", "deployment_id", "blueprint_id", "node_id", "node_type", "node_instance"]
    + ["capability_value", "scaling_group", "secret_key", "operation_name"]
)


def check_types(declared, values):
    """Raise RuntimeError for the first value that does not fit its declared simple type."""
    for name, type_name in (declared or {}).items():
        if name not in values or _is_function(values[name]):
            continue
        if not fits(values[name], type_name):
            raise RuntimeError(
                "Value %s of '%s' does not match the definition: %s" % (values[name], name, type_name)
            )


def fits(value, type_name):
    """Is the value of the simple type? Types that are not simple are not judged."""
    if is_unknown(value) or type_name in _TEXTS:
        return True
    if type_name == "integer":
        return isinstance(value, numbers.Integral) and not isinstance(value, bool)
    if type_name == "float":
        return isinstance(value, numbers.Number) and not isinstance(value, bool)
    if type_name == "boolean":
        return isinstance(value, bool)
    if type_name == "regex":
        return _is_regex(value)
    if type_name == "list":
        return isinstance(value, (list, tuple))
    if type_name == "dict":
        return isinstance(value, dict)
    return True


def _is_regex(value):
    try:
        return isinstance(value, str) and re.compile(value) is not None
    except re.error:
        return False


def _is_function(value):
    return isinstance(value, dict) and len(value) == 1 and next(iter(value)) in _FUNCTIONS


_FUNCTIONS = frozenset(
    ["get_input", "get_property", "get_attribute", "get_attributes_list", "get_attributes_dict", "get_secret"]
    + [
        "get_capability",
        "get_group_capability",
        "get_environment_capability",
        "get_label",
        "get_sys",
        "concat",
    ]
    + ["merge", "string_find", "string_replace", "string_split", "string_lower", "string_upper", "get_consul"]
)
