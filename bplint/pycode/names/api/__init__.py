"""Facts of the API that workflow and operation code is written against."""
