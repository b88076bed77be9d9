"""Talks to a server."""

from collections import OrderedDict


class Client(object):
    def __init__(self, properties):
        self.properties = OrderedDict(properties)
        self.calls = []

    def call(self, name, **arguments):
        self.calls.append((name, arguments))

    def is_up(self):
        return len(self.calls) > 0
