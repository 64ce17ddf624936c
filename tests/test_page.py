"""The explorer in real Chromium, from file:// with the network cut: the tree, search, filters, selection, details."""

from dataclasses import replace

import pytest
from pages import focused, inside, keys, lit, made, open_page, opened, query, status, written
from support import CORPUS, REPOSITORY

from pipeline import load
from pipeline.export import renderer

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def works():
    """The real data, which the committed page is made of."""
    return load(REPOSITORY / "data")


@pytest.fixture
def page(browser):
    """The page in a window of 1440 by 900."""
    with opened(browser) as window:
        yield window


def test_every_work_is_a_node(page, works):
    """The tree has a node for each work and an edge for each primary parent."""
    found = page.eval_on_selector_all("[data-key]", "nodes => nodes.map(node => node.dataset.key)")
    edges = page.eval_on_selector_all(
        "[data-parent][data-child]", "edges => edges.map(edge => [edge.dataset.parent, edge.dataset.child])"
    )

    assert sorted(found) == sorted(work.key for work in works)
    assert sorted(map(tuple, edges)) == sorted((w.primary_parent, w.key) for w in works if w.primary_parent)
    assert status(page) == f"{len(works)} works"


def test_whole_tree_is_visible(page):
    """At 1440 by 900 nothing of the large trees is outside the window, and labels can be read; the shelf is below."""
    shelf = page.locator(".shelf line").bounding_box()["y"]
    boxes = page.eval_on_selector_all(
        ".node rect",
        "nodes => nodes.map(node => node.getBoundingClientRect()).map(b => [b.left, b.top, b.right, b.bottom])",
    )
    tree = [box for box in boxes if box[1] < shelf]

    assert len(tree) > 0.5 * len(boxes)
    assert min(box[0] for box in boxes) >= 0
    assert max(box[2] for box in boxes) <= 1440
    assert max(box[3] for box in tree) <= 900
    assert min(box[3] - box[1] for box in boxes) >= 10.5


def test_labels_do_not_overlap(page):
    """No two pills overlap, and every label fits into its own."""
    pills = page.eval_on_selector_all(
        ".node",
        """nodes => nodes.map(node => {
            const box = node.querySelector('rect').getBoundingClientRect();
            const text = node.querySelector('text').getBoundingClientRect();
            return [node.dataset.key, box.left, box.top, box.right, box.bottom, text.width];
        })""",
    )

    for index, (key, left, top, right, bottom, text) in enumerate(pills):
        assert text <= right - left, key
        for other, left2, top2, right2, bottom2, _ in pills[:index]:
            assert right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top, (key, other)


@pytest.mark.parametrize(
    "phrase",
    [
        lambda work, _: work.name,
        lambda work, _: work.title,
        lambda work, _: work.names[0].direct,
        lambda work, _: work.names[-1].family,
        lambda work, _: work.note.labs[0],
        lambda work, words: words.topics[work.note.topics[-1]].title,
        lambda work, _: work.note.aliases[-1],
        lambda work, _: " ".join(work.note.summary.split()[:12]),
    ],
    ids="name title author last-author lab topic alias summary".split(),
)
def test_search(page, works, phrase):
    """Search finds a work by all that is told of it, authors beyond the shown ones too, and counts what it finds."""
    page.fill("input[type=search]", phrase(works["gpt-3"], works.vocabulary))
    found = lit(page)

    assert "gpt-3" in found
    assert len(found) < len(works) / 2
    assert status(page) == f"{len(found)} of {len(works)} works"
    page.fill("input[type=search]", "")
    assert status(page) == f"{len(works)} works"


@pytest.mark.parametrize(
    ("text", "found"),
    [("Ashish Vaswani", {"transformer"}), ("hazeer", set()), ("TIMOTHEE lacroix", {"llama"}), ("rozière", {"llama"})],
)
def test_search_of_names(page, text, found):
    """Authors are found by the beginnings of their names, whether accents and capitals are typed or not."""
    page.fill("input[type=search]", text)

    assert found <= lit(page)
    assert bool(found) == bool(lit(page))


def test_search_within_words(page):
    """A part of a word finds it in names."""
    page.fill("input[type=search]", "ransfor")

    assert "transformer" in lit(page)


