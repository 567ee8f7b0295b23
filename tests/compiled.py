"""Templates compiled once a run: each application of a test would compile them anew."""

from flask import Flask
from jinja2 import BytecodeCache


class Compiled(BytecodeCache):
    """What templates compile to, by their names and texts; kept in memory."""

    def __init__(self):
        self.known = {}

    def load_bytecode(self, bucket):
        bucket.code = self.known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket):
        self.known[bucket.key, bucket.checksum] = bucket.code


Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": Compiled()}
