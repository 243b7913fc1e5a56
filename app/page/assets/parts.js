import { h, link } from "./dom.js";
import { confidences } from "./words.js";

export const NO_ADVICE = "Information, not legal advice.";

/** How sure a value is: dots for the eye, words for everybody. */
export function sure(confidence) {
  const dots = h("span", { class: "dots", "aria-hidden": "true" });
  return h("span", { class: `sure ${confidence}` }, dots, confidences[confidence]);
}

/** A list; empty lists are left out. */
export function list(attributes, items) {
  return items.length > 0 && h("ul", attributes, items.map((item) => h("li", {}, item)));
}

/** Something folded away behind a summary. */
export function fold(summary, ...content) {
  return h("details", {}, h("summary", {}, summary), content);
}

/** The heading that stands where an answer would, and what follows it. */
export function headed(title, ...content) {
  return [h("h2", { id: "outcome", tabindex: "-1" }, title), ...content];
}

/** Terms with what is said of each; those without a value are left out. */
export function terms(pairs) {
  const given = pairs.filter(([, value]) => value);
  return h("dl", {}, given.map(([term, value]) => h("div", {}, h("dt", {}, term), h("dd", {}, value))));
}

/** Links to the sources with these keys. */
export function cited(keys, sources) {
  const known = keys.map((key) => sources[key]).filter(Boolean);
  return list({ class: "cited", "aria-label": "Sources" }, known.map(link));
}
