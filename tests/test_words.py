"""Identifiers, dates, names and titles: tables of cases, and laws where there are any."""

import re
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import CORPUS

from pipeline import load
from pipeline.dates import decimal_year, earliest, is_date, is_younger
from pipeline.export.prose import renderer
from pipeline.formulas import FormulaError, to_mathml
from pipeline.identifiers import arxiv_file, arxiv_month, is_arxiv_id
from pipeline.markup import formulas, stray_dollars, targets
from pipeline.people import complete, mend, parse_name
from pipeline.text import clean, first_paragraph, fold_title

PROSE = renderer(load(CORPUS))
DATES = st.one_of(
    st.dates().map(str),
    st.dates().map(lambda day: str(day)[:7]),
    st.dates().map(lambda day: str(day)[:4]),
)


@pytest.mark.parametrize("text", ["1706.03762", "0704.0001", "1412.9999", "1501.00001", "hep-th/9901001", "cs/0112017"])
def test_arxiv_ids(text):
    """New and old identifiers are known."""
    assert is_arxiv_id(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "1706.3762", "1706.037621", "1412.00001", "0703.0001", "1713.03762", "1700.00001", "1706.03762v1"),
        *("arXiv:1706.03762", "math.GT/0309136", "hep-th/991301", "https://arxiv.org/abs/1706.03762", "1706.03762\n"),
    ],
)
def test_other_ids(text):
    """Other lengths, months, prefixes, versions and subject classes are not."""
    assert not is_arxiv_id(text)


def test_files_of_ids():
    """The slash of old identifiers does not become a folder."""
    assert arxiv_file("hep-th/9901001") == "hep-th__9901001.json"


@pytest.mark.parametrize(
    ("identifier", "month"),
    [
        ("1706.03762", "2017-06"),
        ("0704.0001", "2007-04"),
        ("math/0309136", "2003-09"),
        ("hep-th/9107001", "1991-07"),
        ("cs/9912017", "1999-12"),
        ("cs/0001001", "2000-01"),
        ("10.1234/x", None),
    ],
)
def test_months_of_ids(identifier, month):
    """New and old identifiers say in which month they were given."""
    assert arxiv_month(identifier) == month


@pytest.mark.parametrize("text", ["2018", "2018-02", "2020-02-29", "1991"])
def test_dates(text):
    """Years, months and days of the calendar are dates."""
    assert is_date(text)


@pytest.mark.parametrize(
    "text", ["", "18", "2018-13", "2018-00", "2019-02-29", "2018-1-1", "2018/01", "0000", "2018-01-01T"]
)
def test_no_dates(text):
    """Anything else is none."""
    assert not is_date(text)


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        ([], None),
        (["2019", "2018-10-11"], "2018-10-11"),
        (["2018", "2018-10-11"], "2018-10-11"),
        (["2018-10", "2018-10-11", "2018"], "2018-10-11"),
        (["2018-03-01", "2018-02"], "2018-02"),
    ],
)
def test_earliest(dates, first):
    """The earliest date wins, and of those that agree the most exact one."""
    assert earliest(dates) == first


@given(DATES, DATES)
def test_younger_is_strict(one, other):
    """No two dates are each younger than the other, and none is where one is the other's year."""
    assert not (is_younger(one, other) and is_younger(other, one))
    assert not is_younger(one, one[:4])


@given(st.dates(), st.dates())
def test_decimal_years_keep_order(one, other):
    """Days keep their order on the axis."""
    if one < other:
        assert decimal_year(str(one)) < decimal_year(str(other))


@given(st.lists(DATES, min_size=1))
def test_nothing_is_earlier_than_the_earliest(dates):
    """The earliest date is one of them, and younger than none."""
    first = earliest(dates)

    assert first in dates
    assert not any(is_younger(first, date) for date in dates)


