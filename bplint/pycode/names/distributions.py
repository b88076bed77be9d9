"""Which distribution brings which package, where the names differ or a distribution brings others along.

The facts are those of the distributions' own metadata, as plugins use them.
"""

from __future__ import annotations

import re
from typing import Final

# import name → distributions that bring it, where the name alone does not tell
_BROUGHT: Final[dict[str, str]] = {
    "Crypto": "pycrypto pycryptodome",
    "OpenSSL": "pyopenssl",
    "OpenStackClient": "python-openstackclient",
    "attr": "attrs aiohttp jsonschema pytest",
    "azure": "msrestazure azure-common azure-mgmt-resource azure-identity azure-mgmt-compute",
    "botocore": "boto3 aiobotocore awscli",
    "bs4": "beautifulsoup4",
    "certifi": "requests kubernetes msrest",
    "cinderclient": "python-cinderclient openstacksdk",
    "cryptography": "paramiko pyopenssl fabric fabric3 ansible ansible-base ansible-core",
    "dateutil": "python-dateutil boto3 botocore kubernetes pandas",
    "deepdiff": "cloudify-utilities-plugins-sdk",
    "docker": "docker docker-py",
    "docutils": "boto3 botocore",
    "fabric": "fabric fabric3 fabric2",
    "fabric2": "fabric2 fabric",
    "git": "gitpython",
    "glanceclient": "python-glanceclient",
    "google": "google-auth google-api-python-client google-cloud-storage google-api-core protobuf kubernetes",
    "googleapiclient": "google-api-python-client",
    "heatclient": "python-heatclient",
    "httplib2": "google-api-python-client oauth2client google-auth-httplib2",
    "invoke": "fabric fabric2",
    "jinja2": "ansible ansible-base ansible-core cloudify-utilities-plugins-sdk",
    "jmespath": "boto3 botocore",
    "jwt": "pyjwt adal msal",
    "keystoneauth1": "keystoneauth python-keystoneclient python-novaclient python-neutronclient openstacksdk",
    "keystoneclient": "python-keystoneclient python-novaclient python-neutronclient",
    "libcloud": "apache-libcloud",
    "ldap": "python-ldap",
    "markupsafe": "jinja2",
    "msrest": "msrestazure azure azure-mgmt-resource azure-mgmt-compute azure-mgmt-network azure-common",
    "msrestazure": "azure azure-mgmt-resource azure-mgmt-compute azure-mgmt-network",
    "neutronclient": "python-neutronclient",
    "novaclient": "python-novaclient",
    "oauth2client": "google-api-python-client",
    "openstack": "openstacksdk",
    "packaging": "cloudify-utilities-plugins-sdk",
    "paramiko": "fabric fabric2 fabric3 cloudify-utilities-plugins-sdk",
    "pkg_resources": "setuptools",
    "pyVim": "pyvmomi pyvim",
    "pyVmomi": "pyvmomi",
    "pyasn1": "google-auth",
    "pymysql": "pymysql",
    "requests": "kubernetes google-auth msrest pywinrm openstacksdk python-novaclient python-neutronclient",
    "requests_oauthlib": "msrest kubernetes",
    "s3transfer": "boto3",
    "serial": "pyserial",
    "six": "python-dateutil boto3 google-api-python-client kubernetes pywinrm paramiko fabric3 openstacksdk "
    "python-novaclient python-neutronclient python-keystoneclient python-glanceclient",
    "uritemplate": "google-api-python-client",
    "urllib3": "botocore boto3 kubernetes requests",
    "vcloud": "pyvcloud",
    "websocket": "websocket-client kubernetes docker",
    "winrm": "pywinrm",
    "xmltodict": "pywinrm cloudify-utilities-plugins-sdk",
    "yaml": "pyyaml kubernetes ansible ansible-base ansible-core openstacksdk cloudify-utilities-plugins-sdk",
    "zmq": "pyzmq",
}
_SDK: Final = re.compile(r"cloudify_\w+_sdk$")  # all are packages of cloudify-utilities-plugins-sdk
# what cloudify-common and cloudify-agent, of the releases 3.4 to 7.0, need and so bring into every worker
OF_PLATFORM: Final = frozenset(
    [
        *("aiohttp", "aiosignal", "async_timeout", "attr", "bottle", "certifi", "chardet", "click"),
        *("charset_normalizer", "concurrent", "distro", "fabric", "fasteners", "frozenlist", "idna"),
        *("jinja2", "markupsafe", "multidict", "networkx", "packaging", "paramiko", "pika", "pip"),
        *("pkg_resources", "proxy_tools", "psutil", "pysnmp", "pytz", "pywintypes", "requests"),
        *("requests_toolbelt", "retrying", "setuptools", "six", "tzlocal", "urllib3", "wagon", "wheel"),
        *("winrm", "yaml", "yarl"),
    ]
)


def is_brought(package: str, required: set[str]) -> bool:
    """Whether the platform brings a package, or a project that requires these distributions (in lower case,
    with `-`) gets it with one of them. Names that hold each other count: distributions of a family share
    packages."""
    if package in OF_PLATFORM:
        return True
    wanted = normal(package)
    brought = set(_BROUGHT.get(package, "").split())
    if _SDK.match(package):
        brought.add("cloudify-utilities-plugins-sdk")
    return bool(required & brought) or any(
        wanted in name or name.removeprefix("python-") in wanted for name in required
    )


def normal(name: str) -> str:
    """The name of a distribution as they are compared."""
    return re.sub(r"[-_.]+", "-", name).lower()
