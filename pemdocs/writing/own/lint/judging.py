"""Judge one tag by itself: its braces, its prefix, its spelling, its place in the text, and whether it can be read."""

from __future__ import annotations

import re

from lxml import etree

from pemdocs.model import Severity
from pemdocs.words import reading
from pemdocs.words.reading import nodes
from pemdocs.writing.own.lint import spelling, tags
from pemdocs.writing.own.lint.drafts import CELL_WORDS, KEYWORDS, Draft
from pemdocs.writing.own.lint.flaws import nearest, shortened
from pemdocs.writing.own.lint.scope import Scope
from pemdocs.writing.own.lint.story import THING, Passage
from pemdocs.writing.own.lint.tags import PRINTING, REMARK, STATING, Tag
from pemdocs.writing.word.markup import W

ERROR, WARNING = Severity.ERROR, Severity.WARNING
NO_LOOK = frozenset(W + name for name in ("lang", "noProof", "rtl", "cs"))
SHAPES = {"if": "{% if case.phone %}", "elif": "{% elif case.email %}", "for": "{% for day in case.days %}",
          "set": "{% set name = case.id %}"}  # fmt: skip
REFUSED = ("include", "import", "from", "extends", "block", "raw", "do", "trans", "autoescape", "debug")
CLOSING = {"if": "endif", "elif": "endif", "for": "endfor", "macro": "endmacro", "call": "endcall",
           "filter": "endfilter", "with": "endwith"}  # fmt: skip


def draft(tag: Tag, file: str, scope: Scope) -> Draft | None:
    """A tag with what is wrong with its look; ``None`` where it is only something that looks like a tag."""
    made = Draft(file, tag, tag.body, tag.prefix)
    if tag.wrong == tags.ONE_BRACE:
        root = re.match(r"\w+", tag.body)
        if root is None or scope.find(root[0]) is None:
            return None
    if not _braces(made):
        return made
    if tag.opener != REMARK:
        _prefix(made)
        _place(made)
        _spelling(made)
    return made


def _braces(made: Draft) -> bool:
    """Whether the braces let the tag be read any further."""
    tag = made.tag
    if tag.wrong == tags.ALONE:
        made.tell("tag-close-alone", ERROR, opener=tag.opener)
        return False
    if tag.wrong == tags.UNCLOSED:
        single = tag.text.endswith("}")
        made.tell("tag-unclosed", ERROR, closer=tag.closer, mends=single and bool(tag.body.strip()))
    elif tag.wrong == tags.MISMATCHED:
        made.tell("tag-braces-differ", ERROR, opener=tag.opener, closer=tag.closer, mends=True)
    elif tag.wrong == tags.SPACED:
        made.tell("tag-braces-apart", ERROR, opener=tag.opener, closer=tag.closer, mends=True)
    elif tag.wrong == tags.ONE_BRACE:
        made.tell("tag-one-brace", ERROR, mends=True)
    return True


def _prefix(made: Draft) -> None:
    tag = made.tag
    if not tag.prefix:
        return
    if tag.opener == PRINTING:
        made.tell("tag-prefix-on-value", ERROR, prefix=tag.prefix, mends=True)
    elif tag.misplaced:
        made.tell("tag-prefix-apart", ERROR, prefix=tag.prefix, mends=True)
    if tag.opener == STATING and re.search(r"[%}]", tag.body):
        made.tell("tag-percent-in-prefixed", ERROR, prefix=tag.prefix)


def _place(made: Draft) -> None:
    """What stands between the letters of the tag, and how they look."""
    tag, passage = made.tag, made.tag.passage
    if THING in tag.text:
        made.tell("tag-thing-inside", ERROR)
    elif re.search(r"[\t\n]", tag.text):
        made.tell("tag-break-inside", WARNING, mends=True)
    runs = [run for piece in passage.within(tag.start, tag.end) if (run := piece.element.getparent()) is not None]
    if len({run.getparent() for run in runs}) > 1:
        made.tell("tag-split-by-link", ERROR)
    elif len({_look(run) for run in runs}) > 1:
        made.tell("tag-split-by-look", WARNING, mends=True)


def _look(run: etree._Element) -> bytes:
    """How a run looks, without its language."""
    properties = run.find(W + "rPr")
    if properties is None:
        return b""
    told = (each for each in properties if each.tag not in NO_LOOK and not str(each.tag).endswith("rFonts"))
    return b"".join(sorted(etree.tostring(each, method="c14n", exclusive=True) for each in told))


