from setuptools import setup

setup(
    name="notify",
    version="1.0.0",
    packages=["notify"],
    install_requires=["cloudify-common>=7.0"],
)
