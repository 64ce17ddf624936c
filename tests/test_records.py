"""What arXiv's services write in ways of their own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.records import abstract_of, doi_of, line_or_none, moment, says_withdrawn, split_authors

AUTHORS = {
    "Ann Fern, Li Ivy and Jo Moss": ("Ann Fern", "Li Ivy", "Jo Moss"),
    "Ann Fern, Li Ivy, and Jo Moss": ("Ann Fern", "Li Ivy", "Jo Moss"),
    "Ann Fern and Jo Moss": ("Ann Fern", "Jo Moss"),
    "Ann Fern & Jo Moss": ("Ann Fern", "Jo Moss"),
    "Ann Fern,Jo Moss": ("Ann Fern", "Jo Moss"),
    "Ann Fern,\n  Jo Moss": ("Ann Fern", "Jo Moss"),
    "Ann Fern; Jo Moss": ("Ann Fern", "Jo Moss"),
    "Ann Fern": ("Ann Fern",),
    "Sandy Anderson, Ferdinand Andrews": ("Sandy Anderson", "Ferdinand Andrews"),
    r"{\'E}ric Moss, Paul Erd\H{o}s and {\L}ukasz Fern": ("Éric Moss", "Paul Erdős", "Łukasz Fern"),
    r"C. Bal\'azs, J.\,R. Moss, A.~Fern": ("C. Balázs", "J. R. Moss", "A. Fern"),
    r"Fran\c{c}ois Moss, Mar\'{\i}a Ib\'a\~nez": ("François Moss", "María Ibáñez"),
    "J.R.Moss, C.-P. Fern, O. O'Ivy": ("J. R. Moss", "C.-P. Fern", "O. O'Ivy"),
    "Ann Fern (1), Jo Moss (1,2) ((1) Univ of X, (2) Y, Z and W)": ("Ann Fern", "Jo Moss"),
    "Ann Fern (Univ of X (North), Y) and Jo Moss (Z)": ("Ann Fern", "Jo Moss"),
    "Ann Fern (MIT) Jo Moss": ("Ann Fern", "Jo Moss"),
    "Dmitry (Dima) Moss, Ann Fern": ("Dmitry Moss", "Ann Fern"),
    "Ann Fern, Dmitry (Dima) Moss": ("Ann Fern", "Dmitry Moss"),
    "Ann Fern (1), Jo Moss ((1) Univ of X": ("Ann Fern", "Jo Moss"),
    "Ann Fern), Jo Moss": ("Ann Fern", "Jo Moss"),
    "Ann Fern$^{1,2}$, Jo Moss$^*$": ("Ann Fern", "Jo Moss"),
    r"Ann Fern\inst{1}, Jo Moss\inst{1,2}": ("Ann Fern", "Jo Moss"),
    "Jo Moss Jr., Ann Fern": ("Jo Moss Jr.", "Ann Fern"),
    "Jo Moss, Jr., Ann Fern, III": ("Jo Moss Jr.", "Ann Fern III"),
    "Jo Moss, Ph.D., Ann Fern, PhD": ("Jo Moss", "Ann Fern"),
    "Databricks, Inc. and Ann Fern": ("Databricks, Inc.", "Ann Fern"),
    "{Moss, Fern and Ivy}, Ann Fern": ("Moss, Fern and Ivy", "Ann Fern"),
    "Jo Moss on behalf of the ATLAS Collaboration": ("Jo Moss", "ATLAS Collaboration"),
    "Jo Moss (on behalf of the ATLAS Collaboration)": ("Jo Moss", "ATLAS Collaboration"),
    "Jo Moss (CERN), for the CMS Collaboration": ("Jo Moss", "CMS Collaboration"),
    "The ATLAS Collaboration: Jo Moss, Ann Fern": ("The ATLAS Collaboration", "Jo Moss", "Ann Fern"),
    "OpenAI: Jo Moss, Ann Fern": ("OpenAI", "Jo Moss", "Ann Fern"),
    "BigScience Workshop: : Jo Moss": ("BigScience Workshop", "Jo Moss"),
    "Ann Fern, et al.": ("Ann Fern", "et al."),
    "01.AI: Jo Moss": ("01.AI", "Jo Moss"),
    "Ann Fern, , Jo Moss,": ("Ann Fern", "Jo Moss"),
    "": (),
    "(none)": (),
}


@pytest.mark.parametrize(("line", "names"), AUTHORS.items(), ids=AUTHORS)
def test_one_line_of_authors_is_parted_into_names(line, names):
    """Commas, "and", suffixes, affiliations, groups and TeX, as arXiv's raw records have them."""
    assert split_authors(line) == names