def test_search_and_selection(page):
    """What came last decides what fades, a search or a selection; the selected work keeps its outline."""
    open_page(page, "#bert")
    selected = lit(page)
    page.fill("input[type=search]", "mamba")

    assert "mamba" not in selected
    assert {"mamba", "bert"} <= lit(page)
    assert "roberta" not in lit(page)
    assert keys(page, ".picked") == {"bert"}
    page.fill("input[type=search]", "roberta")
    page.keyboard.press("Enter")
    assert page.text_content("#details h3") == "RoBERTa"
    assert {"lstm", "transformer", "bert", "roberta"} <= lit(page)
    page.reload()
    assert {"lstm", "transformer", "bert", "roberta"} <= lit(page)
    page.click("#close")
    assert "lstm" not in lit(page)
    page.fill("input[type=search]", "")
    open_page(page, "#bert")
    assert lit(page) == selected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("gpt 4", "GPT-4"),
        ("gpt4", "GPT-4"),
        ("flash attention 2", "FlashAttention-2"),
        ("flashattention 2", "FlashAttention-2"),
        ("llama2", "Llama 2"),
        ("chain of thought", "Chain-of-Thought"),
        ("deepseek r1", "DeepSeek-R1"),
    ],
)
@pytest.mark.parametrize("view", ["tree", "outline"])
def test_names_as_people_type_them(page, text, name, view):
    """A name is the best match however its parts are joined, and Enter opens it in any view."""
    page.click(f"#t-{view}")
    page.fill("input[type=search]", text)
    page.keyboard.press("Enter")

    assert page.text_content("#details h3") == name


def test_tab_reaches_the_tree(page):
    """By Tab alone one gets to the one stop in the tree, and arrows lead on; a click on the ground is no trap."""
    page.mouse.click(700, 880)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('[data-key]')"):
            break
    assert focused(page) == "transformer"
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "gnmt"
    assert keys(page, ".node[tabindex='0']") == {"gnmt"}


def test_branches_switch(page, works):
    """A branch that is switched off leaves the tree with its trunks and every edge from and to it."""
    off = {work.key for work in works if work.note.branch == "encoder-only"}
    page.click(".legend [data-branch=encoder-only]")

    assert keys(page, "[data-key].gone") == off
    trunks = "trunks => trunks.map(trunk => trunk.dataset.trunk)"
    assert off.isdisjoint(page.eval_on_selector_all("[data-trunk]:not(.gone)", trunks))
    ends = "edges => edges.flatMap(edge => [edge.dataset.parent, edge.dataset.child])"
    assert off.isdisjoint(page.eval_on_selector_all("[data-parent]:not(.gone)", ends))
    assert query(page)["branch"].count(",") == len(works.branches) - 2
    page.click(".legend [data-branch=encoder-only]")
    assert keys(page, "[data-key].gone") == set()
    assert query(page) == {}


def test_details(page):
    """A click on a node shows its note with edges and links, and changes the address."""
    page.click("[data-key=gpt-3]")
    page.wait_for_url("**#gpt-3")
    page.wait_for_selector("#details", state="visible")

    details = page.locator("#details")
    assert "Language Models are Few-Shot Learners" in details.text_content()
    assert details.locator(".builds a[href='#gpt-2']").count() == 1
    assert details.locator("a[href='https://arxiv.org/abs/2005.14165']").count() == 1
    assert {"transformer", "gpt-1", "gpt-2", "gpt-3", "llama-3"} <= keys(page, ".node.lit")
    assert "bert" not in keys(page, ".node.lit")


def test_permalink(page):
    """An address with a key opens that work and brings its node into the panel."""
    page.set_viewport_size({"width": 1280, "height": 720})
    open_page(page, "#qwen3")

    assert page.text_content("#details h3") == "Qwen3"
    assert inside(page.locator("[data-key=qwen3]").bounding_box(), page.locator("#tree").bounding_box())


@pytest.mark.parametrize("address", ["#%", "#%E0%A4%A", "#no-such-work"])
def test_strange_address(page, works, address):
    """An address that names no work opens the page without details."""
    open_page(page, address)

    assert page.is_hidden("#details")
    assert status(page) == f"{len(works)} works"


