"""States of what a manager keeps."""


class DeploymentModificationState(object):
    STARTED = "started"
    FINISHED = "finished"
    ROLLEDBACK = "rolledback"
    STATES = [STARTED, FINISHED, ROLLEDBACK]
    END_STATES = [FINISHED, ROLLEDBACK]


class ExecutionState(object):
    TERMINATED = "terminated"
    FAILED = "failed"
    CANCELLED = "cancelled"
    PENDING = "pending"
    STARTED = "started"
    CANCELLING = "cancelling"
    FORCE_CANCELLING = "force_cancelling"
    KILL_CANCELLING = "kill_cancelling"
    QUEUED = "queued"
    SCHEDULED = "scheduled"
    WAITING_STATES = [SCHEDULED, QUEUED]
    QUEUED_STATE = [QUEUED]
    END_STATES = [TERMINATED, FAILED, CANCELLED]
    IN_PROGRESS_STATES = [PENDING, STARTED, CANCELLING, FORCE_CANCELLING, KILL_CANCELLING]
    ACTIVE_STATES = IN_PROGRESS_STATES
    STATES = END_STATES + IN_PROGRESS_STATES + WAITING_STATES


class AgentState(object):
    CREATING = "creating"
    CREATED = "created"
    CONFIGURING = "configuring"
    CONFIGURED = "configured"
    STARTING = "starting"
    STARTED = "started"
    STOPPING = "stopping"
    STOPPED = "stopped"
    DELETING = "deleting"
    DELETED = "deleted"
    RESTARTING = "restarting"
    RESTARTED = "restarted"
    RESTORED = "restored"
    UPGRADING = "upgrading"
    UPGRADED = "upgraded"
    NONRESPONSIVE = "nonresponsive"
    FAILED = "failed"


class VisibilityState(object):
    PRIVATE = "private"
    TENANT = "tenant"
    GLOBAL = "global"
    STATES = [PRIVATE, TENANT, GLOBAL]


class SnapshotState(object):
    CREATED = "created"
    FAILED = "failed"
    CREATING = "creating"
    UPLOADED = "uploaded"


class BlueprintUploadState(object):
    PENDING = "pending"
    UPLOADED = "uploaded"
    INVALID = "invalid"


class PluginInstallationState(object):
    PENDING = "pending-install"
    INSTALLING = "installing"
    INSTALLED = "installed"
    ERROR = "error"
    PENDING_UNINSTALL = "pending-uninstall"
    UNINSTALLING = "uninstalling"
    UNINSTALLED = "uninstalled"


class DeploymentState(object):
    ACTIVE = "active"
    INACTIVE = "inactive"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    GOOD = "good"
    REQUIRE_ATTENTION = "requires_attention"
