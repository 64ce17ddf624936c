"""Invented works, each hard on some program that reads references, with what it must print.

They cover the table of rules behind `pipeline.export.tex`: letters, scripts, signs, names, identifiers and types.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from support import CORPUS

from pipeline import load
from pipeline.bibliography import Bibliography, join
from pipeline.model import Metadata, Note, Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Hard:
    """A work that is hard on programs.

    Attributes:
        key: key and citation key.
        title: as a service gives it.
        authors: as a service gives them.
        prints: what every style of TeX prints of it, letter by letter.
        plain: the title as text, where it is another one than `title`.
        reference: fields of the version of record; none for a preprint.
        arxiv: identifier, if it has one.
        summary: Markdown of the note.
    """

    key: str
    title: str
    authors: tuple[str, ...] = ("Jane Doe",)
    prints: tuple[str, ...] = ()
    plain: str | None = None
    reference: Mapping[str, str] = field(default_factory=dict)
    arxiv: str | None = None
    summary: str = "One work more."


PEOPLE = tuple(f"Given{number} Family{number}" for number in range(1, 1351))
LONG_URL = "https://example.org/" + "/".join(f"part_{number}" for number in range(60)) + "?q=1%2C2&r=~x#top"
WORDY = " ".join(["A Very Long Title about", *(f"Thing {number} and" for number in range(1, 80)), "Nothing Else"])
SICI = "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2"

_VENUE = "Proceedings of the 1998 Conference of the North American Chapter (NAACL-HLT): Short & Long"
_TALK = {"type": "inproceedings", "booktitle": _VENUE, "year": "2019"}
_WEB = {"type": "misc", "year": "2023", "url": "https://example.org/post"}

_PREPRINTS = (
    Hard(
        key="western",
        title="Naïve Façades of the Señor’s Smörgåsbord",
        authors=("Sébastien Bubeck", "Jürgen Müller", "Søren Ångström", "Íñigo Núñez", "Anaïs Lefèvre", "Zoë Weiß"),
        prints=("Bubeck", "Müller", "Ångström", "Núñez", "Lefèvre", "Weiß", "façades", "smörgåsbord"),
    ),
    Hard(
        key="polish",
        title="On Polish",
        authors=("Łukasz Źdźbłowski", "Józef Świątek", "Grażyna Ćwiklińska", "Michał Żółtyński"),
        prints=("Źdźbłowski", "Świątek", "Ćwiklińska", "Żółtyński"),
    ),
    Hard(
        key="czech",
        title="On Czech and Slovak",
        authors=("Tomáš Němec", "Jiří Šťastný", "Růžena Ďáblíková", "Ľudovít Čapek"),
        prints=("Němec", "Šťastný", "Ďáblíková", "Čapek"),
    ),
    Hard(
        key="romanian",
        title="On Romanian",
        authors=("Ion Ștefănescu", "Ana Țurcanu", "Radu Brâncuși"),
        # The comma below is a letter of its own to pdftotext where biblatex sets it.
        prints=("tefănescu", "urcanu", "Brâncu"),
    ),
    Hard(
        key="turkish",
        title="On Turkish",
        authors=("Gökçe Ağaoğlu", "Işıl Şahin", "Can İnönü", "Deniz Yıldız"),
        prints=("Ağaoğlu", "Şahin", "İnönü", "Yıldız"),
    ),
    Hard(
        key="vietnamese",
        title="On Vietnamese",
        # Of two marks on a letter the first stays: T1 fonts have no glyph with both.
        authors=("Thị Nguyễn", "Đức Trần", "Hồ Lê", "Ơn Phước"),
        prints=("Nguyên", "Trân", "Lê", "Phuóc"),
    ),
    Hard(
        key="pinyin",
        title="On Pinyin",
        authors=("Wěi Zhāng", "Bù Lǚ", "Míng Lǐ"),
        prints=("Zh", "Lü"),
    ),
    Hard(
        key="nordic",
        title="On Icelandic, Croatian and Hungarian",
        authors=("Þórður Guðmundsson", "Đorđe Đurić", "Pál Erdős", "Ģirts Šķēle", "Áile Ŋuvvá"),
        prints=("Guðmundsson", "Đurić", "Erdős"),
    ),
    Hard(
        key="scripts",
        title="On Scripts",
        authors=("伟 王", "太郎 田中", "철수 김", "محمد علي", "Иван Петров", "Γιώργος Παπαδόπουλος", "יצחק כהן"),
        prints=("Wang", "Petrov", "Papadopoylos"),
    ),
    Hard(
        key="specials",
        title='100% of R&D: #1 in a_b, ~x, 2^8, {sets} and "quoted" @home',
        authors=("Jane Doe", "A_b & C#d"),
        prints=("100% of", "R&D", "#1 in", "~x", "2^8", "{sets}", "@home"),
    ),
    Hard(
        key="formulas",
        title="An $O(n \\log n)$ Bound for $\\mathcal{L}_2$-Norms, or $\\beta$-VAE",
        prints=("O(n log n) bound", "L2", "β-VAE"),
    ),
    Hard(key="dollars", title="Between $5 and $6 a Day", prints=("$5 and $6",)),
    Hard(key="dollar", title="A Lone $ Sign, and a US$ One", prints=("lone $ sign", "US$")),
    Hard(
        key="symbols",
        title="α-Divergence → β ≤ γ: Δx ≈ 10² m² ± 3°, “Curly” ‘Quotes’ … «and» § — or – ™",
        prints=("α-", "→", "β ≤ γ", "±", "“Curly”", "‘quotes’", "«and»", "§"),
    ),
    Hard(
        key="spaces",
        title="Non\u2011Breaking, Thin\u2009Space, No\u00a0Break, Zero\u200bWidth, 🚀 Rocket, soft\u00adhyphen",
        plain="Non-Breaking, Thin Space, No Break, ZeroWidth, Rocket, softhyphen",
        prints=("Non-breaking", "thin space", "no break", "rocket"),
    ),
    Hard(
        key="capitals",
        title="BERT and GPT-4o Meet QLoRA: 1-bit LLMs, an iPhone, DALL-E 2, T5X and Phi-3 on the English Wikipedia",
        prints=("BERT and GPT-4o meet QLoRA: 1-bit LLMs",),
    ),
    Hard(
        key="hyphens",
        title="LaMDA: Pre-Training, State-of-the-Art Text/Image Models: A GPT-3-Based C++/C# and .NET Study (ICLR'24)",
        prints=("LaMDA:", "GPT-3-", "C++/C#", ".NET", "ICLR"),
    ),
    Hard(key="lower", title="word2vec and fastText Explained", prints=("word2vec", "fastText")),
    Hard(key="shouted", title="ATTENTION IS NOT ALL YOU NEED", prints=("ATTENTION IS NOT ALL YOU NEED",)),
    Hard(
        key="question",
        title='"Why Should I Trust You?": Don\'t Ask',
        prints=("why should", "you?”: Don’t ask"),
    ),
    Hard(
        key="sentences",
        title='"Lost in the Middle": Block Designs: I. The Method? A Study of Chatbot Arena',
        prints=("I. The method? A study of Chatbot Arena",),
    ),
    Hard(key="numbers", title="Pixtral 12B, UL2 and k1.5 on 800GB", prints=("12B, UL2 and k1.5 on 800GB",)),
    Hard(key="signs", title="Take №3, x << y >> z", prints=("take No.3", "<< y", ">> z")),
    Hard(key="dotted", title="On İstanbul", prints=("İstanbul",)),
    Hard(
        key="tied",
        title=r"The Q&A of Erd\H{o}s: a \(n^2\) Bound in \LaTeX",
        plain="The Q&A of Erdős: a n^2 Bound in LaTeX",
        prints=("Q&A of Erdős", "LaTeX"),
    ),
    Hard(
        key="braced",
        title="On Braces",
        authors=(
            "{Van Rossum}, Guido",
            "Gerard 't Hooft",
            "Gemini Team, Google",
            "Google DeepMind",
            r"P\'al Erd\H{o}s",
        ),
        prints=("Van Rossum", "Hooft", "Gemini Team, Google", "Google DeepMind", "Erdős"),
    ),
    Hard(key="asks", title="Is This All We Need?", prints=("need?",)),
    Hard(key="stops", title="This Is All We Need.", prints=("need.",)),
    Hard(key="chinese", title="大语言模型综述", prints=("DaYuYanMoXingZongShu",)),
    Hard(key="german", title="Über Größe, Straßen und Ähnliches", prints=("ber Größe, Straßen und ähnliches",)),
    Hard(key="faces", title="🤗", prints=(":hugging",)),
    Hard(
        key="groups",
        title="On Groups",
        authors=(
            "{OpenAI}",
            "{Gemini Team, Google}",
            "{Research and Development, Inc.}",
            "BigScience Workshop",
            "Mausam",
            "{AT&T Labs}",
            "Ada Lovelace",
        ),
        prints=(
            "OpenAI",
            "Gemini Team, Google",
            "Research and Development, Inc.",
            "BigScience Workshop",
            "Mausam",
            "AT&T Labs",
            "Lovelace",
        ),
    ),
    Hard(
        key="particles",
        title="On Particles",
        authors=(
            "Teven Le Scao",
            "Aäron van den Oord",
            "Maria de la Cruz",
            "Leandro Von Werra",
            "Ludwig van Beethoven",
        ),
        prints=("van den Oord", "de la Cruz", "Le Scao", "Von Werra", "van Beethoven"),
    ),
    Hard(
        key="suffixes",
        title="On Suffixes and Signs",
        authors=(
            "Martin L. King Jr.",
            "Frank Wood III",
            "Conan O'Brien",
            "Sinéad O’Connor",
            "Jean-Yves Le Boudec-Roy",
            "J. R. R. Tolkien",
            "van Gogh, Vincent",
        ),
        prints=("King", "Jr", "Wood", "III", "O’Brien", "O’Connor", "Le Boudec-Roy", "Tolkien", "van Gogh"),
    ),
    Hard(key="crowd", title="On Crowds", authors=PEOPLE, prints=("Family1", "et al")),
    Hard(key="fiftyone", title="On Fifty-One", authors=PEOPLE[:51], prints=("Family1", "et al")),
    Hard(key="fifty", title="On Fifty", authors=PEOPLE[:50], prints=("Family1",)),
    Hard(
        key="markup",
        title="Deep &amp; Wide <i>Learning</i> of H<sub>2</sub>O &lt;unk&gt; &#8211; a &quot;Test&quot;",
        plain='Deep & Wide Learning of H2O <unk> – a "Test"',
        authors=("Conan O&#39;Brien", "Jos&eacute; Ruiz"),
        prints=("Deep & wide learning of H2O", "unk", "O’Brien", "Ruiz"),
    ),
    Hard(
        key="texed",
        title=r"The Erd\H{o}s--R\'enyi \textit{Model} of \emph{Na\"{\i}vet\'e}",
        plain="The Erdős–Rényi Model of Naïveté",
        prints=("Erdős–Rényi", "naïveté"),
    ),
    Hard(key="wordy", title=WORDY, prints=("thing 79 and nothing else",)),
    Hard(key="oldhep", title="On Strings", arxiv="hep-th/9901001", prints=("hep-th/9901001",)),
    Hard(key="oldmath", title="On Numbers", arxiv="math/0309136", prints=("math/0309136",)),
    Hard(
        key="polyglot",
        title="On Summaries",
        summary=(
            "It gains 50% & more for $5 at $O(n^2)$ cost, $\\alpha_i \\le 2^8$; see *a_b* and `x{y}#1~z^2` by Müller, "
            "王伟, Łukasz, Иван and Nguyễn: “ja”, «oui», 🤗 → ok.\n\nA second paragraph."
        ),
    ),
)
_PUBLISHED = (
    Hard(
        key="talkpages",
        title="A Talk with Pages",
        reference=_TALK | {"pages": "4171-4186", "doi": "10.18653/v1/N19-1423", "date": "2019-06"},
        arxiv="1810.99999",
        prints=("North American Chapter (NAACL-HLT): Short & Long", "4171–4186", "2019"),
    ),
    Hard(key="talk", title="A Talk without Pages", reference=_TALK, arxiv="1810.99998", prints=("Chapter", "2019")),
    Hard(
        key="talkalone",
        title="A Talk with no Preprint",
        reference=_TALK | {"url": "https://example.org/talk", "pages": "12"},
        prints=("Chapter", "12", "2019"),
    ),
    Hard(
        key="journal",
        title="An Article in a Journal",
        reference={
            "type": "article",
            "journal": 'R&D #1: 100% {Sets}_a @ "Home"',
            "volume": "21",
            "number": "140",
            "pages": "1-67",
            "year": "2020",
        },
        arxiv="1910.99999",
        prints=("R&D #1: 100% {Sets}_a @ ”Home”", "21", "140", "1–67", "2020"),
    ),
    Hard(
        key="journalalone",
        title="An Article with no Preprint",
        reference={
            "type": "article",
            "journal": "Journal",
            "volume": "3",
            "pages": "e12",
            "year": "1913",
            "doi": SICI,
        },
        prints=("Journal", "1913"),
    ),
    Hard(
        key="underscore",
        title="A DOI with an Underscore",
        reference=_TALK | {"pages": "1-2", "doi": "10.1007/978-3-030-01234-2_1"},
        prints=("Underscore",),
    ),
    Hard(
        key="chapter",
        title="A Chapter",
        reference={
            "type": "incollection",
            "booktitle": "The Book of the GPU & Co.",
            "publisher": "Press & Sons",
            "pages": "1-20",
            "year": "2001",
        },
        prints=("The Book of the GPU & Co.", "Press & Sons", "2001"),
    ),
    Hard(
        key="book",
        title="A Book on AI",
        reference={"type": "book", "publisher": "Press", "year": "1990", "isbn": "978-0-262-03561-3"},
        prints=("AI", "Press", "1990"),
    ),
    Hard(
        key="thesis",
        title="A Thesis on RNNs",
        reference={
            "type": "phdthesis",
            "institution": "Universität Łódź",
            "year": "1991",
            "url": "https://example.org/thesis",
        },
        prints=("RNNs", "Universität Łódź", "1991"),
    ),
    Hard(
        key="thesispreprint",
        title="A Thesis on arXiv",
        reference={"type": "phdthesis", "institution": "ETH Zürich", "year": "2018"},
        arxiv="1803.99999",
        prints=("arXiv", "ETH Zürich", "2018"),
    ),
    Hard(
        key="report",
        title="A Report by a Lab",
        reference={
            "type": "techreport",
            "institution": "OpenAI & Co.",
            "number": "TR-12_3",
            "year": "2018",
            "url": "https://example.org/a%20b?q=1&r=2&s=~t#frag_ment",
        },
        prints=("OpenAI & Co.", "TR-12_3", "2018"),
    ),
    Hard(
        key="web",
        title="A Page with a Date",
        authors=("{OpenAI}",),
        reference=_WEB | {"howpublished": "Blog & News", "accessed": "2024-05-06", "date": "2023-03-14"},
        prints=("OpenAI", "2023"),
    ),
    Hard(key="webalone", title="A Page with Nothing", authors=("{Mistral AI}",), reference=_WEB, prints=("2023",)),
    Hard(key="weblong", title="A Page Far Away", reference=_WEB | {"url": LONG_URL}, prints=("2023",)),
    *(
        Hard(
            key=f"year{number}",
            title=f"Work {number} of One Year",
            authors=("Jürgen Schmidhuber",),
            reference=_TALK | {"pages": f"{number}-{number}9"},
            prints=("Schmidhuber", "2019"),
        )
        for number in range(1, 5)
    ),
)
CASES: Mapping[str, Hard] = {case.key: case for case in (*_PREPRINTS, *_PUBLISHED)}


@lru_cache(maxsize=1)
def bibliography() -> Bibliography:
    """The hard works, joined as those of `data/` are."""
    numbered = {key: _arxiv(case, number) for number, (key, case) in enumerate(CASES.items(), 1)}
    records = {arxiv: _record(CASES[key], arxiv) for key, arxiv in numbered.items() if arxiv}
    joined, problems = join(
        [_note(case, numbered[case.key]) for case in CASES.values()],
        files=[],
        metadata=records,
        citations={},
        vocabulary=load(CORPUS).vocabulary,
    )
    assert not problems, problems
    return joined


def _arxiv(case: Hard, number: int) -> str | None:
    return case.arxiv or (None if case.reference else f"2401.{number:05}")


def _record(case: Hard, arxiv: str) -> Metadata:
    return Metadata(
        arxiv=arxiv,
        title=case.title,
        authors=case.authors,
        published="2024-01-05T00:00:00Z",
        primary_category="math.AG",
        abstract=case.summary,
        source="arxiv-api",
    )


def _note(case: Hard, arxiv: str | None) -> Note:
    reference = Reference(title=case.title, authors=case.authors, **case.reference) if case.reference else None
    return Note(
        path=f"{case.key}.md",
        lines={},
        key=case.key,
        name=case.key,
        heading=case.title,
        kind="study",
        branch="encoder-only",
        citekey=f"hard{case.key}",
        summary=case.summary,
        arxiv=arxiv,
        reference=reference,
        topics=("pretraining",),
    )
