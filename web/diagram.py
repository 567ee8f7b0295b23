"""The machine of a process as a picture: drawn by a Graphviz program of its own, made accessible here.

The picture's colours come from the style sheet by class; a page without the program shows a list instead.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree as ET

from markupsafe import Markup

from governance.model import Text
from governance.service import Arrow, MachineView
from web.language import capital

SVG = "{http://www.w3.org/2000/svg}"
PROGRAMS = ("graphviz-pure", "dot")
SECONDS = 5
WIDEST = 16
"""Characters in a line of a label before it is folded."""

EVERYWHERE = 4
"""A step that starts from this many states or more is drawn from the current one only."""

MARKS = {True: "open", False: "shut"}
ASCII = str.maketrans("æøåÆØÅ", "eoaAOA")
DROPPED = (
    "fill",
    "stroke",
    "width",
    "height",
    "font-family",
    "font-size",
    "{http://www.w3.org/XML/1998/namespace}space",
)

ET.register_namespace("", SVG.strip("{}"))


def draw(machine: MachineView, language: str, told: str) -> Markup | None:
    """The machine as inline SVG, None where no program can draw it.

    It holds no address, script or style of its own. ``told`` is the one sentence that stands for the picture
    to whoever cannot see it; everything it shows is also told in words beside it.
    """
    dot, labels = as_dot(machine, language)
    try:
        drawn = finished(dot, tuple(labels.items()), told)
    except (OSError, subprocess.SubprocessError):
        return None
    return Markup(drawn)  # noqa: S704 - serialised by ElementTree, which escapes every text


def as_dot(machine: MachineView, language: str) -> tuple[str, dict[str, tuple[str, ...]]]:
    """The drawing program's own notation, and the lines of each label by the id of what they stand on.

    The program knows the widths of ASCII letters only, so it measures a stand-in for every other letter, and
    measures larger than the style sheet writes, since a reader's letters may be wider; the real lines are put
    in afterwards. Only what can be tried from the current state has its arrow named.
    """
    number = {state.id: f"n{index}" for index, state in enumerate(machine.states)}
    labels: dict[str, tuple[str, ...]] = {}
    lines = [
        "digraph m {",
        'graph [rankdir=TB, nodesep=0.25, ranksep=0.36, bgcolor="transparent", pad=0.1]',
        'node [shape=box, fontname="Arial", fontsize=15, margin="0.14,0.08", height=0.42]',
        'edge [fontname="Arial", fontsize=15, arrowsize=0.7]',
    ]
    for state in machine.states:
        name = number[state.id]
        labels[name] = fold(state.label, language)
        marks = [
            word
            for word, there in (
                ("visited", state.id in machine.visited),
                ("current", state.id == machine.current),
                ("final", state.id in machine.final),
            )
            if there
        ]
        box = f'id={name}, label={quoted(labels[name])}, class="{" ".join(["state", *marks])}"'
        lines.append(f"{name} [{box}, peripheries={1 + marks.count('final')}]")
    for index, (arrow, marks) in enumerate(shown(machine)):
        name = f"e{index}"
        drawn = [f"id={name}", f'class="{" ".join(["arrow", *marks])}"']
        if arrow.here:
            labels[name] = fold(arrow.step.label, language)
            drawn.append(f"label={quoted(labels[name])}")
        lines.append(f"{number[arrow.source]} -> {number[arrow.target]} [{', '.join(drawn)}]")
    return "\n".join([*lines, "}"]), labels


def shown(machine: MachineView) -> list[tuple[Arrow, list[str]]]:
    """The arrows worth drawing, each with its marks.

    Every arrow from the current state is. Elsewhere one arrow stands for all between the same two states,
    and a step that starts nearly everywhere is left out: drawn from each state it would hide the others.
    A step that leads nowhere else is told in the list beside the picture.
    """
    trodden = set(zip(machine.visited, machine.visited[1:], strict=False))
    sources = Counter(arrow.step.id for arrow in machine.arrows)
    kept: dict[tuple[str, str, str], tuple[Arrow, list[str]]] = {}
    for arrow in machine.arrows:
        ends = (arrow.source, arrow.target)
        worth = arrow.here or ends in trodden or sources[arrow.step.id] < EVERYWHERE
        if worth and arrow.source != arrow.target:
            marks = ["trodden"] * (ends in trodden) + [MARKS[arrow.allowed]] * arrow.here
            kept.setdefault((*ends, arrow.step.id if arrow.here else ""), (arrow, marks))
    return list(kept.values())


@lru_cache(maxsize=256)
def fold(label: Text, language: str) -> tuple[str, ...]:
    """A label in lines short enough for a box."""
    return tuple(textwrap.wrap(capital(label.in_language(language)), WIDEST, break_long_words=True)) or (" ",)


@lru_cache(maxsize=256)
def quoted(lines: tuple[str, ...]) -> str:
    """A label as the program measures it: plain ASCII, nothing in it that means something to the program."""
    plain = (line.translate(ASCII) for line in lines)
    safe = ("".join(c if c.isascii() and (c.isalnum() or c == " ") else "n" for c in line) for line in plain)
    return '"' + r"\n".join(safe) + '"'


def program() -> str | None:
    """Where a program that draws is: beside this Python first, then on the path."""
    beside = str(Path(sys.executable).parent)
    found = (shutil.which(name, path=where) for name in PROGRAMS for where in (beside, None))
    return next((path for path in found if path), None)


@lru_cache(maxsize=256)
def run(dot: str) -> str:
    """What the program draws; remembered by content, and OSError or SubprocessError when it cannot."""
    path = program()
    if path is None:
        raise FileNotFoundError("no Graphviz program")
    done = subprocess.run(  # noqa: S603 - our own program, fed a text in which every label is plain letters
        [path, "-Tsvg"], input=dot, capture_output=True, check=True, encoding="utf-8", timeout=SECONDS
    )
    return done.stdout


@lru_cache(maxsize=256)
def finished(dot: str, labels: tuple[tuple[str, tuple[str, ...]], ...], told: str) -> str:
    """The drawing as a page holds it; remembered by all that it is made from."""
    return accessible(run(dot), dict(labels), told)


def accessible(drawn: str, labels: Mapping[str, Sequence[str]], told: str) -> str:
    """The drawing without what a page must not or need not hold, and with the real labels in it."""
    root = ET.fromstring(drawn)  # noqa: S314 - drawn by our own program from plain letters
    wide = float(root.get("viewBox", "0 0 0 0").split()[2])
    root.set("class", "machine")
    root.set("width", f"{wide:.0f}")
    root.set("role", "img")
    root.set("aria-label", told)
    root.attrib.pop("height", None)
    for group in root.iter(f"{SVG}g"):
        for title in group.findall(f"{SVG}title"):
            group.remove(title)
        name = group.attrib.pop("id", "")
        for text, line in zip(group.findall(f"{SVG}text"), labels.get(name, []), strict=False):
            text.text = line
    for part in root.iter():
        if part is not root:
            for attribute in DROPPED:
                part.attrib.pop(attribute, None)
    return ET.tostring(root, encoding="unicode")
