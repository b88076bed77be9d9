"""Answers of a manager that were given: the request that a call of its client is, functions evaluated."""

from .unknown import Unknown

_METHODS = {
    "list": "GET",
    "get": "GET",
    "create": "PUT",
    "put": "PUT",
    "upload": "PUT",
    "update": "PATCH",
    "delete": "DELETE",
}
_NAMES = ("id", "key", "name")


def request_of(resource, call, args, kwargs):
    """'GET /deployments/x' for `client.deployments.get("x")`."""
    path = "/" + resource.replace("_", "-")
    if call != "list":
        names = _NAMES + (resource[:-1] + "_id",)
        found = args[0] if args else next((kwargs[name] for name in names if name in kwargs), None)
        if isinstance(found, str) and (resource, call) != ("executions", "start"):
            path += "/" + found
    if call not in _METHODS and (resource, call) != ("executions", "start"):
        path += "/" + call.replace("_", "-")
    return "%s %s" % (_METHODS.get(call, "POST"), path)


def evaluated(payload, attributes, run):
    """A copy of the value with the functions that can be known evaluated. Raises UnresolvedAttribute."""
    if isinstance(payload, dict):
        if len(payload) == 1:
            name, argument = next(iter(payload.items()))
            if name in _FUNCTIONS:
                return _FUNCTIONS[name](evaluated(argument, attributes, run), attributes, run)
            if isinstance(name, str) and name.startswith("get_") and name != "get_input":
                run.cannot_answer("function %s" % name)
                return Unknown(name)
        return {key: evaluated(one, attributes, run) for key, one in payload.items()}
    if isinstance(payload, (list, tuple)):
        return [evaluated(one, attributes, run) for one in payload]
    return payload


def _secret(argument, _attributes, run):
    key = argument[0] if isinstance(argument, list) else argument
    secrets = run.given.get("secrets") or {}
    if key in secrets:
        return secrets[key]
    run.cannot_answer("secret '%s'" % key, "secrets, '%s'" % key)
    return Unknown("secret '%s'" % key)


def _attribute(argument, attributes, _run):
    if not isinstance(argument, list) or len(argument) < 2 or not isinstance(argument[0], str):
        return Unknown("get_attribute")
    return attributes.value_of(argument)


def _capability(argument, _attributes, run):
    known = run.given.get("capabilities") or {}
    value = known
    for part in argument if isinstance(argument, list) else [argument]:
        if not isinstance(value, dict) or part not in value:
            run.cannot_answer("capability %s" % argument, "capabilities")
            return Unknown("capability %s" % argument)
        value = value[part]
    return value


def _sys(argument, _attributes, run):
    if argument == ["deployment", "id"]:
        return run.deployment["id"]
    return Unknown("get_sys %s" % argument)


def _input(argument, _attributes, run):
    value = run.deployment.get("inputs") or {}
    for part in argument if isinstance(argument, list) else [argument]:
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _concat(argument, _attributes, _run):
    if any(isinstance(one, Unknown) for one in argument):
        return Unknown("concat")
    return "".join(str(one) for one in argument)


_FUNCTIONS = {
    "get_secret": _secret,
    "get_attribute": _attribute,
    "get_capability": _capability,
    "get_sys": _sys,
    "get_input": _input,
    "concat": _concat,
}
