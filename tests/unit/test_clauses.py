"""A clause is found in a document by the number of its words and their digest."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.clauses import BULLETS, Located, digest_of, fold, locate

DOCUMENT = """Vedtægter for søfartsklubben

Klubben
  skal:

• holde båden tør
\uf0a7 male   skroget

o hejse flaget
- rydde op

Mødet holdes
ved kajen. Alle kan komme.
"""

words_of_a_text = st.lists(
    st.text(alphabet="abcæøå.,§1", min_size=1, max_size=6).filter(lambda word: word not in BULLETS),
    min_size=1,
    max_size=30,
)
gaps = st.sampled_from([" ", "  ", "\n", "\n\n", "\t", "\r\n", " \n• ", "\n - ", "\n\uf0a7 ", "\no "])


def found(sentence: str) -> Located | None:
    words = fold(sentence)
    return locate(DOCUMENT, len(words), digest_of(words))


def test_folding_drops_white_space_and_bullets_that_stand_alone() -> None:
    assert fold(" •\tén  to\n\n\uf0a7 tre\r\n- fire\no fem ") == ("én", "to", "tre", "fire", "fem")


def test_folding_keeps_hyphens_and_letters_inside_words() -> None:
    assert fold("båd-laug og om-bord") == ("båd-laug", "og", "om-bord")


def test_a_text_without_words_folds_to_nothing() -> None:
    assert fold(" \n • - ") == ()


def test_the_digest_is_that_of_the_words_joined_by_one_space() -> None:
    assert digest_of(("blå", "båd")) == hashlib.sha256("blå båd".encode()).hexdigest()


def test_a_sentence_in_the_middle_of_a_line_is_found_with_that_line() -> None:
    assert found("Alle kan komme.") == Located("Alle kan komme.", first_line=13, last_line=13)


def test_a_sentence_broken_over_lines_is_found_with_its_first_and_last_line() -> None:
    assert found("Mødet holdes ved kajen.") == Located("Mødet holdes ved kajen.", 12, 13)


def test_an_introduction_and_its_bullets_are_one_run_of_words() -> None:
    sentence = "Klubben skal: holde båden tør male skroget hejse flaget rydde op"
    assert found(sentence) == Located(sentence, first_line=3, last_line=10)


def test_the_whole_document_can_be_one_clause() -> None:
    whole = found(DOCUMENT)
    assert whole is not None
    assert (whole.first_line, whole.last_line) == (1, 13)


def test_a_sentence_with_one_letter_changed_is_not_found() -> None:
    assert found("Alle kan komma.") is None


def test_a_wrong_number_of_words_is_not_found() -> None:
    assert locate(DOCUMENT, 4, digest_of(("Alle", "kan", "komme."))) is None


def test_a_clause_longer_than_the_document_is_not_found() -> None:
    assert locate("for kort", 3, digest_of(("for", "kort"))) is None


def test_of_two_equal_sentences_the_first_is_shown() -> None:
    assert locate("igen og\nigen", 1, digest_of(("igen",))) == Located("igen", 1, 1)


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    assert locate("én\r\nto\x0ctre\u2028fire\r\nfem", 1, digest_of(("fem",))) == Located("fem", 3, 3)


@pytest.mark.parametrize("words", [0, -1])
def test_a_clause_of_no_words_is_a_developers_error(words: int) -> None:
    with pytest.raises(ValueError, match=f"words must be at least 1, got {words}"):
        locate(DOCUMENT, words, digest_of(()))


@given(words_of_a_text, st.data())
def test_layout_never_changes_what_is_found(words: list[str], data: st.DataObject) -> None:
    document = words[0] + "".join(data.draw(gaps) + word for word in words[1:])
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    clause = tuple(words[start:end])
    located = locate(document, len(clause), digest_of(clause))
    assert located is not None
    assert located.text == " ".join(clause)
    assert 1 <= located.first_line <= located.last_line <= document.count("\n") + 1
    lines = document.split("\n")[located.first_line - 1 : located.last_line]
    assert located.text in " ".join(fold("\n".join(lines)))
