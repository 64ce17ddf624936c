// What a module of npm reads from a .bib or a .json, as JSON: { entries: { key: title }, complaints: [text] }.
// Usage: node read.mjs MODULE FILE, in a folder that has node_modules.
import { readFileSync } from "node:fs";

const [module, file] = process.argv.slice(2);
const text = readFileSync(file, "utf-8");
const named = (pairs) => Object.fromEntries(pairs);

async function citationJs() {
  const { Cite } = await import("@citation-js/core");
  await import("@citation-js/plugin-bibtex");
  await import("@citation-js/plugin-csl");
  const cite = new Cite(text);
  const printed = file.endsWith(".json") ? cite.format("bibliography", { template: "apa" }) : "";
  return { entries: named(cite.data.map((item) => [item.id, item.title])), complaints: [], printed };
}

async function tidy() {
  const { tidy } = (await import("bibtex-tidy")).default;
  const { bibtex, warnings } = tidy(text, { duplicates: ["key"] });
  const keys = [...bibtex.matchAll(/^@\w+\{([^,\s]+),/gm)].map((match) => [match[1], ""]);
  return { entries: named(keys), complaints: warnings.map((warning) => warning.message) };
}

async function cslConverter() {
  const { BibLatexParser, CSLExporter } = await import("biblatex-csl-converter");
  const parsed = new BibLatexParser(text, { processUnexpected: true, processUnknown: true }).parse();
  const items = Object.values(new CSLExporter(parsed.entries).parse());
  const keys = Object.values(parsed.entries).map((entry) => [entry.entry_key, ""]);
  const complaints = [...parsed.errors, ...parsed.warnings].map(
    (one) => `${one.type} ${one.field_name ?? one.type_name ?? ""} ${one.entry ?? ""}`.trim(),
  );
  return { entries: named(keys), complaints, authors: named(items.map((item) => [item.id, (item.author ?? []).length])) };
}

async function betterBibtex() {
  const { parse } = await import("@retorquere/bibtex-parser");
  const { entries, errors } = parse(text, { sentenceCase: false });
  const pairs = entries.map((entry) => [entry.key, entry.fields.title]);
  return { entries: named(pairs), complaints: errors.map((error) => error.error) };
}

const readers = {
  "citation-js": citationJs,
  "bibtex-tidy": tidy,
  "biblatex-csl-converter": cslConverter,
  "@retorquere/bibtex-parser": betterBibtex,
};
process.stdout.write(JSON.stringify(await readers[module]()));
