"""What a simulation lets go wrong: operations that fail, a process that ends."""


class Interrupted(BaseException):
    """The process of the workflow ends, whatever it is about to do. No Exception: nobody shall catch it."""


class Failures(object):
    """The operations that shall fail: by node, index or all, operation in full or its last part, so often."""

    def __init__(self, specs):
        self._specs = [dict(spec, left=spec.get("times")) for spec in specs]

    def error_for(self, task):
        from cloudify import exceptions

        if task.operation_name is None:
            return None
        for spec in self._specs:
            if not self._fits(spec, task) or spec["left"] == 0:
                continue
            if spec["left"] is not None:
                spec["left"] -= 1
            spec["used"] = True
            recoverable = spec.get("error") == "recoverable"
            base = exceptions.RecoverableError if recoverable else exceptions.NonRecoverableError
            error = base("simulated failure")
            error.bplint_is_simulated = True
            return error
        return None

    @staticmethod
    def _fits(spec, task):
        node, _, index = task.instance_id.rpartition("#")
        if spec["node"] != node or (spec.get("index") is not None and str(spec["index"]) != index):
            return False
        if spec.get("side") is not None:
            row = task.describe()
            if not all(_is_of(row.get(name), spec[name]) for name in ("side", "source", "target")):
                return False
        wanted = spec["operation"]
        return task.operation_name == wanted or task.operation_name.endswith("." + wanted)

    def unused(self):
        return [
            {key: value for key, value in spec.items() if key not in ("left", "used")}
            for spec in self._specs
            if not spec.get("used")
        ]


def _is_of(name, wanted):
    """Is it the instance, or one of the node?"""
    return name == wanted or (name or "").rpartition("#")[0] == wanted