def test_former_key(page, tmp_path):
    """An address with a former key opens the work under its new one; images of notes stay text."""
    works = load(CORPUS)
    note = replace(works["trunk"].note, former_keys=("stem", "bole"), summary="![picture](https://example.org/x.png)")
    trunk = replace(works["trunk"], note=note)
    renamed = replace(works, works=tuple(trunk if work.key == "trunk" else work for work in works))
    open_page(page, "#bole", written(tmp_path, renamed))

    assert page.text_content("#details h3") == trunk.name
    assert page.locator("img").count() == 0


def test_prose(page, tmp_path):
    """Links between notes lead to works, by old keys too, and formulas are drawn without a script or a font of ours."""
    open_page(page, "#fork", made(tmp_path, CORPUS))
    inline, display = page.locator("#details math").all()[1:]

    assert page.locator("#details .note a").all_text_contents() == ["Trunk", "Spork", "elsewhere"]
    assert page.get_attribute("#details a:text('Spork')", "href") == "#fork"
    assert page.get_attribute("#details a:text('elsewhere')", "href") == "https://fork.example/a.md"
    assert display.bounding_box()["height"] > 1.5 * inline.bounding_box()["height"]
    page.click("#details a:text('Trunk')")
    page.wait_for_selector("#details h3 a:text('Trunk')")


def test_keyboard(page):
    """Arrows walk the tree, Enter selects and leads into the details, Escape lets go, the slash searches."""
    page.focus("[data-key=bert]")
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "transformer"
    page.focus("[data-key=gpt-2]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#details", state="visible")
    assert focused(page) == "content"
    page.keyboard.press("Escape")
    page.wait_for_selector("#details", state="hidden")
    assert focused(page) == "gpt-2"
    page.keyboard.press("/")
    assert focused(page) == "search"


def test_enter_on_the_selected(page):
    """Enter on the work that is selected already leads into its details."""
    open_page(page, "#bert")
    page.focus("[data-key=bert]")
    page.keyboard.press("Enter")

    assert focused(page) == "content"


def test_arrows_follow_the_picture(page, works):
    """Right leads to the topmost child, Down from sibling to sibling as they stand on the screen."""
    children = [work.key for work in works if work.primary_parent == "transformer"]
    boxes = {key: page.locator(f"[data-key={key}] rect").bounding_box() for key in children}
    children.sort(key=lambda key: (round(boxes[key]["y"]), boxes[key]["x"]))
    walked = []
    page.focus("[data-key=transformer]")
    for press in ("ArrowRight", *["ArrowDown"] * (len(children) - 1)):
        page.keyboard.press(press)
        walked.append(focused(page))

    assert walked == children


def test_arrows_skip_what_is_off(page, works):
    """A work whose branch is off is stepped over, and the one tab stop is always a shown node."""
    page.click(".legend [data-branch=decoder-only]")
    key = works["gemini"].primary_parent
    while works[key].note.branch == "decoder-only":
        key = works[key].primary_parent
    page.focus("[data-key=gemini]")
    page.keyboard.press("ArrowLeft")

    assert focused(page) == key
    assert keys(page, ".node[tabindex='0']") == {key}
    page.click(f".legend [data-branch={works[key].note.branch}]")
    (stop,) = keys(page, ".node[tabindex='0']")
    assert page.is_visible(f"[data-key={stop}]")


def test_escape_clears_the_search_first(page):
    """Escape in the search box clears it; only then it closes the details."""
    open_page(page, "#mamba")
    page.fill("input[type=search]", "bert")
    page.keyboard.press("Escape")
    assert page.input_value("input[type=search]") == ""
    assert page.is_visible("#details")
    page.keyboard.press("Escape")
    assert page.is_hidden("#details")


