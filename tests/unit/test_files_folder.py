"""A rulebook's folder is read whole: every file once, by name, and every file's faults at once."""

import hashlib
import os
from pathlib import Path

import pytest

from governance.faults import Fault, RuleError
from governance.files import folder_digest, parse_document, read_folder
from governance.files.text import MOST_BYTES


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8", newline="")
    return folder


def faults(folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(RuleError) as refused:
        read_folder(folder)
    return refused.value.faults


def codes(folder: Path) -> list[tuple[str, str]]:
    return [(fault.file, fault.code) for fault in faults(folder)]


def test_files_come_by_name_whatever_order_they_were_written_in(tmp_path: Path) -> None:
    write(tmp_path, trin="a: 1", bodies="b: 2", Aa="c: 3")
    assert [(d.name, d.data) for d in read_folder(tmp_path)] == [
        ("Aa.yaml", {"c": 3}),
        ("bodies.yaml", {"b": 2}),
        ("trin.yaml", {"a": 1}),
    ]


def test_other_files_hidden_files_and_subfolders_are_left_alone(tmp_path: Path) -> None:
    write(tmp_path, a="a: 1")
    (tmp_path / "README.md").write_text("[")
    (tmp_path / ".b.yaml").write_text("[")
    (tmp_path / "sub").mkdir()
    write(tmp_path / "sub", c="[")
    assert [document.name for document in read_folder(tmp_path)] == ["a.yaml"]


def test_the_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, a="a: 1\na: 2", b="b: 1", c="")
    (tmp_path / "d.yaml").write_bytes(b"\xff")
    assert codes(tmp_path) == [
        ("a.yaml", "yaml-duplicate-key"),
        ("c.yaml", "yaml-empty"),
        ("d.yaml", "yaml-not-utf-8"),
    ]


def test_a_folder_that_is_not_there_is_a_fault_that_names_it(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path / "findes-ikke")
    assert fault.code == "folder-missing"
    assert "findes-ikke`" in fault.message


def test_a_file_in_place_of_a_folder_is_no_folder(tmp_path: Path) -> None:
    assert faults(write(tmp_path, a="a: 1") / "a.yaml")[0].code == "folder-missing"


def test_a_folder_without_rule_files_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "README.md").touch()
    (fault,) = faults(tmp_path)
    assert fault.code == "folder-empty"
    assert tmp_path.name[:10] in fault.file


@pytest.mark.parametrize(
    "name", ["regler.yml", "regler.YAML", "mine regler.yaml", "tr\u0456n.yaml", "-x.yaml", "a.b.yaml"]
)
def test_a_file_that_looks_like_rules_is_never_passed_over_in_silence(tmp_path: Path, name: str) -> None:
    write(tmp_path, a="a: 1")
    (tmp_path / name).write_text("b: 1")
    (fault,) = faults(tmp_path)
    assert (fault.code, fault.line, fault.column) == ("file-name", 1, 1)
    assert name in fault.message


def test_a_file_name_that_is_no_text_is_told_without_failing(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\n.yaml")).touch()
    (fault,) = faults(tmp_path)
    assert fault.code == "file-name"
    str(fault).encode()


def test_a_folder_or_a_pipe_named_as_a_file_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "mappe.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    assert codes(tmp_path) == [("mappe.yaml", "file-unreadable"), ("pipe.yaml", "file-unreadable")]


def test_a_file_that_cannot_be_opened_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, a="a: 1")

    def denied(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", denied)
    assert codes(tmp_path) == [("a.yaml", "file-unreadable")]


def test_a_huge_file_is_refused_without_reading_all_of_it(tmp_path: Path) -> None:
    with (tmp_path / "a.yaml").open("wb") as file:
        file.truncate(1 << 40)  # a file of holes: a terabyte long, nothing on disk
    assert codes(tmp_path) == [("a.yaml", "yaml-too-large")]


def test_a_file_may_be_exactly_as_large_as_is_allowed(tmp_path: Path) -> None:
    write(tmp_path, a="a: 1\n#" + "x" * (MOST_BYTES - 6))
    assert read_folder(tmp_path)[0].data == {"a": 1}


def test_each_file_is_opened_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, a="a: 1", b="b: 1")
    opened: list[str] = []
    really = Path.open
    monkeypatch.setattr(Path, "open", lambda path, mode: opened.append(path.name) or really(path, mode))
    read_folder(tmp_path)
    assert opened == ["a.yaml", "b.yaml"]


def test_the_digest_of_a_rulebook_is_that_of_its_names_and_digests_in_order() -> None:
    a, b = parse_document("a.yaml", b"x: 1"), parse_document("b.yaml", b"y: 1")
    lines = f"a.yaml {a.digest}\nb.yaml {b.digest}\n"
    assert folder_digest([b, a]) == hashlib.sha256(lines.encode()).hexdigest()


def test_the_digest_changes_with_a_comment_and_with_a_name() -> None:
    digests = {
        folder_digest([parse_document(name, content)])
        for name, content in [("a.yaml", b"x: 1"), ("a.yaml", b"x: 1 #"), ("b.yaml", b"x: 1")]
    }
    assert len(digests) == 3
