import { h } from "./dom.js";
import { cited, fold, headed, list, sure } from "./parts.js";
import { references } from "./references.js";
import { kindOf, lead, noteTerms, stops } from "./thanks.js";
import { turn } from "./turn.js";
import * as words from "./words.js";
import { changes } from "./why.js";

/** The answer in one sentence, for the title and for those who hear the page. */
export function inShort(decision, book) {
  return `${book.countryName(decision.facts.country)}: ${words.outcomes[kindOf(decision)]}`;
}

/**
 * The answer, as elements. `set(fact, value)` is called when a fact is to change; an empty value takes it back.
 */
export function answer(decision, book, set) {
  return [
    h("p", { class: "always" }, h("strong", {}, "Thank every interviewer in person: always.")),
    given(decision, book, set),
    verdict(decision, book),
    stops(decision),
    note(decision),
    remarks(decision, book),
    section("Whose turn it is", turn(decision)),
    section("References", references(decision)),
    changes(decision, book, set),
  ];
}

function section(title, ...content) {
  return h("section", {}, h("h3", {}, title), ...content);
}

/** The facts that were given, each with a button that takes it back. */
function given({ facts }, book, set) {
  const labels = [];
  for (const [name, value] of Object.entries(facts)) {
    if (name === "country" || name === "time_zone") continue;
    if (name === "ended_at") labels.push([name, `Ended ${words.moment(value.slice(0, 16) + "Z", "UTC")}`]);
    else if (typeof value === "object" && !Array.isArray(value)) {
      for (const [member, inner] of Object.entries(value)) {
        labels.push([`${name}.${member}`, words.factName(`${name}.${member}`, inner, book)]);
      }
    } else labels.push([name, words.factName(name, value, book)]);
  }
  const chips = labels.map(([name, label]) => {
    const button = { type: "button", "aria-label": `Take back: ${label}`, onclick: () => set(name, "") };
    return h("li", {}, label, h("button", button, "×"));
  });
  const place = h("li", { class: "place" }, book.countryName(facts.country));
  return h("ul", { class: "given", "aria-label": "For" }, place, chips);
}

function verdict(decision, book) {
  const { thank_you: thanks, reasons: why } = decision;
  const kind = kindOf(decision);
  const own = why.some(({ field }) => field === "thank_you.outcome");
  return h(
    "div",
    { class: `verdict ${kind}` },
    headed(
      words.outcomes[kind],
      h("p", {}, lead(decision, book)),
      kind === "do_not_send" && !own && words.instead[thanks.recipients] && h("p", {}, words.instead[thanks.recipients]),
      h("p", { class: "small" }, "How sure: ", sure(thanks.confidence)),
    ),
  );
}

/** When, how, to whom, in which language and tone; folded away where no note is advised. */
function note(decision) {
  const kind = kindOf(decision);
  if (kind === "prohibited") return section("Gifts", h("p", {}, words.valueName("thank_you.gifts", decision.thank_you.gifts)));
  if (kind !== "do_not_send") return section("The note", noteTerms(decision));
  return h("section", {}, fold(h("h3", {}, "If you write all the same"), noteTerms(decision)));
}

function remarks(decision, book) {
  const told = new Set(decision.stops.map((stop) => stop.because));
  const left = decision.remarks.filter((remark) => !told.has(remark.text));
  const items = left.map((remark) => [h("p", {}, words.remark(remark, decision.facts, book)), cited(remark.sources, decision.sources)]);
  return items.length > 0 && section("Good to know", list({ class: "remarks" }, items));
}