def test_focus_returns(page):
    """Closing the details gives the focus back to the link that opened them, or to the tab if that is hidden."""
    page.click("#t-timeline")
    link = page.locator("#timeline article .note a[href='#bert']").first
    for hidden in (False, True):
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("#details", state="visible")
        if hidden:
            page.fill("input[type=search]", "zzzz")
        page.click("#close")
        assert page.evaluate("document.activeElement.hash || document.activeElement.id") == (
            "t-timeline" if hidden else "#bert"
        )


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("from", "2023", lambda work: work.date[:4] >= "2023"),
        ("to", "2018", lambda work: work.date[:4] <= "2018"),
        ("branch", "decoder-only", lambda work: work.note.branch == "decoder-only"),
        ("kind", "survey", lambda work: work.note.kind == "survey"),
        ("topic", "attention", lambda work: "attention" in work.note.topics),
        ("lab", "Meta", lambda work: "Meta" in work.note.labs),
        ("weights", "open", lambda work: work.note.card is not None and work.note.card.weights == "open"),
    ],
)
def test_filter(page, works, name, value, rule):
    """A filter takes away what it does not mean, with every edge that leads there, and stands in the address."""
    meant = {work.key for work in works if rule(work)}
    page.click("#filters-button")
    page.select_option(f"#filter-{name}", value)

    assert keys(page, "[data-key]:visible") == meant
    assert status(page) == f"{len(meant)} of {len(works)} works"
    ends = "edges => edges.flatMap(edge => [edge.dataset.parent, edge.dataset.child])"
    assert set(page.eval_on_selector_all("[data-parent]:not(.gone)", ends)) <= meant
    assert query(page) == {name: value}
    page.reload()
    assert keys(page, "[data-key]:visible") == meant
    assert page.input_value(f"#filter-{name}") == value
    page.click("#clear")
    assert status(page) == f"{len(works)} works"
    assert query(page) == {}


def test_filters_together(page, works):
    """All decoder-only models of Meta of 2023 with open weights: filters add up, a search narrows them further."""
    open_page(page, "?from=2023&to=2023&branch=decoder-only&lab=Meta&weights=open")

    assert keys(page, "[data-key]:visible") == {
        work.key
        for work in works
        if (work.date[:4], work.note.branch) == ("2023", "decoder-only")
        and "Meta" in work.note.labs
        and work.note.card.weights == "open"
    }
    assert "llama-2" in keys(page, "[data-key]:visible")
    page.fill("input[type=search]", "zzzz")
    assert status(page) == f"0 of {len(works)} works"
    assert page.is_visible("#none")


def test_bridges(page):
    """Where a filter took works from between two that stay, a thin line along their lanes still joins these."""
    page.click(".legend [data-branch=decoder-only]")

    assert page.get_attribute(".bridges", "d")
    page.click(".legend [data-branch=decoder-only]")
    assert not page.get_attribute(".bridges", "d")


def test_results(page):
    """Best matches are listed as one types; Enter takes the first, arrows another one, Escape none."""
    page.focus("input[type=search]")
    page.keyboard.type("bert")
    options = page.locator("#results [role=option] b").all_text_contents()
    assert options[0] == "BERT"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.text_content("#results [aria-selected=true] b") == options[1]
    page.keyboard.press("Enter")
    assert page.text_content("#details h3") == options[1]
    assert page.is_hidden("#results")


def test_line_of_descent(page, works):
    """A selected work lights its path to the root, its subtree and its direct further relatives, and nothing else."""
    open_page(page, "#t5")
    line = {"t5"}
    while works[min(line, key=lambda key: works[key].date)].primary_parent:
        line.add(works[min(line, key=lambda key: works[key].date)].primary_parent)
    below = ["t5"]
    while below:
        key = below.pop()
        children = [work.key for work in works if work.primary_parent == key]
        line.update(children)
        below += children
    near = {link.paper for link in works["t5"].note.builds_on} | {key for key, _ in works.led_to("t5")}

    assert keys(page, ".node.lit") == lit(page) == line | near
    assert page.locator(".strong path").count() == len([key for key in line if works[key].primary_parent])
    assert page.locator(".further path").count() == len(near - line) + sum(
        not link.primary and link.paper in line for link in works["t5"].note.builds_on
    ) + sum(not link.primary and key in line for key, link in works.led_to("t5"))


def test_descendants_only(page, works):
    """One button leaves a work and what descends from it in the tree; the address keeps that, another press ends it."""
    open_page(page, "#bert")
    page.click("text=Descendants only")
    wanted = {work.key for work in works if "bert" in line_of(works, work)}

    assert keys(page, "[data-key]:visible") == wanted
    assert query(page) == {"only": "bert"}
    page.reload()
    assert keys(page, "[data-key]:visible") == wanted
    page.click("text=Show all again")
    assert status(page) == f"{len(works)} works"
    page.go_back()
    page.wait_for_selector("#only:text('Descendants of BERT')")
    page.click("#only")
    assert status(page) == f"{len(works)} works"


def line_of(works, work):
    """The work and its ancestors along primary parents."""
    return [work.key, *(line_of(works, works[work.primary_parent]) if work.primary_parent else [])]


