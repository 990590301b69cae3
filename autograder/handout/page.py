"""The handout as one page for a browser: no network, no script, formulas as MathML."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from autograder.assignment import Assignment
from autograder.handout.cells import BLANK, Cell, cells
from autograder.handout.formulas import mathml
from autograder.handout.markdown import extent, how, typeset, wording

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

WITH_PUNCTUATION = re.compile(r'\(?<span class="math inline">(?:(?!</span>).)*</span>[,.;:?!)]*')


@dataclass(frozen=True)
class Section:
    """A problem, or a question with what belongs to it.

    Attributes:
        anchor: Its id in the page.
        name: The problem's number or the question's id.
        title: The problem's title, or the question's kind and points.
        text: The wording, as HTML.
        code: The code with the blanks, as HTML; empty where there is none to show.
        anchors: Ids of blanks that stand nowhere in the code.
        questions: What a problem asks.
    """

    anchor: str
    name: str
    title: str
    text: str
    code: str = ""
    anchors: tuple[str, ...] = ()
    questions: tuple["Section", ...] = ()


def page(assignment: Assignment) -> str:
    """The text of `handout.html`, the same for the same spec on every machine."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    markdown = _markdown()
    templates = Environment(
        loader=PackageLoader("autograder.handout", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return templates.get_template("page.html").render(
        assignment=assignment,
        extent=extent(assignment),
        intro=_text(typeset(assignment.intro), markdown),
        how=_text(how(assignment), markdown),
        problems=list(_problems(assignment, markdown)),
    )


def _problems(assignment: Assignment, markdown: "MarkdownIt") -> Iterator[Section]:
    made = list(cells(assignment))
    starts = [at for at, cell in enumerate(made) if not cell.code]
    for start, end in zip(starts, [*starts[1:], len(made)], strict=True):
        head = made[start]
        yield Section(
            f"problem-{head.name}",
            head.name,
            head.title,
            _text(wording(head), markdown),
            questions=tuple(_question(cell, markdown) for cell in made[start + 1 : end]),
        )


def _question(cell: Cell, markdown: "MarkdownIt") -> Section:
    code = escape(cell.code).replace(BLANK, f"<mark>{BLANK}</mark>") if cell.defines else ""
    elsewhere = []
    for name in cell.questions:
        if name == cell.name:
            continue
        code, found = re.subn(rf"# {name}\b", rf'<span id="{name}">\g<0></span>', code, count=1)
        elsewhere += [name] * (not found)
    text = _text(wording(cell), markdown)
    return Section(cell.name, cell.name, cell.title, text, code, tuple(elsewhere))


def _text(words: str, markdown: "MarkdownIt") -> str:
    """Markdown as HTML, in which no line begins with the comma behind a formula."""
    return WITH_PUNCTUATION.sub(r'<span class="whole">\g<0></span>', markdown.render(words))


def _markdown() -> "MarkdownIt":
    """Markdown as in the other handout, except that nothing is loaded and nothing is run.

    HTML in a wording is shown as it is typed, a picture is a link to it. Headings are the
    page's own; a `#` that begins a line of a wording is a number sign.
    """
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.disable(["heading", "lheading"])
    markdown.use(
        dollarmath_plugin,
        allow_space=False,
        allow_digits=False,
        allow_labels=False,
        allow_blank_lines=False,
        renderer=lambda latex, options: mathml(latex, display=options["display_mode"]),
    )
    markdown.add_render_rule("image", _picture)
    return markdown


def _picture(_: object, tokens: "Sequence[Token]", at: int, *rest: object) -> str:
    token = tokens[at]
    return f'<a href="{escape(str(token.attrs["src"]))}">{escape(token.content)}</a>'