@given(st.lists(st.sampled_from(("Ann Fern", "Jo van der Moss", "Li Ivy Jr.", "M. O. Oak", "Łukasz Élan")), min_size=1))
def test_names_that_are_joined_come_apart_again(names):
    """Whichever way the last name is joined."""
    head = ", ".join(names[:-1])

    assert split_authors(f"{head} and {names[-1]}" if head else names[-1]) == tuple(names)
    assert split_authors(f"{head}, and {names[-1]}" if head else names[-1]) == tuple(names)


@given(st.text(alphabet="aA .,;:(){}\\$~&and'\"^1\n", max_size=60))
def test_no_line_of_authors_is_too_odd(line):
    """Whatever stands there gives names without a blank at an end, without braces and without empty ones."""
    assert all(name and name == " ".join(name.split()) and "{" not in name for name in split_authors(line))


def test_a_long_line_takes_no_quadratic_time():
    """Collaborations have thousands of authors, each with affiliations."""
    line = ", ".join(f"A. Fern{number} (1, (2), {number})" for number in range(20_000))

    assert len(split_authors(line)) == 20_000


DATES = {
    "Mon, 12 Jun 2017 17:57:34 GMT": "2017-06-12T17:57:34Z",
    "Fri, 1 Jan 1993 00:00:00 GMT": "1993-01-01T00:00:00Z",
    "12 Jun 2017 17:57:34 GMT": "2017-06-12T17:57:34Z",
    "Mon, 12 Jun 2017 19:57:34 +0200": "2017-06-12T17:57:34Z",
}


@pytest.mark.parametrize(("text", "iso"), DATES.items(), ids=DATES)
def test_dates_of_http_become_iso(text, iso):
    """In universal time."""
    assert moment(text) == iso


@pytest.mark.parametrize(
    "text",
    ["", "2017-06-12", "Mon, 12 Jun 2017", "Mon, 32 Jun 2017 17:57:34 GMT", "Mon, 12 Foo 2017 17:57:34 GMT",
     "Mon, 12 Jun 17 17:57:34 GMT", "Mon, 12 Jun 2017 25:57:34 GMT", "Mon, 12 Jun 2017 17:57:34 +9999"],
)  # fmt: skip
def test_what_is_no_date_is_refused(text):
    """Nothing is guessed."""
    with pytest.raises(ValueError, match=r"."):
        moment(text)


DOIS = {
    "10.1000/one": "10.1000/one",
    "10.1000/one 10.1000/two": "10.1000/one",
    "10.1000/one, 10.1000/two": "10.1000/one",
    "https://doi.org/10.1000/one": "10.1000/one",
    "doi: 10.1000/one": "10.1000/one",
    "no doi; 10.1000/one": "10.1000/one",
    r"10.1007/978-3\_48": "10.1007/978-3_48",
    "10.1016/0370-2693(94)90000-0": "10.1016/0370-2693(94)90000-0",
    "10.48550/arXiv.1706.03762": None,
    "10.1000/{one}": None,
    "to appear": None,
    "": None,
    None: None,
}


@pytest.mark.parametrize(("text", "doi"), DOIS.items(), ids=map(str, DOIS))
def test_the_first_doi_of_several_counts(text, doi):
    """One that is well formed and not arXiv's own."""
    assert doi_of(text) == doi


WITHDRAWN = {
    "Withdrawn": True,
    "withdrawn by the author": True,
    "[Withdrawn] see the text": True,
    "Retracted due to an error in Lemma 2": True,
    "This paper has been withdrawn by the author due to a crucial error in equation 1": True,
    "This paper has now been withdrawn": True,
    "This submission has been withdrawn by arXiv administrators": True,
    "This article was\n  retracted": True,
    "The manuscript is temporarily withdrawn": True,
    "Paper withdrawn": True,
    "12 pages, withdrawn by the authors": True,
    "12 pages. Withdrawn by the authors": True,
    "This has been withdrawn": True,
    "Withdrawn from arXiv": True,
    "extends the withdrawn 1234.5678": False,
    "extends 1234.5678, withdrawn by its authors": False,
    "supersedes arXiv:1234.5678 which was withdrawn": False,
    "Replaces a withdrawn paper": False,
    "a previous submission was withdrawn": False,
    "Withdrawn from ICLR 2021, submitted to JMLR": False,
    "A study of withdrawn drugs": False,
    "We count retracted articles": False,
    "10 pages, 3 figures": False,
    "": False,
    None: False,
}


@pytest.mark.parametrize(("comment", "is_withdrawn"), WITHDRAWN.items(), ids=map(str, WITHDRAWN))
def test_a_withdrawal_is_told_from_a_word_about_others(comment, is_withdrawn):
    """Only what is said of the work itself counts."""
    assert says_withdrawn(comment) is is_withdrawn


def test_blanks_of_layout_go():
    """A long line is folded and the next one set in."""
    assert line_or_none("A long\n  title ") == "A long title"
    assert line_or_none(" \n") is None
    assert abstract_of("  We count\nleaves.\n  Then\nwe rest.\n") == "We count leaves.\n\nThen we rest."
    assert abstract_of("") is None
