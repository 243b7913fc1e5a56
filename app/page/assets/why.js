import { h, link } from "./dom.js";
import * as words from "./words.js";

const SHOWN = 3;

/** Why, with every source, as elements. */
export function evidence(decision, book) {
  return [reasons(decision, book), sources(decision)];
}

/** One row per reason: where it comes from, how sure it is, its sources, and what it overrode. */
function reasons(decision, book) {
  const head = ["What", "Answer", "Comes from", "How sure", "Sources"];
  return h(
    "section",
    { class: "why" },
    h("h3", { id: "why" }, "Why"),
    h(
      "table",
      { "aria-labelledby": "why" },
      h("thead", {}, h("tr", {}, head.map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, decision.reasons.map((reason) => row(reason, decision, book))),
    ),
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
      instead.length > 0 && h("details", {}, h("summary", {}, "instead of"), h("ul", {}, instead.map((one) => overridden(one, reason, book)))),
    ),
    h("td", { "data-label": "How sure" }, h("span", { class: `sure ${reason.confidence}` }, h("span", { class: "dots", "aria-hidden": "true" }), words.confidences[reason.confidence])),
    h("td", { "data-label": "Sources" }, cited(reason, decision)),
  );
}

function overridden({ scope, value }, { field }, book) {
  return h("li", {}, `${words.scopeName(scope, book)}: `, words.valueName(field, value));
}

function cited({ sources: keys, confidence }, decision) {
  const links = keys.map((key) => decision.sources[key]).filter(Boolean).map((source) => h("li", {}, link(source)));
  if (links.length === 0) return confidence === "none" ? "None" : "–";
  const more = links.splice(SHOWN);
  return [
    h("ul", { class: "links" }, links),
    more.length > 0 && h("details", {}, h("summary", {}, `${more.length} more`), h("ul", { class: "links" }, more)),
  ];
}

/** What would change this: facts with the same consequence stand together, each a button that sets it. */
export function changes(decision, book, set) {
  const groups = new Map();
  for (const { fact, value, then } of decision.would_change_if) {
    const key = words.consequence(then);
    const group = groups.get(key) ?? { buttons: [], headline: "thank_you.outcome" in then || "thank_you.prohibited" in then };
    group.buttons.push(h("li", {}, h("button", { type: "button", class: "chip", onclick: () => set(fact, value) }, words.factName(fact, value, book))));
    groups.set(key, group);
  }
  if (groups.size === 0) return null;
  const rows = (headline) =>
    [...groups]
      .filter(([, group]) => group.headline === headline)
      .map(([text, group]) => h("li", {}, h("p", {}, h("strong", {}, text), " if"), h("ul", { class: "chips" }, group.buttons)));
  const [main, rest] = [rows(true), rows(false)];
  return h(
    "section",
    { class: "changes" },
    h("h3", {}, "What would change this"),
    main.length > 0 && h("ul", {}, main),
    rest.length > 0 && h("details", { open: main.length === 0 }, h("summary", {}, `How, to whom and whose turn (${rest.length})`), h("ul", {}, rest)),
  );
}

/** Every source that the decision cites, with what it says. */
function sources(decision) {
  const list = Object.values(decision.sources);
  const title = list.length ? `All sources (${list.length})` : "No sources: nobody has found any yet";
  const items = list.map((source) => {
    const language = source.locale && !source.locale.startsWith("en") && `in ${words.languageName(source.locale)}`;
    const about = [words.plain(source.kind), source.year, language].filter(Boolean).join(", ");
    return h("li", {}, link(source), h("span", { class: "small" }, ` ${about}`), source.says && h("p", { class: "small" }, source.says));
  });
  return h("section", { class: "sources" }, list.length ? h("details", {}, h("summary", {}, h("h3", {}, title)), h("ol", {}, items)) : h("h3", {}, title));
}
