"""The examples of operation can be read by what they are for, and name only what is there."""

import configparser
import json
import re
import shutil
import subprocess
from importlib import import_module
from pathlib import Path

import pytest
from gunicorn.config import KNOWN_SETTINGS
from ruamel.yaml import YAML

import web
from web.settings import settings_told

EXAMPLES = Path(web.__file__).parent / "examples"
README = Path(web.__file__).parents[1] / "README.md"
ROW = re.compile(r"^\| `(GOVERNANCE_\w+)` \| (.+?) \| (.+?) \|$", re.MULTILINE)
INSTRUCTIONS = {"FROM", "COPY", "RUN", "ENV", "USER", "VOLUME", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK"}
INSTRUCTIONS |= {"ENTRYPOINT", "CMD"}


def text(name):
    return (EXAMPLES / name).read_text(encoding="utf-8")


def unit(name):
    parser = configparser.RawConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read_string(text(name))
    return parser


def instructions():
    """The instructions of the container, with what each says, continued lines joined."""
    joined = re.sub(r"\\\n\s*", " ", re.sub(r"^#.*\n", "", text("Containerfile"), flags=re.MULTILINE))
    return [line.split(maxsplit=1) for line in joined.splitlines() if line.strip()]


def test_the_readme_has_every_setting_and_no_other_in_one_table():
    rows = {name: (meaning, default) for name, meaning, default in ROW.findall(README.read_text("utf-8"))}
    assert rows == settings_told()


@pytest.mark.parametrize("example", [each.name for each in sorted(EXAMPLES.iterdir())])
def test_an_example_names_only_settings_that_are_there(example):
    assert set(re.findall(r"GOVERNANCE_\w+", text(example))) <= settings_told().keys()


def test_the_settings_are_lines_of_name_and_value():
    lines = [line for line in text("settings.env").splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"GOVERNANCE_[A-Z_]+=\S*", line) for line in lines)
    assert "GOVERNANCE_SECRET_KEY=" in lines


def test_the_service_runs_as_nobody_over_a_machine_it_cannot_write_to():
    service = unit("governance.service")["Service"]
    assert service["DynamicUser"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["NoNewPrivileges"] == "yes"
    assert service["CapabilityBoundingSet"] == ""
    assert "User" not in service


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_finds_no_fault_with_its_units(tmp_path):
    for name in ("governance.service", "governance.socket"):
        here = text(name).replace("/opt/governance/bin/gunicorn", "/bin/true")
        (tmp_path / name).write_text(here, encoding="utf-8")
    run = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / "governance.service")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert [line for line in run.stderr.splitlines() if "governance" in line] == []


def commands():
    """What each example starts the server with."""
    yield unit("governance.service")["Service"]["ExecStart"].replace('"', "").split()[1:]
    said = dict(each for each in instructions() if each[0] in ("ENTRYPOINT", "CMD"))
    yield json.loads(said["ENTRYPOINT"])[1:] + json.loads(said["CMD"])


@pytest.mark.parametrize("command", list(commands()))
def test_the_server_is_started_with_options_it_has_and_with_our_pages(command):
    known = {word for setting in KNOWN_SETTINGS for word in setting.cli or ()}
    assert {word for word in command if word.startswith("-")} <= known
    assert import_module(command[command.index("--config") + 1].removeprefix("python:"))
    module, _, app = command[-1].removesuffix("()").partition(":")
    assert callable(getattr(import_module(module), app))


def test_the_container_is_no_root_and_says_whether_it_is_well():
    said = instructions()
    assert {word for word, _ in said} <= INSTRUCTIONS
    users = [value for word, value in said if word == "USER"]
    assert users
    assert users[-1] not in ("root", "0", "0:0")
    (check,) = [value for word, value in said if word == "HEALTHCHECK"]
    assert "/readyz" in check
    compile(json.loads(check.partition("CMD ")[2])[2], "healthcheck", "exec")


def test_the_containers_together_write_nowhere_but_in_their_volumes():
    composed = YAML(typ="safe").load(text("compose.yaml"))
    pages = composed["services"]["governance"]
    assert pages["read_only"] is True
    assert pages["cap_drop"] == ["ALL"]
    assert pages["security_opt"] == ["no-new-privileges:true"]
    assert (EXAMPLES / pages["env_file"]).exists()
    assert (EXAMPLES / pages["build"]["context"] / pages["build"]["dockerfile"]).exists()
    named = {volume.partition(":")[0] for each in composed["services"].values() for volume in each["volumes"]}
    assert named == composed["volumes"].keys()


def test_the_proxy_says_who_asks_and_keeps_no_word_of_theirs():
    said = text("nginx.conf")
    assert said.count("{") == said.count("}")
    assert all(re.fullmatch(r"\s*(#.*|.*[;{}])?", line) for line in said.splitlines())
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in said
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in said
