import { h } from "./dom.js";
import { NO_ADVICE, cited, sure, terms } from "./parts.js";
import * as words from "./words.js";

/** Whether and how references are checked, and whose consent that needs. */
export function references(decision) {
  const { checked, form, consent, confidence } = decision.references;
  return [
    terms([
      ["Checked", words.valueName("references.checked", checked)],
      ["How", form],
      ["How sure", sure(confidence)],
    ]),
    consent &&
      h(
        "div",
        { class: "note" },
        h("p", {}, consent.duty),
        h("p", { class: "small" }, `${consent.citation}. ${NO_ADVICE}`),
        cited(consent.sources, decision.sources),
      ),
  ];
}
