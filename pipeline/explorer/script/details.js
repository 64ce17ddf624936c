// The details of the selected work: its note as the page has it, and what the graph and the references add.

const content = one("#content");
const FOLD = 8;
const worksWithLists = works.filter((work) => work.cites).length;
let referenceTexts = null;
// To ask how far it is scrolled would make the browser lay out all that was just put there.
let scrolled = false;
content.addEventListener("scroll", () => { scrolled = true; }, { passive: true });

function tell() {
  const { work: key } = state;
  const article = noteOf(key);
  // The notes come after the script: until they are there, the rest is shown.
  if (!article) whenRead(() => { if (state.work === key) tell(); });
  const shownNote = article ? article.cloneNode(true) : make("article", {}, make("h3", {}, linkTo(key)), make("p", { class: "title" }, byKey.get(key).title));
  for (const element of [shownNote, ...all("[id]", shownNote)]) element.removeAttribute("id");
  shownNote.classList.remove("gone", "current");
  one("[aria-current]", shownNote)?.removeAttribute("aria-current");
  one(".facts", shownNote)?.after(dates(key));
  (one(".links", shownNote) || shownNote.lastElementChild).after(actions(key), place(key), state.with ? between() : "");
  addReasons(key, shownNote);
  shownNote.append(...fromOthers(key), ...citationsOf(key), mentionsOf(key), reference(key));
  one(".place", shownNote).after(jumps(shownNote), shown.all.has(key) ? "" : make("p", { class: "soft" }, say("taken")));
  const held = content.contains(document.activeElement);
  content.replaceChildren(shownNote);
  // What had the focus is gone.
  if (held && !content.contains(document.activeElement)) content.focus({ preventScroll: true });
  if (scrolled) content.scrollTop = 0;
  scrolled = false;
}

function actions(key) {
  const { citekey } = byKey.get(key);
  const press = (word, act, attributes = {}) => make("button", { type: "button", ...attributes, click: (event) => act(event.target) }, say(word));
  const isOnly = state.only === key;
  return make("div", { class: "actions" },
    texts()[citekey] ? press("copy.bibtex", (button) => copy(bibtex(key), button), { "data-copy": "bibtex" }) : "",
    press("copy.link", (button) => copy(location.href, button), { "data-copy": "link" }),
    childrenOf(key).length || isOnly
      ? press(isOnly ? "only.off" : "only", () => { set({ only: isOnly ? "" : key }, true); (one("[data-only]", content) || content).focus(); }, { "data-only": key, "aria-pressed": String(isOnly) }) : "",
    compareBox());
}

/** Ways to what stands further down. */
function jumps(shownNote) {
  const headings = all(":scope > h4, :scope > .citing > summary, .reference > h4", shownNote);
  return make("p", { class: "jumps" }, headings.map((heading) => make("button", { type: "button", click: () => {
    if (heading.parentElement.localName === "details") heading.parentElement.open = true;
    heading.scrollIntoView();
  } }, heading.textContent)));
}

/** When it came out, and in which versions. */
function dates(key) {
  const { date, posted, version, updated, year } = byKey.get(key);
  const known = [
    posted && posted !== date && say("dates.posted", { posted }),
    version > 1 && updated && say("dates.version", { version, updated }),
    texts()[byKey.get(key).citekey]?.length > 1 && say("dates.published", { year }),
  ].filter(Boolean);
  return known.length ? make("p", { class: "facts" }, known.join(" · ")) : "";
}

function place(key) {
  const path = pathToRoot(key);
  const steps = path.flatMap((at, index) => [index ? " › " : "", at === key ? make("bdi", {}, byKey.get(key).name) : linkTo(at)]);
  const below = { tree: subtree(key).size, all: descendants(key).size };
  return make("p", { class: "place" }, path.length > 1 ? [make("span", { class: "soft" }, `${say("place.path")}: `), steps] : say("place.root"),
    below.all ? make("span", { class: "soft" }, ` · ${say("place.below", below)}`) : "");
}

/** The later work's note has the reason of an edge; here it is told of the earlier one too. */
function addReasons(key, shownNote) {
  for (const item of all(".led li", shownNote)) {
    const why = reason({ from: key, to: one("a", item).hash.slice(1) });
    if (why) item.append(`: ${why}`);
  }
}

function fromOthers(key) {
  const found = relatedOut.get(key);
  if (!found.length) return [];
  const items = found.map((edge) => make("li", {}, linkTo(edge.to), " ", make("em", {}, how(edge)), `: ${reason(edge)}`));
  return [make("h4", {}, say("related.from")), make("ul", {}, items)];
}

function citationsOf(key) {
  const { cites } = byKey.get(key);
  const list = (word, keys) => {
    const heading = make("summary", {}, `${say(word)} (${keys.length})`);
    const whole = word === "cited" ? make("p", { class: "soft" }, say("cited.known", { n: worksWithLists })) : "";
    return make("details", { class: "citing", open: keys.length <= FOLD }, heading, make("p", {}, linksTo(keys)), whole);
  };
  return [
    cites ? (cites.length ? list("cites", cites.map((index) => works[index].key)) : "") : make("p", { class: "soft" }, say("cites.unknown")),
    citing.get(key).length ? list("cited", citing.get(key)) : "",
  ].filter(Boolean);
}

function mentionsOf(key) {
  const { mentions } = byKey.get(key);
  if (!mentions.length) return "";
  const documents = [...new Set(mentions.map(([of]) => of))].map((number) => make("li", {},
    data.documents[number].filter(Boolean).join(", "),
    make("ul", {}, mentions.filter(([of]) => of === number).map(([, section, lines]) =>
      make("li", {}, data.sections[section], " ", make("span", { class: "soft" }, count("mention.lines", lines.length, { lines: lines.join(", ") })))))));
  return make("details", { class: "citing" }, make("summary", {}, `${say("mentions")} (${mentions.flatMap(([, , lines]) => lines).length})`), make("ul", {}, documents));
}

/** BibTeX by citation key: the published form and, where it is another one, that of the preprint. */
function texts() {
  const element = one("script#references");
  if (!referenceTexts && element) referenceTexts = Object.assign(Object.create(null), JSON.parse(element.textContent));
  return referenceTexts || Object.create(null);
}
let referenceForm = "published";
function bibtex(key) {
  const [published, ...preprint] = texts()[byKey.get(key).citekey] || [];
  if (referenceForm !== "preprint" || !preprint.length) return published;
  const lines = published.split("\n");
  return preprint.map((line) => lines[line] ?? line).join("\n");
}

function reference(key) {
  const forms = texts()[byKey.get(key).citekey];
  if (!forms) return "";
  const text = make("pre", {}, bibtex(key));
  const choose = (name) => make("label", {}, make("input", {
    type: "radio", name: "form", value: name, checked: referenceForm === name,
    change: () => { referenceForm = name; text.textContent = bibtex(key); },
  }), ` ${say(`form.${name}`)} `);
  return make("section", { class: "reference" }, make("h4", {}, say("bibtex")),
    forms.length > 1 ? make("div", { role: "radiogroup", "aria-label": say("form") }, ["published", "preprint"].map(choose)) : "",
    text, make("button", { type: "button", click: (event) => copy(text.textContent, event.target) }, say("copy")));
}
