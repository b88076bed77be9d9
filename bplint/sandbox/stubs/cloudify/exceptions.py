"""Exceptions with the names and arguments of the real package."""


class _WithCauses(object):
    def __init__(self, *args, **kwargs):
        self.causes = kwargs.pop("causes", None) or []
        super(_WithCauses, self).__init__(*args, **kwargs)


class NonRecoverableError(_WithCauses, Exception):
    """No retry."""


class RecoverableError(Exception):
    """Retry, after `retry_after` seconds where it is given."""

    def __init__(self, message="", retry_after=None, causes=None, **kwargs):
        if retry_after is not None:
            suffix = "[retry_after={0}]".format(retry_after)
            if suffix not in message:
                message = "{0} {1}".format(message, suffix)
        self.retry_after = retry_after
        self.causes = causes or []
        super(RecoverableError, self).__init__(message, **kwargs)


class OperationRetry(RecoverableError):
    """The operation asked to be retried."""


class CloudifySerializationRetry(RecoverableError):
    """A serial operation waits for its turn."""


class HttpException(NonRecoverableError):
    def __init__(self, url, code, message, causes=None, **kwargs):
        self.url = url
        self.code = code
        self.message = message
        super(HttpException, self).__init__(str(self), causes=causes, **kwargs)

    def __str__(self):
        return "{0} ({1}) : {2}".format(self.code, self.url, self.message)


class CommandExecutionError(RuntimeError):
    def __init__(self, command, error=None):
        self.command = command
        self.error = error
        super(CommandExecutionError, self).__init__("command '%s' was not started: %s" % (command, error))


class CommandExecutionException(Exception):
    def __init__(self, command, error, output, code):
        self.command = command
        self.error = error
        self.output = output
        self.code = code
        super(CommandExecutionException, self).__init__("command '%s' ended with code %s" % (command, code))


class TimeoutException(Exception):
    """Something took too long."""


class ProcessKillCancelled(NonRecoverableError):
    """The execution was kill-cancelled."""


class ClosedAMQPClientException(Exception):
    """A closed message client was used."""


class PluginInstallationError(Exception):
    """A plugin could not be installed."""


class StopAgent(_WithCauses, Exception):
    """Ends the agent."""


class WorkflowFailed(_WithCauses, RuntimeError):
    """A task failed and nobody handled it."""

    def __init__(self, *args, **kwargs):
        self.hide_traceback = kwargs.pop("hide_traceback", False)
        super(WorkflowFailed, self).__init__(*args, **kwargs)


class InvalidBlueprintImport(_WithCauses, RuntimeError):
    """A blueprint's import is not valid."""
