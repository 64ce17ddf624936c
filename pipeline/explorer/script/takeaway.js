// The table to take away: CSV with the columns of papers.csv that the page knows and the weights, and BibTeX. Authors
// and formulas are written as the page has them, so that the file is not called papers.csv.

const csvColumns = {
  key: ({ key }) => key,
  name: ({ name }) => name,
  title: ({ title }) => title,
  authors: ({ key }) => authorsOf(key).join("; "),
  year: ({ year }) => year,
  date: ({ date }) => date,
  first_posted: ({ posted }) => posted,
  updated: ({ updated }) => updated,
  arxiv: ({ arxiv }) => arxiv && `arXiv:${arxiv}`,
  version: ({ version }) => version,
  doi: ({ doi }) => doi,
  venue: ({ venue }) => venue,
  kind: ({ kind }) => kind,
  branch: ({ branch }) => branch,
  topics: ({ topics }) => (topics || []).join("; "),
  labs: ({ labs: of }) => (of || []).join("; "),
  weights: ({ weights }) => weights,
  primary_parent: ({ key }) => parentOf(key),
  generation: ({ generation }) => generation,
  citations_in: ({ cited }) => cited,
  citations_out: ({ cites }) => cites?.length,
  summary: ({ key }) => summaryOf(key),
  citekey: ({ citekey }) => citekey,
  url: ({ arxiv, url }) => (arxiv ? `https://arxiv.org/abs/${arxiv}` : url),
};

/** The first paragraph of a work's note. */
function summaryOf(key) {
  const paragraph = one(".note > p:first-child", noteOf(key));
  return paragraph ? onOneLine(paragraph) : "";
}

const SCRIPTS_OF = { msub: "_", munder: "_", msup: "^", msubsup: "_^", munderover: "_^" };
/** The text of a part of the page; formulas, which go up and down, get the signs that TeX has for that. */
function onOneLine(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  const inner = [...node.childNodes].map(onOneLine);
  const braced = (text) => ([...text].length > 1 ? `{${text}}` : text);
  const [base, ...scripts] = inner;
  const signs = SCRIPTS_OF[node.localName];
  if (signs) return base + scripts.map((text, index) => signs[index] + braced(text)).join("");
  if (node.localName === "mfrac") return inner.map((text) => ([...text].length > 1 ? `(${text})` : text)).join("/");
  if (node.localName === "msqrt") return `√(${inner.join("")})`;
  return inner.join("");
}

// As pipeline/export/tables.py has it: what spreadsheets would run, and what pandas would take for a missing value.
const RUN = /^[=+\-@＝＋－＠]/;
const MISSING = /^(#N\/A( N\/A)?|#NA|-1\.#IND|-1\.#QNAN|-NaN|-nan|1\.#IND|1\.#QNAN|<NA>|N\/A|NA|NULL|NaN|None|n\/a|nan|null)$/;
function csvCell(value) {
  if (typeof value === "number") return String(value);
  const text = (value ?? "").trim().replace(/\s+/g, " ");
  const safe = RUN.test(text) || MISSING.test(text) ? `'${text}` : text;
  return /[",]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** Works as CSV (RFC 4180, but with newlines as line ends), one row a work. */
function csvOf(list) {
  const rows = [Object.keys(csvColumns), ...list.map((work) => Object.values(csvColumns).map((value) => csvCell(value(work))))];
  return rows.map((cells) => `${cells.join(",")}\n`).join("");
}

/** The BibTeX entries of works, each once: of a work that another one introduces, that one's. */
function bibtexOf(list) {
  const entries = new Map(list.map(({ key, citekey }) => [citekey, bibtex(key)]));
  return [...entries.values()].filter(Boolean).join("\n");
}

/** Buttons that give the reader the rows as they are filtered and sorted. */
function takeaways() {
  // Notes and references come after the script.
  const press = (word, act) => make("button", { type: "button", click: ({ target }) => whenRead(() => act(target)) }, say(word));
  return make("span", { class: "take", role: "group", "aria-label": say("take") },
    press("copy.csv", (button) => copy(csvOf(tabled()), button)),
    press("download.csv", () => download("works.csv", "text/csv", csvOf(tabled()))),
    press("copy.bibtex", (button) => copy(bibtexOf(tabled()), button)),
    press("download.bibtex", () => download("bibliography.bib", "application/x-bibtex", bibtexOf(tabled()))));
}
