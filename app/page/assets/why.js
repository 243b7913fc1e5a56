import { h, link } from "./dom.js";
import { fold, list, sure } from "./parts.js";
import * as words from "./words.js";

const SHOWN = 3;
const HEADLINE = ["thank_you.outcome", "thank_you.prohibited"];

/** Why, with every source, as elements. */
export function evidence(decision, book) {
  return [reasons(decision, book), sources(decision)];
}

function reasons(decision, book) {
  return h("section", { class: "why" }, h("h3", { id: "why" }, "Why"), table(decision, book, { "aria-labelledby": "why" }));
}

/** One row per reason: where it comes from, how sure it is, its sources, and what it overrode. */
export function table(decision, book, name) {
  const head = ["What", "Answer", "Comes from", "How sure", "Sources"];
  return h(
    "table",
    name,
    h("thead", {}, h("tr", {}, head.map((title) => h("th", { scope: "col" }, title)))),
    h("tbody", {}, decision.reasons.map((reason) => row(reason, decision, book))),
  );
}

function row(reason, decision, book) {
  const instead = reason.overrode.filter(({ value }) => JSON.stringify(value) !== JSON.stringify(reason.value));
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, words.fieldName(reason.field)),
    h(
      "td",
      { "data-label": "Answer" },
      words.valueName(reason.field, reason.value),
      reason.notes.map((note) => h("p", { class: "small" }, note)),
    ),
    h(
      "td",
      { "data-label": "Comes from" },
      words.scopeName(reason.scope, book),
      instead.length > 0 && fold("instead of", list({}, instead.map((one) => overridden(one, reason, book)))),
    ),
    h("td", { "data-label": "How sure" }, sure(reason.confidence)),
    h("td", { "data-label": "Sources" }, cited(reason, decision)),
  );
}

function overridden({ scope, value }, { field }, book) {
  return `${words.scopeName(scope, book)}: ${words.valueName(field, value)}`;
}

function cited({ sources: keys, confidence }, decision) {
  const links = keys.map((key) => decision.sources[key]).filter(Boolean).map(link);
  if (links.length === 0) return confidence === "none" ? "None" : "–";
  const more = links.splice(SHOWN);
  const folded = more.length > 0 && fold(`${more.length} more`, list({ class: "links" }, more));
  return [list({ class: "links" }, links), folded];
}

/** What would change this: facts with the same consequence stand together, each a button that sets it. */
export function changes(decision, book, set) {
  const groups = new Map();
  for (const { fact, value, then } of decision.would_change_if) {
    const key = words.consequence(then);
    const group = groups.get(key) ?? { buttons: [], headline: HEADLINE.some((field) => field in then) };
    const button = { type: "button", class: "chip", onclick: () => set(fact, value) };
    group.buttons.push(h("button", button, words.factName(fact, value, book)));
    groups.set(key, group);
  }
  if (groups.size === 0) return null;
  const rows = (headline) =>
    [...groups]
      .filter(([, group]) => group.headline === headline)
      .map(([text, group]) => [h("p", {}, h("strong", {}, text), " if"), list({ class: "chips" }, group.buttons)]);
  const [main, rest] = [rows(true), rows(false)];
  const folded = rest.length > 0 && fold(`How, to whom and whose turn (${rest.length})`, list({}, rest));
  if (folded) folded.open = main.length === 0;
  return h("section", { class: "changes" }, h("h3", {}, "What would change this"), list({}, main), folded);
}

/** Every source that the decision cites, with what it says. */
function sources(decision) {
  const all = Object.values(decision.sources);
  if (all.length === 0) return h("section", { class: "sources" }, h("h3", {}, "No sources: nobody has found any yet"));
  const items = all.map((source) => {
    const language = source.locale && !source.locale.startsWith("en") && `in ${words.languageName(source.locale)}`;
    const about = [words.plain(source.kind), source.year, language].filter(Boolean).join(", ");
    const says = source.says && h("p", { class: "small" }, source.says);
    return [link(source), h("span", { class: "small" }, ` ${about}`), says];
  });
  return h("section", { class: "sources" }, fold(h("h3", {}, `All sources (${all.length})`), list({}, items)));
}
