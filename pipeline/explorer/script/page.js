// What all parts of the script need: the page's elements, its data and its words.

const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const root = document.documentElement;
// Before anything is measured: it turns the page that can be read without a script into the one with panels.
root.classList.add("scripted");

const data = JSON.parse(one("#data").textContent);

/** The page's words for `key`, with `values` for what stands in braces. */
function say(key, values = {}) {
  return data.words[key].replace(/\{(\w+)\}/g, (_, name) => straight(values[name]));
}

/** The words for a number of things. */
function count(key, n, values = {}) {
  return say(n === 1 && `${key}.one` in data.words ? `${key}.one` : key, { n, ...values });
}

/** A new element. Texts among the children stay texts, so that nothing in the data can be markup. */
function make(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** A new element of SVG. */
function draw(tag, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (name === "href" && !/^(#|https:|blob:)/.test(value)) continue;
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** A link to a work; in this page an address with a hash selects. */
function linkTo(key, text) {
  return make("a", { href: `#${key}` }, text ?? byKey.get(key).name);
}

/** The note of a work, once it has been read; other elements may have a key as their id. */
function noteOf(key) {
  const element = document.getElementById(key);
  return !element || element.localName === "article" ? element : one(`article[id="${CSS.escape(key)}"]`);
}

/** Text without marks that turn the direction of writing, for texts that are joined to others. */
const straight = (text) => String(text).replace(/[\u202a-\u202e\u2066-\u2069]/g, "");

/** Links to works, joined by commas. */
const linksTo = (keys) => keys.flatMap((key, index) => [index ? ", " : "", linkTo(key)]);

/** Letters that are typed with or without accents and capitals alike. */
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/ł/g, "l").replace(/ø/g, "o");

/** Act once all of the page has been read; the notes come after the script. */
function whenRead(act) {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", act, { once: true });
  else act();
}

/** Act when the browser has time, with how much of it there is; browsers that cannot tell give little. */
const whenIdle = window.requestIdleCallback || ((act) => setTimeout(act, 20, { timeRemaining: () => 5 }));

const labels = new WeakMap();
/** Copy a text and say on the button that was pressed whether that worked. */
async function copy(text, button) {
  let isCopied = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Browsers without a clipboard for files have the old way.
    const area = make("textarea", { "aria-hidden": "true", class: "spoken" });
    area.value = text;
    document.body.append(area);
    area.select();
    isCopied = document.execCommand("copy");
    area.remove();
    button.focus();
  }
  const { label, timer } = labels.get(button) || { label: button.textContent };
  clearTimeout(timer);
  button.textContent = say(isCopied ? "copied" : "copied.not");
  labels.set(button, { label, timer: setTimeout(() => { button.textContent = label; labels.delete(button); }, 1500) });
}

/** Give the reader a file of text. */
function download(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