def test_two_works(page):
    """How DPO descends from PPO: ways with relations and reasons, lit in the tree; the address keeps the question."""
    open_page(page, "#dpo")
    page.fill(".compare input", "PPO")
    page.keyboard.press("Enter")
    page.wait_for_selector(".between")
    way = page.locator(".between .way").first

    assert page.text_content(".between h4") == "PPO and DPO"
    assert way.locator("a").all_text_contents() == ["PPO", "InstructGPT", "DPO"]
    assert way.locator("em").all_text_contents() == ["adopts", "adopts"]
    assert "KL penalty" in way.text_content()
    assert {"ppo", "instructgpt", "dpo"} <= lit(page)
    assert "bert" not in lit(page)
    assert query(page) == {"with": "ppo"}
    page.reload()
    assert page.text_content(".between h4") == "PPO and DPO"
    page.keyboard.press("Escape")
    assert page.locator(".between").count() == 0
    assert page.text_content("#details h3") == "DPO"


def test_common_ancestors(page):
    """Of two works of which neither descends from the other the nearest common ancestors are named."""
    open_page(page, "?with=bert#gpt-2")

    assert "Neither descends from the other." in page.text_content(".between")
    assert page.locator(".between h5 + p a").all_text_contents() == ["GPT-1"]
    assert {"bert", "gpt-2", "gpt-1"} <= lit(page)


def test_comparison_by_click(page):
    """A click with Shift compares a work with the selected one."""
    open_page(page, "#bert")
    page.click("[data-key=roberta]", modifiers=["Shift"])

    assert page.text_content(".between h4") == "BERT and RoBERTa"
    assert query(page) == {"with": "roberta"}


@pytest.mark.parametrize(("form", "start"), [("published", "@inproceedings{"), ("preprint", "@misc{")])
def test_bibtex(browser, works, form, start):
    """BibTeX is shown and copied in the form that is chosen, as the outputs have it."""
    bibliography = works if form == "published" else works.as_preprints()
    entry = renderer("bibliography.bib")(bibliography).split(f"{start}dao2024flashattention2,")[1].split("\n}\n")[0]
    with opened(browser, "#flash-attention-2") as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.check(f"#details input[value={form}]")
        assert page.text_content("#details pre") == f"{start}dao2024flashattention2,{entry}\n}}\n"
        page.click("[data-copy=bibtex]")
        page.wait_for_selector("[data-copy=bibtex]:text-is('Copied')")
        assert page.evaluate("navigator.clipboard.readText()") == page.text_content("#details pre")


def test_what_the_details_tell(page, works):
    """Citations both ways, mentions in documents, card, folded authors, and reasons of edges from either end."""
    open_page(page, "#gpt-3")
    text = page.text_content("#details")

    assert all(link.why in text for _, link in works.led_to("gpt-3"))
    assert all(link.why in text for link in works["gpt-3"].note.builds_on)
    cited_by = sum("gpt-3" in work.cites for work in works)
    assert f"Cited within the set by ({cited_by})" in text
    assert f"Mentioned in documents ({len(works.mentions('gpt-3'))})Evolution of LLMs" in text
    assert "175B" in page.text_content("#details dl")
    others = page.locator("#details details.authors")
    assert others.text_content().endswith(", ".join(name.direct for name in works["gpt-3"].names[12:]))
    folded = others.bounding_box()["height"]
    others.locator("summary").click()
    assert others.bounding_box()["height"] > folded


def test_back(page):
    """The browser's Back undoes a selection and a change of view."""
    page.click("[data-key=bert]")
    page.wait_for_url("**#bert")
    page.click("#details .builds a >> nth=0")
    page.wait_for_url("**#transformer")
    page.go_back()
    page.wait_for_selector("#details h3 a:text-is('BERT')")
    page.click("#t-outline")
    page.wait_for_url("**view=outline**")
    page.go_back()
    page.wait_for_selector("#tree", state="visible")


def test_details_beside_the_tapped(browser):
    """On a phone the details open below the tree, with the tapped node still in sight."""
    with opened(browser, "?view=tree", viewport={"width": 390, "height": 844}, has_touch=True) as window:
        window.tap("[data-key=modernbert]")
        window.wait_for_selector("#details", state="visible")

        assert inside(window.locator("[data-key=modernbert]").bounding_box(), window.locator("#tree").bounding_box())
