"""`get_attribute` in the inputs of operations, as far as it can be known: which instance is meant, and where
the engine finds none or cannot choose, the operation's failure."""

from .unknown import Unknown

_CONTAINED_IN = "cloudify.relationships.contained_in"
_OWN_NAMES = ("SELF", "SOURCE", "TARGET")
_ALWAYS_SET = ("node_instance_id", "node_instance_index")


class UnresolvedAttribute(Exception):
    """The engine's FunctionEvaluationError: the operation fails whenever it is tried."""


def reads_of(value):
    """All [node, attribute, ...] that a value reads, with the keys around them."""
    found, todo = [], [value]
    while todo:
        one = todo.pop()
        if isinstance(one, dict):
            argument = one.get("get_attribute")
            is_call = len(one) == 1 and isinstance(argument, list) and len(argument) > 1
            if is_call and isinstance(argument[0], str):
                found.append(argument)
            todo.extend(one.values())
        elif isinstance(one, (list, tuple)):
            todo.extend(one)
    return found


def has_function(value, names=("get_attribute", "get_secret", "get_capability", "get_attributes_list")):
    """Is there one of these functions anywhere in it?"""
    todo = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, dict):
            if len(one) == 1 and next(iter(one)) in names:
                return True
            todo.extend(one.values())
        elif isinstance(one, (list, tuple)):
            todo.extend(one)
    return False


class Attributes(object):
    """Reads attributes in the model, as an operation of one instance or of a relationship sees them."""

    def __init__(self, storage, own_id, source_id=None, target_id=None):
        self._storage = storage
        self._own_id = own_id if source_id is None else None
        self._ends = {"SELF": self._own_id, "SOURCE": source_id, "TARGET": target_id}

    def instance_of(self, name):
        """The row of the instance that a node's name, or SELF, SOURCE or TARGET, stands for; None where the
        model has lost it. Raises UnresolvedAttribute."""
        if name in _OWN_NAMES:
            if self._ends[name] is None:
                raise UnresolvedAttribute("%s is missing in request context" % name)
            return self._storage.instances.get(self._ends[name])
        rows = [row for row in self._storage.instances.values() if row["node_id"] == name]
        if not rows:
            raise UnresolvedAttribute("Node %s has no instances." % name)
        if len(rows) == 1:
            return rows[0]
        found = self._related(name, rows) or self._in_the_same_group(rows)
        if found is None:
            raise UnresolvedAttribute(
                'More than one node instance found for node "%s". Cannot resolve a node instance '
                "unambiguously." % name
            )
        return found

    def _related(self, name, rows):
        own = self._storage.instances.get(self._own_id)
        if own is None:
            return None
        targets = {one["target_id"] for one in own["relationships"] if one["target_name"] == name}
        return next((row for row in rows if row["id"] in targets), None) if len(targets) == 1 else None

    def _in_the_same_group(self, rows):
        starts = [self._own_id] if self._own_id is not None else [self._ends["SOURCE"], self._ends["TARGET"]]
        for start in starts:
            own = self._storage.instances.get(start)
            if own is None:
                continue
            groups = self._groups(own)
            others = self._groups(rows[0])
            shared = next((name for name in groups if name in others), None)
            if shared is None:
                continue
            found = [row for row in rows if self._groups(row).get(shared) == groups[shared]]
            if len(found) == 1:
                return found[0]
        return None

    def _groups(self, row):
        """Names of the groups around an instance, from the inside → the group instance."""
        found = {}
        while row is not None:
            for group in row["scaling_groups"]:
                found.setdefault(group["name"], group["id"])
            row = self._container(row)
        return found

    def _container(self, row):
        for relationship in self._storage.nodes[row["node_id"]]["relationships"]:
            if _CONTAINED_IN in relationship["type_hierarchy"]:
                for one in row["relationships"]:
                    if one["target_name"] == relationship["target_id"]:
                        return self._storage.instances.get(one["target_id"])
        return None

    def value_of(self, argument):
        """What [node, attribute, ...] reads; unknown where operations may have set it."""
        row = self.instance_of(argument[0])
        if row is None:
            return None
        known = step_into(row["runtime_properties"], argument[1:])
        if known is None and len(argument) == 2 and argument[1] == "node_instance_id":
            return row["id"]
        if known is None and row["id"] in self._storage.operated:
            return Unknown("attribute %s of %s" % (argument[1], row["id"]))
        if known is not None:
            return known
        return step_into(self._storage.nodes[row["node_id"]]["properties"], argument[1:])

    def unset(self, argument):
        """The id of the instance whose attribute is read although nothing can have set it, else None."""
        row = self.instance_of(argument[0])
        if row is None or row["id"] in self._storage.operated or argument[1] in _ALWAYS_SET:
            return None
        own = (row["runtime_properties"], self._storage.nodes[row["node_id"]]["properties"])
        return None if any(argument[1] in values for values in own) else row["id"]


def step_into(value, path):
    """The value below the keys and indexes, or None."""
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value
