// What the columns of the table hold: the value that sorts, the cell that shows it where that is more than the value,
// its width in em, and whether it is there from the start. The order of the works.

const titleOf = (list, word) => data.vocabulary[list][word] ?? word;
const outwards = (address, text) => (text ? make("a", { href: address + encodeURI(text).replace(/[?#]/g, encodeURIComponent) }, text) : "");

/** The authors of a work as its note lists them; none before the notes have been read. */
function authorsOf(key) {
  const article = noteOf(key);
  const authorLists = article ? [one("p.authors", article), one("details.authors", article)?.lastChild] : [];
  return authorLists.flatMap((list) => list?.textContent.split(", ") || []);
}
function firstAuthor(key) {
  const [first = "", ...others] = authorsOf(key);
  return others.length ? say("authors.etal", { name: first }) : first;
}

const tableColumns = [
  { name: "name", width: 10, value: ({ name }) => name, cell: ({ key }) => linkTo(key), isUsual: true },
  { name: "title", width: 18, value: ({ title }) => title, isUsual: true },
  { name: "authors", width: 9, value: ({ key }) => firstAuthor(key), isUsual: true },
  { name: "date", width: 6.5, type: "date", value: ({ date }) => date, isUsual: true },
  { name: "venue", width: 18, value: ({ venue }) => venue },
  { name: "kind", width: 7, value: ({ kind }) => titleOf("kind", kind), isUsual: true },
  { name: "branch", width: 8, value: ({ branch }) => titleOf("branch", branch), isUsual: true },
  { name: "topics", width: 14, value: ({ topics }) => (topics || []).map((topic) => titleOf("topic", topic)).join(", ") },
  { name: "labs", width: 11, value: ({ labs: of }) => (of || []).join(", "), isUsual: true },
  { name: "weights", width: 6, value: ({ weights }) => weights && say(`weights.${weights}`), isUsual: true },
  { name: "parent", width: 8.5, value: ({ key }) => byKey.get(parentOf(key))?.name, cell: ({ key }) => parentOf(key) && linkTo(parentOf(key)), isUsual: true },
  { name: "generation", width: 7.5, type: "number", value: ({ generation }) => generation },
  { name: "cited", width: 6, type: "number", value: ({ cited }) => cited, isUsual: true },
  { name: "cites", width: 6, type: "number", value: ({ cites }) => cites?.length },
  { name: "arxiv", width: 7, value: ({ arxiv }) => arxiv, cell: ({ arxiv }) => outwards("https://arxiv.org/abs/", arxiv), isUsual: true },
  { name: "doi", width: 14, value: ({ doi }) => doi, cell: ({ doi }) => outwards("https://doi.org/", doi) },
  { name: "citekey", width: 15, value: ({ citekey }) => citekey },
];
const usualColumns = tableColumns.filter((column) => column.isUsual);

// Sorting: a column's name, with "-" before it for the largest first.
const USUAL_SORT = "date";
remember("sort", USUAL_SORT);
remember("cols");
function sorting() {
  const column = tableColumns.find(({ name }) => name === state.sort.replace(/^-/, ""));
  return column ? { column, isDown: state.sort.startsWith("-") } : { column: tableColumns.find(({ name }) => name === USUAL_SORT), isDown: false };
}
/** What a press on a column's header asks for: one direction, then the other, then the usual order again. */
function nextSort({ name, type }) {
  const turns = type === "number" ? [`-${name}`, name] : [name, `-${name}`];
  return turns[turns.indexOf(state.sort) + 1] || USUAL_SORT;
}

const collator = new Intl.Collator("en", { numeric: true });
const orders = new Map();
/** All works as they are sorted; those without a value come last in either direction. */
function sortedWorks() {
  if (!orders.has(state.sort)) {
    const { column: { value, type }, isDown } = sorting();
    const values = new Map(works.map((work) => [work, value(work)]));
    const isEmpty = (work) => (values.get(work) ?? "") === "";
    const compareUp = type === "number" ? (a, b) => a - b : collator.compare;
    const compareBy = (a, b) => (isDown ? -1 : 1) * compareUp(values.get(a), values.get(b));
    orders.set(state.sort, [...works.filter((work) => !isEmpty(work)).sort(compareBy), ...works.filter(isEmpty)]);
  }
  return orders.get(state.sort);
}
/** The works that the table shows, in its order. */
const tabled = () => sortedWorks().filter(({ key }) => shown.keys.has(key));

function chosenColumns() {
  const named = listed(state.cols);
  if (!tableColumns.some(({ name }) => named.has(name))) return usualColumns;
  // A row without the name of its work says nothing.
  return tableColumns.filter(({ name }) => named.has(name) || name === "name");
}
function chooseColumns(chosen) {
  const joined = (of) => of.map(({ name }) => name).join(",");
  set({ cols: joined(chosen) === joined(usualColumns) ? "" : joined(chosen) });
}
