"""Shelves of works that nobody wrote, with everything that is odd about real ones."""

from random import Random

from .shelf import Shelf

_QUALITIES = "Quiet Sparse Deep Early Hidden Linear Broken Patient Latent Narrow Faithful Greedy Humble Twofold".split()
_THINGS = "Trees Rivers Lanterns Ladders Gardens Mirrors Bridges Kettles Harbours Orchards Compasses Looms".split()
_PURPOSES = "Reading Translation Counting Retrieval Dialogue Summaries Planning Parsing Proofs Listening".split()
_GIVEN = "Ada Søren Zoë Jürgen María Wei Olumide Ananya Łukasz Ibrahim Yuki Éva A. J.".split()
_FAMILY = "Ångström Okafor van~der~Grün Erdős Müller-Lüdenscheidt Li O'Neill Şahin Nguyễn Dvořák Smith III".split()
_INTENTS = ("background", "methodology", "result")
_ARCHIVES = ("hep-th", "cs", "math", "cond-mat", "quant-ph", "cmp-lg")


def invented(count, seed=0):
    """A shelf of `count` works, the same for the same arguments.

    Works are in the order of their identifiers and cite among the earlier ones. From thirty works on, every oddity is
    there: old-style identifiers, an author ":", a name in brackets, 600 authors, a group, the title "0", formulas and
    signs of markup in titles, withdrawn works, several DOIs, withheld and long reference lists, works merged by or
    unknown to Semantic Scholar.
    """
    random = Random(seed)
    shelf = Shelf()
    identifiers = _identifiers(count, random)
    for number, arxiv_id in enumerate(identifiers):
        title = f"{random.choice(_QUALITIES)} {random.choice(_THINGS)} for {random.choice(_PURPOSES)}, Part {number}"
        fields = {
            "title": title,
            "authors": [_name(random) for _ in range(random.randint(1, 6))],
            "version": random.choice((1, 1, 2, 3, 7)),
            "comment": random.choice((None, "9 pages, 3 figures", "Accepted at the Third Meeting\n  on Kettles")),
            "categories": random.choice((["cs.CL"], ["cs.LG", "cs.CL", "stat.ML"], ["hep-th"])),
            "cites": _cites(identifiers, number, random),
        }
        shelf.add(arxiv_id, **(fields | _oddity(number, title, arxiv_id, identifiers[:1] if number else [])))
    return shelf


def _identifiers(count, random):
    """Well-formed identifiers of all three kinds, in order of time."""
    found = set()
    while len(found) < count:
        month = random.randint(1, 12)
        if len(found) % 5 == 0:
            year = random.randint(92, 106)
            name = f"{random.choice(_ARCHIVES)}/{year % 100:02}{month:02}{random.randint(1, 999):03}"
        else:
            year = random.randint(108, 125)
            width = 5 if year >= 115 else 4
            name = f"{year % 100:02}{month:02}.{random.randint(1, 10**width - 1):0{width}}"
        found.add((year, month, name))
    return [name for _, _, name in sorted(found)]


def _name(random):
    return f"{random.choice(_GIVEN)} {random.choice(_FAMILY).replace('~', ' ')}"


def _cites(identifiers, number, random):
    """References: earlier works, strangers with a DOI, and titles that no service could make out."""
    cites = []
    for place in random.sample(range(number), min(number, random.randint(0, 8))):
        intents = random.sample(_INTENTS, random.randint(0, 2))
        cites.append({"arxiv": identifiers[place], "intents": intents, "influential": random.random() < 0.2})
    for _ in range(random.randint(0, 4)):
        mark = random.randint(1, 10**6)
        cites.append({"doi": f"10.5555/Stranger.{mark}", "title": f"A Stranger of Number {mark}", "year": 2001})
    if random.random() < 0.5:
        cites.append({"title": f"Unreadable Reference {random.randint(1, 999)}", "paperId": None})
    random.shuffle(cites)
    return cites


def _oddity(number, title, arxiv_id, earlier):
    """What is odd about the work of a number; most works are not."""
    doi = f"10.5555/meeting.{number}"
    # One of each is enough for a page and a screen.
    many, crowd = 1100 if number == 15 else 40, 600 if number == 3 else 20
    long = [{"doi": f"10.5555/long.{place}", "title": f"Long {place}"} for place in range(many)]
    odd = {
        1: {"authors": ["Kettle Workshop", ":", "Ada Okafor", "Wei Li"]},
        2: {"authors": ['Evan Smith" area: "Yu', "Ada (Loom Labs", "Harbour)", "Zoë Okafor", "Zoë Okafor"]},
        3: {
            "authors": [
                (f"{_GIVEN[place % 12]} Author{place}", "additional authors not shown") for place in range(crowd)
            ]
        },
        4: {"authors": ["The Lantern Collaboration"]},
        5: {"authors": ["Paul Erdős", "Ibrahim Şahin", "Łukasz Dvořák"], "comment": "Talk given in Győr"},
        6: {"title": str(number // 30)},
        7: {"title": rf"$O(n \log n)$ Ladders: {title} with $\alpha_i < 1$"},
        8: {"title": f"Kettles & Looms <unk>: {title} at 50% of the 'Cost' \"Twice\""},
        9: {"withdrawn": True, "version": 2},
        10: {"doi": doi, "journal_ref": "Journal of Kettles 3 (2018) 10-20", "year": 2018},
        11: _published(arxiv_id),
        12: {"doi": [f"{doi}a", f"{doi}b"]},
        13: {"elided": True, "doi": f"{doi}e"},
        14: {"s2": False},
        15: {"cites": long},
        16: {"same_as": earlier[0] if earlier else None},
        17: {"cites": [], "reference_count": 0},
        18: {"title": r"Gr\"une G\"arten: " + title},
        19: {"withdrawn": True, "comment": "This submission has been withdrawn due to an error in Lemma 2"},
        20: {"absent": ("datacite",)},
    }
    return odd.get(number % 30, {})


def _published(arxiv_id):
    """What Semantic Scholar says of a work that a meeting has printed."""
    meeting = {"id": "0a1b", "name": "Meeting of Lanterns", "type": "conference", "alternate_names": ["ML"]}
    return {
        "venue": "Meeting of Lanterns",
        "publicationVenue": meeting,
        "journal": {"pages": "10-20"},
        "external_ids": {"ACL": f"L{arxiv_id[-2:]}-1{arxiv_id[-3:]}", "DBLP": f"conf/lant/{arxiv_id[-4:]}"},
    }
