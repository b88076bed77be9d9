"""Cancellation, as the workflow sees it."""

EXECUTION_CANCELLED_RESULT = "execution_cancelled"

cancel_request = False
kill_request = False
cancel_callbacks = set()
kill_callbacks = set()


class ExecutionCancelled(Exception):
    """The execution has been cancelled. As in the real package `except Exception` swallows it."""


def set_cancel_request():
    global cancel_request
    cancel_request = True
    for callback in list(cancel_callbacks):
        callback()


def set_kill_request():
    global kill_request
    kill_request = True
    set_cancel_request()
    for callback in list(kill_callbacks):
        callback()


def has_cancel_request():
    return cancel_request


def has_kill_request():
    return kill_request
