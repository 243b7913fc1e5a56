import { h } from "./dom.js";
import { NO_ADVICE, cited, fold, list, sure, terms } from "./parts.js";
import * as words from "./words.js";

/** Whose turn it is, and the days and ways that come of it. */
export function turn(decision) {
  const { next_move: move } = decision;
  const name = (field) => words.valueName(`next_move.${field}`, move[field]);
  const day = (iso) => h("time", { datetime: iso }, words.day(iso));
  const settled = move.who === "nobody" || move.advice === "accept_or_decline";
  const asking = decision.stops.some((stop) => stop.forbids === "enquiry") ? "Not allowed" : null;
  const over = move.enquiries_left === 0;
  const { answer_expected_on: expected, enquire_after_business_days: wait } = move;
  const later = wait !== null && `After ${name("enquire_after_business_days")} without news`;
  const promise = expected && ["By ", day(expected), `, ${words.bases[move.answer_basis]}`];
  const often = move.enquiries_left === 2 ? "twice" : "once more";
  return [
    h(
      "p",
      { class: "turn" },
      h("strong", {}, `${words.turns[move.who]}. `),
      move.turn_since && ["Since ", day(move.turn_since), ". "],
      words.advice[move.advice],
    ),
    terms([
      ["Answer", !settled && (promise ?? usualWait(move, name))],
      ["Ask for news", !settled && (asking ?? (!over && (move.enquire_from ? ["From ", day(move.enquire_from)] : later)))],
      ["How to ask", !asking && !over && `${name("enquire_via")}, at most ${often}`],
      ["Feedback", move.feedback],
      ["How sure", sure(move.confidence)],
    ]),
    move.statutory && statute(move.statutory, decision),
  ];
}

function usualWait(move, name) {
  if (move.promised_within_business_days !== null) {
    return `Within ${name("promised_within_business_days")}, ${words.bases.policy}`;
  }
  return move.typical_wait_business_days ? `Usually in ${name("typical_wait_business_days")}` : "Nobody knows when";
}

function statute(law, decision) {
  const due = law.must_inform_by && [h("time", { datetime: law.must_inform_by }, words.day(law.must_inform_by))];
  const conditions = law.conditions.map(({ condition, status }) => [
    `${words.plain(condition)}: `,
    h("strong", {}, words.statuses[status]),
  ]);
  return h(
    "div",
    { class: "note law" },
    h("h4", {}, words.deadlines[law.status]),
    h("p", {}, law.duty),
    terms([
      ["Clock", law.clock],
      ["They must tell you by", due],
      ["Law", law.citation],
      ["In force", law.in_force_since ? `since ${words.day(law.in_force_since)}` : law.in_force_text],
      ["What follows", law.effect],
    ]),
    conditions.length > 0 && [h("p", { class: "small" }, "It applies if"), list({}, conditions)],
    law.conditions_text.length > 0 && fold("Conditions in full", list({}, law.conditions_text)),
    cited(law.sources, decision.sources),
    h("p", { class: "small" }, NO_ADVICE),
  );
}
