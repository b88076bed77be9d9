from setuptools import setup

setup(name='acme-backup', version='1.0', packages=['acme_backup'])