@pytest.mark.parametrize(
    ("listed", "mended"),
    [
        (["OpenAI", ":", "Ada  Byron"], ["OpenAI", "Ada Byron"]),
        (["Gemma Team", "Dmitry", "Lepikhin", "Bo Wu"], ["Gemma Team", "Dmitry Lepikhin", "Bo Wu"]),
        (["DeepSeek-AI", "Aixin Liu"], ["DeepSeek-AI", "Aixin Liu"]),
        (["DeepSeek-AI", "Mausam", "Bo Wu"], ["DeepSeek-AI", "Mausam", "Bo Wu"]),
        ([" Qwen", " :", "An Yang", "An Yang"], ["Qwen", "An Yang"]),
        (["A B", "Guangyi", "Zhang", "Yu", "Wang"], ["A B", "Guangyi Zhang", "Yu Wang"]),
        (["A B", ":", "Mausam"], ["A B", "Mausam"]),
        (["01. AI", ":", "A B"], ["01.AI", "A B"]),
    ],
)
def test_author_lists_are_mended(listed, mended):
    """Colons go, halves are joined, repeats go."""
    assert mend(listed) == tuple(mended)


@given(st.lists(st.text("ABCab :", min_size=1, max_size=6)))
def test_mending_is_done_once(names):
    """No colon, no repeat and no blank at an end is left, and nobody is invented."""
    mended = mend(names)

    assert len(set(mended)) == len(mended)
    assert all(name == name.strip() and name not in ("", ":") for name in mended)
    assert set(" ".join(mended).split()) <= set(" ".join(names).split())


@pytest.mark.parametrize(
    ("text", "inverted"),
    [
        ("Jacob Devlin", "Devlin, Jacob"),
        ("Peter H. N. de With", "de With, Peter H. N."),
        ("Laurens van der Maaten", "van der Maaten, Laurens"),
        ("Teven Le Scao", "Le Scao, Teven"),
        ("Leandro Von Werra", "Von Werra, Leandro"),
        ("Duc Le", "Le, Duc"),
        ("Di Jin", "Jin, Di"),
        ("Sam Smith Jr.", "Smith, Jr., Sam"),
        ("Jan-Thorsten Peter", "Peter, Jan-Thorsten"),
        ("Onur Çelebi", "Çelebi, Onur"),
        ("Gemma Team", "Gemma Team"),
        ("BigScience Workshop", "BigScience Workshop"),
        ("Mausam", "Mausam"),
        ("{Meta AI}", "Meta AI"),
        ("Bou Hanna, Emma", "Bou Hanna, Emma"),
        ("van der Berg, Ann", "van der Berg, Ann"),
        ("John Smith, Jr.", "Smith, Jr., John"),
        ("{Research, and Friends}", "Research, and Friends"),
        ("{Van Rossum}, Guido", "Van Rossum, Guido"),
        ("Guido {Van Rossum}", "Van Rossum, Guido"),
        ("{Foo} {Bar}", "Bar, Foo"),
        ("{A {B} C}", "A B C"),
        ("A} {B C", "C, A B"),
        ("Research and Development", "Research and Development"),
        ("Gemini Team, Google", "Gemini Team, Google"),
        ("Llama Team, AI @ Meta", "Llama Team, AI @ Meta"),
        ("Team OLMo", "Team OLMo"),
        ("Google DeepMind", "Google DeepMind"),
        ("Microsoft Research", "Microsoft Research"),
        ("Databricks, Inc.", "Databricks, Inc."),
        ("NVIDIA Corporation", "NVIDIA Corporation"),
        ("Stanford University", "Stanford University"),
        ("John Smith, PhD", "Smith, John"),
        ("Gerard 't Hooft", "'t Hooft, Gerard"),
        ("Seán Ó Briain", "Ó Briain, Seán"),
        ("Rami Al-Rfou", "Al-Rfou, Rami"),
        ("José dos Santos", "dos Santos, José"),
    ],
)
def test_names(text, inverted):
    """Particles go with the last name, suffixes stand between, groups stay whole."""
    assert parse_name(text).inverted == inverted


@pytest.mark.parametrize(
    ("listed", "completed"),
    [
        (["A B et al.", "C"], ("A B", "C", "others")),
        (["A", "et al"], ("A", "others")),
        (["A", "others"], ("A", "others")),
        (["et al."], ()),
        (["Bet Al"], ("Bet Al",)),
    ],
)
def test_et_al(listed, completed):
    """However a list says that it is cut short, the mark of BibTeX ends it."""
    assert complete(listed) == completed


