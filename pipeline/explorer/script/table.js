// The table: a row for each work that is found. Rows are made once and put in order; those that fit no screen come when
// the browser has time.

const FIRST_ROWS = 60;
const MORE_ROWS = 100;
const tableRows = new Map();
const table = { columns: null, shows: "", found: null, waiting: [], isPlanned: false, current: null, isSought: false };

makers.set("table", () => {
  const says = make("p", { id: "table-says" });
  const head = make("tr");
  const body = make("tbody");
  const grid = make("table", { "aria-labelledby": "table-says" }, make("thead", {}, head), body);
  const chooser = make("details", { class: "chooser" }, make("summary", {}, say("columns")), make("fieldset", {}, make("legend", { class: "spoken" }, say("columns")),
    tableColumns.filter(({ name }) => name !== "name").map(columnBox),
    columnsButton("columns.all", tableColumns), columnsButton("columns.usual", usualColumns)));
  const bar = make("div", { class: "bar" }, says, takeaways(), chooser);
  const sheet = make("div", { class: "sheet" }, bar, grid);
  one("#table").append(sheet);
  Object.assign(table, { says, head, body, grid, bar, sheet });
  grid.addEventListener("keydown", walkRows);
});

function columnBox({ name }) {
  const change = (event) => {
    const wanted = new Set(chosenColumns().map((column) => column.name));
    if (event.target.checked) wanted.add(name);
    else wanted.delete(name);
    chooseColumns(tableColumns.filter((column) => wanted.has(column.name)));
  };
  return make("label", {}, make("input", { type: "checkbox", name: "column", value: name, change }), ` ${say(`column.${name}`)}`);
}
const columnsButton = (word, chosen) => make("button", { type: "button", click: () => chooseColumns(chosen) }, say(word));

/** Columns have their widths by themselves: with those of their longest cells, every further row would move them. */
function drawColumns(chosen) {
  table.head.replaceChildren(...chosen.map((column) => make("th", { scope: "col", "data-column": column.name, class: column.type },
    make("button", { type: "button", click: () => set({ sort: nextSort(column) }) }, say(`column.${column.name}`)))));
  one("colgroup", table.grid)?.remove();
  table.grid.prepend(make("colgroup", {}, chosen.map(({ width }) => {
    const col = make("col");
    col.style.width = `${width}em`;
    return col;
  })));
  table.sheet.style.minWidth = `${chosen.reduce((sum, { width }) => sum + width, 0)}em`;
  for (const checkbox of all("[name=column]", table.bar)) checkbox.checked = chosen.some(({ name }) => name === checkbox.value);
  tableRows.clear();
  table.columns = chosen;
}

function rowOf(work) {
  if (!tableRows.has(work.key)) {
    tableRows.set(work.key, make("tr", { "data-row": work.key, class: `b-${work.branch}` }, table.columns.map(({ name, type, value, cell = value }) => (
      make(name === "name" ? "th" : "td", { class: type, scope: name === "name" && "row" }, cell(work))))));
  }
  return tableRows.get(work.key);
}

function fillTable() {
  const request = `${state.sort} ${state.cols}`;
  if (table.found === shown.found && table.shows === request) return;
  const chosen = chosenColumns();
  if (String(table.columns?.map(({ name }) => name)) !== String(chosen.map(({ name }) => name))) drawColumns(chosen);
  Object.assign(table, { found: shown.found, shows: request, waiting: tabled() });
  const section = one("#table");
  // Rows change below the header: their beginning comes into sight.
  if (section.scrollTop > table.bar.offsetHeight) section.scrollTop = table.bar.offsetHeight;
  sayOrder();
  const isEmpty = !table.waiting.length;
  section.classList.toggle("empty", isEmpty);
  table.grid.hidden = isEmpty;
  for (const button of all(".take button", table.bar)) button.disabled = isEmpty;
  table.body.replaceChildren();
  addRows(FIRST_ROWS);
  addRowsLater();
}

function sayOrder() {
  const { column, isDown } = sorting();
  for (const cell of table.head.children) {
    if (cell.dataset.column === column.name) cell.setAttribute("aria-sort", isDown ? "descending" : "ascending");
    else cell.removeAttribute("aria-sort");
  }
  const order = say(`order.${column.type || "text"}.${isDown ? "down" : "up"}`);
  table.says.textContent = say("table.says", { works: one("#status").textContent, column: say(`column.${column.name}`), order });
}

function addRows(most) {
  table.body.append(...table.waiting.splice(0, most).map(rowOf));
  table.grid.setAttribute("aria-busy", String(table.waiting.length > 0));
  markRow();
}
function addRowsLater() {
  if (table.isPlanned || !table.waiting.length) return;
  table.isPlanned = true;
  // A slow browser that draws may never be idle.
  whenIdle(() => {
    table.isPlanned = false;
    addRows(MORE_ROWS);
    addRowsLater();
  }, { timeout: 50 });
}
addEventListener("beforeprint", () => { if (made.has("table")) addRows(Infinity); });

/** Mark the row of the selected work, and bring it into sight where that is asked for and it is there. */
function markRow() {
  const row = tableRows.get(state.work) || null;
  if (row !== table.current) {
    table.current?.removeAttribute("aria-current");
    row?.setAttribute("aria-current", "true");
    table.current = row;
  }
  if (!table.isSought || !row?.isConnected) return;
  table.isSought = false;
  row.firstChild.scrollIntoView({ block: "nearest" });
}

/** Up and down lead from name to name, Home and End to the first and the last. */
function walkRows(event) {
  const row = event.target.closest("tbody tr");
  if (!row) return;
  const next = { ArrowUp: row.previousSibling, ArrowDown: row.nextSibling, Home: table.body.firstChild, End: table.body.lastChild }[event.key];
  if (!next || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  one("a", next).focus();
}

const isTable = () => viewNow() === "table";
watch(["q", "only", "view", "sort", "cols", ...FILTERS], () => { if (isTable()) fillTable(); });
watch(["work", "view"], () => {
  if (!isTable()) return;
  table.isSought = Boolean(state.work);
  markRow();
});
// Authors stand in the notes.
whenRead(() => {
  orders.clear();
  tableRows.clear();
  table.found = null;
  if (!made.has("table") || !isTable()) return;
  table.isSought = Boolean(state.work);
  fillTable();
});
