# SPDX-License-Identifier: MIT
"""TAP for the tests of the command, and running it bounded."""

import os
import subprocess
import sys


class Tap:
    def __init__(self):
        self.n = 0
        self.failed = 0

    def ok(self, good, name, *why):
        self.n += 1
        print(f"{'ok' if good else 'not ok'} {self.n} {name}".replace("#", "\\#"))
        if not good:
            self.failed += 1
            for text in why:
                for line in str(text).splitlines()[-40:]:
                    print(f"# {line}")
        sys.stdout.flush()
        return good

    def skip(self, name, why):
        self.n += 1
        print(f"ok {self.n} {name} # SKIP {why}")

    def end(self):
        print(f"1..{self.n}")
        return 1 if self.failed else 0


class Result:
    """What a run gave.  status: negative for a signal, None when it had to be killed."""

    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    def __str__(self):
        return f"status {self.status}\nstdout: {self.out}\nstderr: {self.err}"


def run(command, timeout=20, cwd=None, stdin=subprocess.DEVNULL, env=None):
    child = subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                             cwd=cwd, env=dict(os.environ, **(env or {})))
    try:
        out, err = child.communicate(timeout=timeout)
        status = child.returncode
    except subprocess.TimeoutExpired:
        child.kill()
        out, err = child.communicate()
        status = None
    return Result(status, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))
