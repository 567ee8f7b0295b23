"""What ruamel says about broken syntax, said in Danish to the file's author."""

from ruamel.yaml.error import MarkedYAMLError

from governance.files.collector import MOST_SHOWN, Position, quoted

_QUOTE = "sæt teksten i anførselstegn, hvis tegnet hører til den"
_BRACKETS = "sæt komma mellem værdierne, og afslut med samme slags parentes"
_CLOSE = "sæt et anførselstegn, hvor teksten slutter"
_INDENT = "ryk linjen lige så langt ind som dem, den hører sammen med"

_SAID = (  # part of what ruamel says, what it means, what would be right
    ("mapping values are not allowed", "kolonet kan ikke stå her i", _QUOTE),
    ("could not find expected ':'", "der mangler et kolon efter", "skriv `nøgle: værdi`"),
    ("unexpected end of stream", "anførselstegnet bliver ikke lukket i", _CLOSE),
    ("unexpected document separator", "anførselstegnet bliver ikke lukket i", _CLOSE),
    ("sequence entries are not allowed", "bindestregen kan ikke stå her i", "begynd listen på en ny linje"),
    ("mapping keys are not allowed", "spørgsmålstegnet kan ikke stå her i", _QUOTE),
    ("cannot start any token", "en værdi kan ikke begynde med dette tegn i", _QUOTE),
    ("unexpected ':'", "kolonet kan ikke stå her i", _QUOTE),
    ("expected <block end>", "linjen passer ikke til dem, den står mellem:", _INDENT),
    ("',' or '", "en parentes er ikke afsluttet, eller der mangler et komma, i", _BRACKETS),
    ("expected the node content", "der mangler en værdi i", _BRACKETS),
    ("more indented follow up line", "tekstens første linje er rykket forkert ind ved", _INDENT),
    (
        "a block scalar",
        "overskriften på en tekst over flere linjer er forkert i",
        "skriv `|` eller `>` alene på linjen",
    ),
    ("document", "der står noget uden for dokumentet i", "saml alt i ét dokument"),
)
_SHOWN_WHERE_IT_BEGINS = (
    "end of stream",
    "document separator",
    "<stream end>",
    "could not find expected ':'",
)


def explain(error: MarkedYAMLError, text: str) -> tuple[Position, str, str]:
    """Where the syntax breaks, what is wrong, and what would be right.

    What is never closed, and a key without its colon, is shown where it begins, not where the search for its
    end was given up.
    """
    problem = f"{error.context or ''}: {error.problem or ''}"
    opened = error.context_mark if any(end in problem for end in _SHOWN_WHERE_IT_BEGINS) else None
    mark = opened or error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    written = text.split("\n")[line]
    shown = quoted(
        written.strip() if len(written) <= MOST_SHOWN else written[max(0, column - MOST_SHOWN // 2) :]
    )
    for part, meaning, mend in _SAID:
        if part in problem:
            if mend is _BRACKETS and error.context_mark:
                mend = f"{_BRACKETS}; den begynder i linje {error.context_mark.line + 1}"  # noqa: PLW2901
            return (line + 1, column + 1), f"{meaning} {shown}", mend
    return (line + 1, column + 1), f"linjen kan ikke læses som YAML: {shown}", _INDENT