@given(st.lists(st.from_regex(r"[A-Za-z]{1,5}", fullmatch=True), min_size=1, max_size=5).map(" ".join))
def test_names_keep_their_words(name):
    """Taking a name apart loses nothing."""
    assert parse_name(name).direct == name or re.search(r"\b(Jr|Sr|II|III|IV)$", name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BERT: Pre-training of Deep", "Bert - pretraining of deep"),
        (r"The Erd\H{o}s Problem", "The Erdős problem"),
        ("$\\alpha$-Balance", "α balance"),
        ("{" * 3000 + " a \\", " a "),
        ("Naïve Models", "Naive models"),
    ],
)
def test_titles_that_are_one(one, other):
    """TeX, case, accents and punctuation make no other title."""
    assert fold_title(one) == fold_title(other)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("Deep &amp; Wide", "Deep & Wide"),
        ('<jats:italic toggle="yes">In</jats:italic> <mml:math><mml:mi>x</mml:mi></mml:math>', "In x"),
        ("<i>In</i> H<sub>2</sub>O <SCP>x</SCP>, <span class='a'>y</span>", "In H2O x, y"),
        ("&#8211; &#x3b1; &eacute; &quot;x&quot; O&#39;Brien", '– α é "x" O\'Brien'),
        ("a&nbsp;b&#8203;c&#10;d", "a bc d"),
        ("AT&T; R&D &c. &notaword;", "AT&T; R&D &c. &notaword;"),
        ("The <unk> and </s> tokens, a < b > c", "The <unk> and </s> tokens, a < b > c"),
        ("&amp;lt;", "&lt;"),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
    ],
)
def test_html_is_cleaned_away(text, cleaned):
    """Entities and tags of emphasis go, once; signs that are none, and the tokens of our field, stay."""
    assert clean(text) == cleaned


def test_titles_that_differ():
    """A digit does."""
    assert fold_title("GPT-2") != fold_title("GPT-3")


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("a `code_x` and *this* or **that**", "a code_x and this or that"),
        ("see [the paper](https://a.example/A_(b)) and <https://b.example>", "see the paper and https://b.example"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("***both***\nlines", "both lines"),
        (r"5 \* 3 \_x\_", "5 * 3 _x_"),
        ("One\nline.\n\nAnother.", "One line."),
        ("One line.\n \nAnother.", "One line."),
        ("One line.\n### Sub\nAnother.", "One line."),
        (r"by $x_1 < x_2$ of $\frac{a - b}{c}$ and \$5", r"by $x_1 < x_2$ of $\frac{a - b}{c}$ and $5"),
        (r"so $a*b*c$ is *`$d$`*", "so $a*b*c$ is $d$"),
        ("- a list\n\nThen text.", "a list"),
        ("", ""),
    ],
)
def test_first_paragraph(markdown, text):
    """The first paragraph as plain text: markup goes, words stay, the rest is cut."""
    assert first_paragraph(markdown) == text


@pytest.mark.parametrize(
    ("tex", "mathml"),
    [
        ("a_i", "<mrow><msub><mi>a</mi><mi>i</mi></msub></mrow>"),
        ("x<y", "<mrow><mi>x</mi><mo>&lt;</mo><mi>y</mi></mrow>"),
        (r"\text{<b>}", "<mrow><mtext>&lt;b&gt;</mtext></mrow>"),
        (r"a \& b", "<mrow><mi>a</mi><mi>&amp;</mi><mi>b</mi></mrow>"),
    ],
)
def test_formulas(tex, mathml):
    """TeX becomes MathML, with nothing in it that HTML would take for its own."""
    assert to_mathml(tex, display=False) == f"<math>{mathml}</math>"


