#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage: test_docs.py EMU SOURCE

docs/ci.md as its reader would use it: its files are written out, the firmware is built, the first
test is run, the hundred tests run under GNU parallel and as shards by the commands of the CI files,
which are parsed as YAML."""

import glob
import os
import re
import shutil
import sys
import tempfile
import xml.etree.ElementTree as ET

from tap import Tap, run

try:
    import yaml
except ImportError:
    yaml = None


def blocks(path):
    """[(language, text)] of the fenced blocks."""
    return re.findall(r"^```(\w+)\n(.*?)^```$", open(path, encoding="utf-8").read(), re.M | re.S)


def write_files(found):
    for _, text in found:
        m = re.match(r"[#@] file: (\S+)\n", text)
        if m:
            os.makedirs(os.path.dirname(m.group(1)) or ".", exist_ok=True)
            with open(m.group(1), "w", encoding="utf-8") as f:
                f.write(text)


def status_table(tap, page, source):
    """Each status of status.def is told."""
    sys.path.insert(0, os.path.join(source, "scripts"))
    import optgen
    _, statuses = optgen.read(os.path.join(source, "emu/options.def"),
                              os.path.join(source, "emu/status.def"))
    first = re.findall(r"^\| ([\d, -]+) \|", page, re.M)
    told = {n for cell in first for n in cell.split(", ")}
    tap.ok(told == {rng for rng, _ in statuses}, "the table of statuses", told, statuses)


def yaml_tests(tap):
    """The CI files parse; returns the shell lines of a shard in each."""
    if not yaml:
        tap.skip("YAML", "no python3-yaml here")
        return []
    github = yaml.safe_load(open(".github/workflows/firmware.yml"))
    gitlab = yaml.safe_load(open(".gitlab-ci.yml"))
    job = yaml.safe_load(open("ci/job.yaml"))
    test = github["jobs"]["test"]
    shards = test["strategy"]["matrix"]["shard"]
    tap.ok(test["needs"] in github["jobs"] and shards == list(range(10)) and
           all(("run" in s) != ("uses" in s) for s in test["steps"]), "GitHub's workflow")
    tap.ok(set(j["stage"] for j in gitlab.values() if isinstance(j, dict)) == set(gitlab["stages"]) and
           gitlab["firmware"]["artifacts"]["reports"]["junit"] == "results/*.xml", "GitLab's file")
    spec = job["spec"]
    tap.ok(job["kind"] == "Job" and spec["completionMode"] == "Indexed" and
           spec["completions"] == 10 and spec["template"]["spec"]["restartPolicy"] == "Never",
           "the Kubernetes Job")
    github_line = next(s["run"] for s in test["steps"] if "shard.sh" in s.get("run", ""))
    gitlab_line = next(s for s in gitlab["firmware"]["script"] if "shard.sh" in s)
    command = spec["template"]["spec"]["containers"][0]["command"]
    return [("GitHub", re.sub(r"\$\{\{ matrix.shard \}\}", "3", github_line), {}),
            ("GitLab", gitlab_line, {"CI_NODE_INDEX": "4", "CI_NODE_TOTAL": "10"}),
            ("Kubernetes", command[2], {"JOB_COMPLETION_INDEX": "3"})]


def passed(folder="results"):
    """Names of suites without a failure."""
    suites = [ET.parse(p).find("testsuite") for p in glob.glob(folder + "/*.xml")]
    return sorted(s.get("name") for s in suites if s.get("failures") == "0")


def main():
    emu, source = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    page_path = os.path.join(source, "docs/ci.md")
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        found = blocks(page_path)
        write_files(found)
        os.mkdir("bin")
        os.symlink(emu, "bin/emu")
        env = {"PATH": folder + "/bin:" + os.environ["PATH"], "HOME": folder}
        status_table(tap, open(page_path, encoding="utf-8").read(), source)
        for path in glob.glob("ci/*.sh"):
            tap.ok(run(["sh", "-n", path]).status == 0, f"{path} is a shell script")
        lines = yaml_tests(tap)
        made = shutil.which("arm-linux-gnueabi-gcc") and run(["make", "-C", "firmware"], env=env)
        if not made or not shutil.which("parallel"):
            tap.skip("the tests", "no ARM compiler or no parallel here")
            os.chdir("/")
            return tap.end()
        tap.ok(made.status == 0, "make -C firmware", made)
        first = next(text for language, text in found if language == "sh" and text.startswith("emu "))
        os.mkdir("results")
        r = run(["sh", "-c", first], env=env)
        tap.ok(r.status == 0 and "self test passed" in r.out and os.path.exists("results/hello/command.sh"),
               "the first test", r)
        shutil.rmtree("results")
        r = run(["sh", "ci/shard.sh", "0", "1"], env=env, timeout=200)
        tap.ok(r.status == 0 and len(passed()) == 100, "a hundred tests on one machine", r, passed())
        for who, line, extra in lines:
            shutil.rmtree("results", ignore_errors=True)
            r = run(["sh", "-c", line], env=dict(env, **extra), timeout=60)
            tap.ok(r.status == 0 and passed() == sorted(f"hello-{i}" for i in range(2, 100, 10)),
                   f"shard 3 of 10 as {who} starts it", r, passed())
        with open("ci/list.sh", "a", encoding="utf-8") as f:
            f.write("echo bad firmware/hello.elf --expect nothing-of-the-kind\n")
        r = run(["sh", "ci/shard.sh", "1", "10"], env=env, timeout=60)
        tap.ok(r.status == 1 and "failed with status 100: sh ci/one.sh" in r.out, "one that fails", r)
        os.chdir("/")
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
