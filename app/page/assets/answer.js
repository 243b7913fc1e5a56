import { h, link } from "./dom.js";
import { fold, headed, list, sure } from "./parts.js";
import * as words from "./words.js";
import { changes } from "./why.js";

const NO_ADVICE = "Information, not legal advice.";

/** The kind of answer: the outcome, or `prohibited` where a stop forbids a note. */
export function kindOf({ thank_you: thanks }) {
  return thanks.prohibited && thanks.outcome === "do_not_send" ? "prohibited" : thanks.outcome;
}

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
    turn(decision),
    references(decision),
    changes(decision, book, set),
  ];
}

function section(title, ...content) {
  return h("section", {}, h("h3", {}, title), ...content);
}

function terms(pairs) {
  const given = pairs.filter(([, value]) => value);
  return h("dl", {}, given.map(([term, value]) => h("div", {}, h("dt", {}, term), h("dd", {}, value))));
}

function cited(keys, decision) {
  const known = keys.map((key) => decision.sources[key]).filter(Boolean);
  return list({ class: "cited", "aria-label": "Sources" }, known.map(link));
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
  const reason = why.find(({ field }) => field === "thank_you.expectation");
  const own = why.find(({ field }) => field === "thank_you.outcome");
  const place = book.countryName(decision.facts.country);
  let lead = words.expectations[thanks.expectation];
  if (kind === "prohibited") lead = "Something forbids it, whatever the custom is.";
  else if (own) lead = own.notes.join(" ");
  else if (thanks.confidence === "none") {
    lead = `Nothing is known about ${place} yet. This is the harmless choice, not a custom.`;
  }
  const [kindOfScope, region] = reason?.scope.split(":") ?? [];
  const inferred = kindOfScope === "region" && ` Judged by ${book.regionName(region)}, not by ${place} itself.`;
  return h(
    "div",
    { class: `verdict ${kind}` },
    headed(
      words.outcomes[kind],
      h("p", {}, lead, inferred),
      kind === "do_not_send" && !own && words.instead[thanks.recipients] && h("p", {}, words.instead[thanks.recipients]),
      h("p", { class: "small" }, "How sure: ", sure(thanks.confidence)),
    ),
  );
}

function stops(decision) {
  const merged = new Map();
  for (const stop of decision.stops) {
    const same = merged.get(stop.because) ?? { forbids: new Set(), sources: new Set(), lifted: false };
    same.forbids.add(stop.forbids === "thank_you" ? "no note" : "no asking");
    for (const key of stop.sources) same.sources.add(key);
    same.lifted ||= stop.overridden_by_user;
    merged.set(stop.because, same);
  }
  return [...merged].map(([because, { forbids, sources: keys, lifted }]) =>
    h(
      "div",
      { class: "note stop" },
      h("p", {}, h("strong", {}, `${lifted ? "Overridden by you" : "Stop"}: ${[...forbids].join(", ")}. `), because),
      cited([...keys], decision),
    ),
  );
}

/** When, how, to whom, in which language and tone; folded away where no note is advised. */
function note(decision) {
  const { thank_you: thanks } = decision;
  const kind = kindOf(decision);
  if (kind === "prohibited") return section("Gifts", h("p", {}, words.valueName("thank_you.gifts", thanks.gifts)));
  const name = (field) => words.valueName(`thank_you.${field}`, thanks[field]);
  const content = terms([
    ["When", whenToSend(thanks, kind)],
    ["How", name("channels")],
    ["To whom", name("recipients")],
    ["Language", name("languages")],
    ["Tone", name("formality")],
    ["Address", thanks.address],
    ["Content", thanks.content],
    ["Gifts", name("gifts")],
  ]);
  if (kind !== "do_not_send") return section("The note", content);
  return h("section", {}, fold(h("h3", {}, "If you write all the same"), content));
}

function whenToSend(thanks, kind) {
  const within = [
    thanks.not_before_hours && `not in the first ${words.valueName("x_hours", thanks.not_before_hours)}`,
    thanks.same_day && "on the same day",
    thanks.send_within_hours && `within ${words.valueName("x_hours", thanks.send_within_hours)}`,
  ];
  const custom = words.either(within.filter(Boolean), "and");
  const inWords = custom && custom.charAt(0).toUpperCase() + custom.slice(1);
  if (!thanks.window) {
    const hint = " Say when the interview ended, and on which clock, to see day and hour.";
    return [inWords, kind !== "do_not_send" && h("span", { class: "small" }, hint)];
  }
  const { opens_at: opens, suggested_at: best, closes_at: closes, time_zone: zone, status, extended } = thanks.window;
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const elsewhere = words.moment(best, own) !== words.moment(best, zone);
  return [
    h("strong", {}, "Best ", h("time", { datetime: best }, words.moment(best, zone)), `, ${words.zoneName(zone)}`),
    elsewhere && h("span", { class: "small" }, ` (${words.moment(best, own)} on your clock)`),
    h("br"),
    "From ",
    h("time", { datetime: opens }, words.moment(opens, zone)),
    " to ",
    h("time", { datetime: closes }, words.moment(closes, zone)),
    ".",
    extended && " The usual hours held no working hour, so the next working day counts.",
    words.windows[status] && h("strong", {}, ` ${words.windows[status]}`),
  ];
}

function remarks(decision, book) {
  const told = new Set(decision.stops.map((stop) => stop.because));
  const left = decision.remarks.filter((remark) => !told.has(remark.text));
  const items = left.map((remark) => [h("p", {}, words.remark(remark, decision.facts, book)), cited(remark.sources, decision)]);
  return items.length > 0 && section("Good to know", list({ class: "remarks" }, items));
}

function turn(decision) {
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
  return section(
    "Whose turn it is",
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
  );
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
    cited(law.sources, decision),
    h("p", { class: "small" }, NO_ADVICE),
  );
}

function references(decision) {
  const { checked, form, consent, confidence } = decision.references;
  return section(
    "References",
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
        cited(consent.sources, decision),
      ),
  );
}