@pytest.mark.parametrize(
    ("tex", "complaint"),
    [
        (r"\frac{a}{", "no TeX"),
        ("{" * 2000, "no TeX"),
        (r"\wonder", r"has \\wonder"),
        (r"\begin{aligned}a&=b\end{aligned}", "has &"),
        ("50% of a", "write"),
        (r"\href{javascript:alert(1)}{x}", "sets href"),
        (r"\style{position:fixed}{x}", "sets style"),
        (r"\class{node}{x}", "sets class"),
    ],
)
def test_formulas_that_cannot_be_shown(tex, complaint):
    """What the converter cannot read, gives back unread, or lets through to the page, is an error."""
    with pytest.raises(FormulaError, match=complaint):
        to_mathml(tex, display=True)


@given(st.text(alphabet="ab{}\\_^&<>$ ", max_size=20))
def test_formulas_never_break_a_page(tex):
    """Whatever stands between the dollars, it comes out as well-formed MathML or as an error."""
    try:
        found = to_mathml(tex, display=False)
    except FormulaError:
        return
    assert fromstring(found).tag == "math"  # noqa: S314  made three lines above


@pytest.mark.parametrize(
    ("markdown", "tex"),
    [
        ("- $x$ falls from 5 to 3", ["x"]),
        ("$a$, $b$ and\n$c\n+d$", ["a", "b", "c\n+d"]),
        ("text\n$$\na\n$$\ntext", ["\na\n"]),
        ("$$\na\n- b\n$$", ["\na\n- b\n"]),
        (r"\\$a$ and $\$5$", ["a", r"\$5"]),
        ("`$a$`, ``` ` $b$ ```, $c$", ["c"]),
        ("```sh\necho $HOME $x\n```\n$d$", ["d"]),
        ("[$5](https://a.example/$6) for $e$", ["e"]),
        (r"\$5 and \$6, no formula", []),
    ],
)
def test_formulas_are_found(markdown, tex):
    """Formulas are what stands between dollars, except in code, in addresses and behind backslashes."""
    assert [formula.tex for formula in formulas(markdown)] == tex
    assert list(stray_dollars(markdown)) == ([1] if markdown.startswith("[$5]") else [])
    assert PROSE(markdown).count("<math") == len(tex)


@pytest.mark.parametrize(
    "markdown",
    ["it costs $5", "$ a$", "$a $", "$a$5", "5$a$", "$a\n\nb$", "- cost $a\n- b$ more", "$a\n> b$", "$$a\n\nb$$"],
)
def test_dollars_that_belong_to_no_formula(markdown):
    """A dollar that starts or ends nothing is found, as the page would show it."""
    assert list(formulas(markdown)) == []
    assert list(stray_dollars(markdown))


PIECES = [
    "$a$",
    "$$b_1$$",
    "$",
    " ",
    "\n",
    "\n\n",
    "- ",
    "1. ",
    "> ",
    "# ",
    "`",
    "```",
    "    ",
    "x",
    "5",
    "*",
    "_",
    "\\",
    "\\$",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_what_is_checked_is_what_is_shown(markdown):
    """The page has a formula for each that is found; where no dollar is stray or escaped, it has none outside code."""
    shown = PROSE(markdown)

    assert shown.count("<math") == len(list(formulas(markdown)))
    if not list(stray_dollars(markdown)) and "\\$" not in markdown:
        assert "$" not in re.sub(r"<code.*?</code>", "", shown, flags=re.DOTALL)


@pytest.mark.parametrize(
    ("markdown", "addresses"),
    [
        ("[a](b.md), [c\nd](e.md 'title') and [f](<g.md>)", ["b.md", "e.md", "g.md"]),
        ("see [a][1]\n\n[1]: b.md", ["b.md"]),
        ("`[a](b.md)` and $[a](b)$ and\n\n```\n[a](c.md)\n```\n", []),
        ("<https://a.example> and ![x](y.png)", ["y.png"]),
    ],
)
def test_targets(markdown, addresses):
    """Links lead where CommonMark says; code and formulas hold none."""
    assert [target.address for target in targets(markdown)] == addresses


def test_links_between_notes_land():
    """A link to a note becomes the work's anchor, by a former key too; addresses stay."""
    shown = PROSE("[S](spork.md), [T](trunk.md), [a](https://a.example/b.md)")

    assert re.findall('href="(.*?)"', shown) == ["#fork", "#trunk", "https://a.example/b.md"]
