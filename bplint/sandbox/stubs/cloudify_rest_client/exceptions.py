"""Exceptions of the REST client."""


class CloudifyClientError(Exception):
    def __init__(self, message="", server_traceback=None, status_code=-1, error_code=None, response=None):
        super(CloudifyClientError, self).__init__(message)
        self.server_traceback = server_traceback
        self.status_code = status_code
        self.error_code = error_code
        self.response = response


class NotFoundError(CloudifyClientError):
    """404"""


class CreateDeploymentInProgressError(CloudifyClientError):
    pass


class DeploymentEnvironmentCreationInProgressError(CloudifyClientError):
    pass


class DeploymentEnvironmentCreationPendingError(CloudifyClientError):
    pass


class IllegalExecutionParametersError(CloudifyClientError):
    pass


class NoSuchIncludeFieldError(CloudifyClientError):
    pass


class MissingRequiredDeploymentInputError(CloudifyClientError):
    pass


class UnknownDeploymentInputError(CloudifyClientError):
    pass


class FunctionsEvaluationError(CloudifyClientError):
    pass


class UnknownModificationStageError(CloudifyClientError):
    pass


class ExistingStartedDeploymentModificationError(CloudifyClientError):
    pass


class DeploymentModificationAlreadyEndedError(CloudifyClientError):
    pass


class UserUnauthorizedError(CloudifyClientError):
    pass


class ForbiddenError(CloudifyClientError):
    pass


class InvalidExecutionUpdateStatus(CloudifyClientError):
    pass


class DeploymentPluginNotFound(CloudifyClientError):
    pass
