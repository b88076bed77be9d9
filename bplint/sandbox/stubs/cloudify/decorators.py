"""Marks for workflow and operation functions; they change nothing but two attributes."""

import functools


def operation(func=None, resumable=False, **kwargs):
    if func is None:
        return lambda function: operation(function, resumable=resumable, **kwargs)
    func.resumable = resumable
    return func


task = operation


def workflow(func=None, system_wide=False, resumable=False, **kwargs):
    if func is None:
        return lambda function: workflow(function, system_wide=system_wide, resumable=resumable, **kwargs)
    func.workflow_system_wide = system_wide
    func.resumable = resumable
    return func


def serial_operation(threshold=0, workflows=None, states=None, **op_kwargs):
    """Orders operations of one node's instances; an operation is never run in a plan."""

    def wrap(function):
        @functools.wraps(function)
        def serial(*args, **kwargs):
            return function(*args, **kwargs)

        return operation(func=serial, **op_kwargs)

    return wrap