def _spelling(made: Draft) -> None:
    found = spelling.spelt(made.body, KEYWORDS if made.tag.opener == STATING else ())
    for sort, stood in found.changed:
        if sort == spelling.QUOTES:
            severity = ERROR if found.grave else WARNING
            made.tell("tag-quotes", severity, signs=_marks(stood), mends=True)
        elif sort == spelling.SIGN:
            right = spelling.SIGNS[stood] or "–"
            made.tell("tag-sign", ERROR, sign=stood, right=right, mends=True)
        elif sort == spelling.HIDDEN:
            made.tell("tag-invisible-sign", ERROR, mends=True)
        elif sort == spelling.CAPITAL:
            made.tell("tag-capital", ERROR, word=stood, right=stood.lower(), mends=True)
        elif sort == spelling.KEYWORD:
            made.tell("tag-keyword", ERROR, word=stood, right=spelling.FOREIGN.get(stood.lower(), ""), mends=True)
        else:
            made.tell("tag-operator", ERROR, word=stood, mends=True)
    if found.apostrophe:
        made.tell("tag-apostrophe", ERROR, word=found.apostrophe)
    made.spell(found)


def _marks(string: str) -> str:
    inside = [sign for sign in string[1:-1] if sign in "“”‘’"]
    straight = string[0] == string[-1] and string[0] in "\"'"
    return " ".join(dict.fromkeys(inside if straight else (string[0], string[-1])))


def tree(made: Draft, scope: Scope) -> nodes.Node | None:
    """What the tag says, as a tree; ``None`` where it says nothing to be read, or cannot be read, which is told."""
    body, word = made.body.strip(" \t\n\u00a0\u200b\u202f"), made.word
    if made.prints:
        return _parsed(made, scope, f"{{{{ {body} }}}}")
    if word in CELL_WORDS:
        rest = body[len(word) :].strip()
        return _parsed(made, scope, f"{{{{ {rest} }}}}") if rest else None
    if word.startswith("end") or word == "else":
        return None
    if word == "set":
        return _parsed(made, scope, f"{{% {body} %}}{'' if '=' in body else '{% endset %}'}")
    if word in CLOSING:
        head = f"if {body[4:]}" if word == "elif" else body
        return _parsed(made, scope, f"{{% {head} %}}{{% {CLOSING[word]} %}}")
    return None


def _parsed(made: Draft, scope: Scope, words: str) -> nodes.Node | None:
    try:
        return reading.read(words).body[0]
    except reading.TemplateSyntaxError as error:
        _misread(made, scope, str(error.message))
    except IndexError:
        made.tell("tag-empty", ERROR)
    return None


def _misread(made: Draft, scope: Scope, said: str) -> None:
    """Tell why a tag cannot be read."""
    if any(flaw.code in ("tag-apostrophe", "tag-thing-inside", "tag-unclosed") for flaw in made.flaws):
        return
    body = made.body.strip()
    if not body or "Expected an expression, got 'end of print" in said:
        made.tell("tag-empty", ERROR)
    elif body.count("(") != body.count(")"):
        made.tell("tag-parentheses", ERROR, opened=body.count("("), closed=body.count(")"))
    elif body.count('"') % 2 or body.count("'") % 2:
        made.tell("tag-open-quote", ERROR)
    elif label := _label(body, scope):
        made.tell("tag-label-for-name", ERROR, words=shortened(body), nearest=label)
    else:
        sign = re.search(r"(?:got|char) '(.+?)'", said)
        told = "" if sign is None or sign[1].startswith("end of") else sign[1]
        made.tell("tag-unreadable", ERROR, sign=told, shape=SHAPES.get(made.word, "{{ case.id }}"))


def _label(body: str, scope: Scope) -> str:
    """The field whose label somebody wrote for its name: ``case.nom de famille``."""
    words = re.fullmatch(r"(?:\w+\.)?([\w’' -]+)", body)
    found = scope.known.nearest_attribute(scope.known.table, words[1], 0.8) if words and " " in body else ""
    return f"case.{found}" if found else ""


def unknown_word(made: Draft) -> None:
    """Tell of a statement that there is not."""
    word = made.word
    if word in REFUSED:
        made.tell("tag-refused", ERROR, word=word)
    elif not made.body.strip():
        made.tell("tag-empty", ERROR)
    else:
        made.tell("tag-no-such-tag", ERROR, word=word or shortened(made.body, 20), nearest=nearest(word, KEYWORDS))


def beside(made: Draft, text: str) -> str:
    """What else stands where a tag stands alone, as far as it would be lost."""
    return shortened(" ".join(text.replace(THING, "▢").split()), 50)


def alone(passage: Passage, tag: Tag) -> bool:
    """Whether a tag is all that its paragraph holds."""
    return not (passage.text[: tag.start] + passage.text[tag.end :]).strip()
