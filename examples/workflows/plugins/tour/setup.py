from setuptools import setup

setup(name="tour", version="1.0.0", packages=["tour"], install_requires=["cloudify-common"])
