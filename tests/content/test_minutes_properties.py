"""What must hold of any text that is read as minutes: nothing raises, nothing is lost, nothing is said twice."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from agendaparse.content.attendance import split_names
from agendaparse.content.decisions import DecisionWords, read_decisions
from agendaparse.content.log_tables import column_of
from agendaparse.content.minute_items import find_items
from agendaparse.content.passages import PrintedLine, Setting, find_passages
from agendaparse.content.text import plain
from agendaparse.layout.lines import Line
from agendaparse.layout.words import Word
from agendaparse.profile import general_profile

PROFILE = general_profile()
SIZE, PITCH = 11.0, 13.5

PRINT = """the Committee noted that a report be approved and RESOLVED AGREED to: Councillor Moss moved an amendment;
(i) (ii) 1. 2. 3. a) b) 45. 46. 45/24 CAB12 Decision: It was resolved For Against • – “quoted text” 12 March 2024"""
WORDS = st.sampled_from(PRINT.split())
LINES = st.lists(
    st.tuples(st.lists(WORDS, min_size=1, max_size=12), st.sampled_from([72, 100, 128]), st.booleans(), st.booleans()),
    max_size=25,
)


def printed(texts) -> list[PrintedLine]:
    """Lines as a page would give them: words beside each other, some bold, some after a gap, two pages."""
    lines = []
    top, page = 72.0, 1
    for words, x, bold, apart in texts:
        top += PITCH * (2 if apart else 1)
        if top > 300:
            top, page = 72.0, 2
        placed, at = [], float(x)
        for text in words:
            width = 6.0 * len(text)
            placed.append(Word(text, at, top, at + width, top + SIZE, 0.0, SIZE, bold, 0, 0, 0, True, None))
            at += width + 3
        line = Line(tuple(placed))
        lines.append(PrintedLine(page, line, plain(line.text), underlined=False))
    return lines


def words_of(lines) -> Counter[str]:
    return Counter(w.text for b in lines for w in b.line.words)


@settings(max_examples=60)
@given(LINES)
def test_passages_hold_every_word_once(texts):
    lines = printed(texts)
    found = find_passages(lines, PROFILE, Setting.of(lines))
    assert [b for p in found for b in p.lines] == lines
    for passage in found:
        first = passage.lines[0].line.words[0].text
        whole = " ".join(b.line.text for b in passage.lines)
        assert whole.endswith(passage.text)
        assert whole.removesuffix(passage.text).strip() == (first if passage.bullet else passage.marker or "")


@settings(max_examples=60)
@given(LINES)
def test_items_lose_no_word(texts):
    lines = printed(texts)
    head, items = find_items(lines, PROFILE, Setting.of(lines))
    kept = words_of(head)
    for item in items:
        kept += words_of([b for p in item.passages for b in p.lines])
        kept += Counter(item.title.split()) + Counter((item.minute or "").split())
    missing = words_of(lines) - kept
    assert all(not any(c.isalnum() for c in word.strip(".):")) or word.rstrip(".):") in kept for word in missing)


@settings(max_examples=100)
@given(LINES)
def test_decisions_say_what_is_printed_and_once(texts):
    lines = printed(texts)
    passages = find_passages(lines, PROFILE, Setting.of(lines))
    words = DecisionWords.of([passages], PROFILE)
    found = read_decisions(passages, words, "pack")
    said = Counter(w.strip(";") for r in found for w in r.text.split()) - Counter([""])
    assert not said - Counter(w.strip(";") for w in words_of(lines).elements()), (
        "no word that is not printed, none twice"
    )
    assert all(r.text for r in found)


@given(st.lists(st.text(max_size=40), max_size=5))
def test_names_never_raise_and_are_never_empty(lines):
    assert all(name.strip() for name in split_names(lines, PROFILE))


@given(st.text(max_size=60))
def test_headers_never_raise(text):
    assert column_of(text, PROFILE) is None or isinstance(column_of(text, PROFILE), str)


SAID = "that berths be dredged before winter and gates mended with oak"
LETTERS = "abcdefgh"
ROMANS = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii"]
SENTENCES = st.lists(
    st.lists(
        st.sampled_from(SAID.split()),
        min_size=4,
        max_size=30,
    ).map(" ".join),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60)
@given(
    SENTENCES, st.sampled_from(["({r})", "{n}.", "{n})", "{a})", "({a})", "({n})"]), st.integers(20, 80), st.booleans()
)
def test_a_list_is_split_at_its_numbers_and_nowhere_else(sentences, style, width, apart):
    numbers = [style.format(r=ROMANS[n], n=n + 1, a=LETTERS[n]) for n in range(len(sentences))]
    texts = [(["RESOLVED:"], 72, False, True)]
    for number, sentence in zip(numbers, sentences, strict=True):
        rows = wrapped([number, *f"{sentence}.".split()], width)
        texts.append((rows[0], 100, False, apart))
        texts += [(row, 128, False, False) for row in rows[1:]]
    lines = one_page(texts)
    passages = find_passages(lines, PROFILE, Setting.of(lines))
    found = read_decisions(passages, DecisionWords(PROFILE, weak=False), "pack")
    assert [(r.number, r.text) for r in found] == [(n, f"{s}.") for n, s in zip(numbers, sentences, strict=True)]


def wrapped(words, width):
    rows = [[]]
    for word in words:
        if rows[-1] and len(" ".join([*rows[-1], word])) > width:
            rows.append([])
        rows[-1].append(word)
    return rows


def one_page(texts):
    """The lines on one page, however long it is; the text of a point stands under its first word."""
    lines = printed(texts)
    top, placed = 72.0, []
    for here, (_, x, _, apart) in zip(lines, texts, strict=True):
        top += PITCH * (1.8 if apart else 1)
        words, at = [], float(x)
        for k, word in enumerate(here.line.words):
            width = word.x1 - word.x0
            words.append(word._replace(x0=at, x1=at + width, top=top, bottom=top + SIZE))
            at = 128.0 if x == 100 and k == 0 else at + width + 3
        line = Line(tuple(words))
        placed.append(PrintedLine(1, line, plain(line.text), underlined=False))
    return placed
