"""Where backups lie."""

import glob
import os.path
from datetime import datetime


def folder_of(path):
    return os.path.abspath(path)


def file_of(folder, label):
    stamp = datetime.utcnow().strftime('%Y%m%d')
    return os.path.join(folder, '{0}-{1}.json'.format(stamp, label))


def files_in(folder):
    return glob.glob(os.path.join(folder, '*.json'))
