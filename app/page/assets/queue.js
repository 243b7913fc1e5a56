import { h } from "./dom.js";
import { list, terms } from "./parts.js";
import { taskItem } from "./task.js";
import * as words from "./words.js";

function day(iso) {
  return h("time", { datetime: iso }, words.day(iso));
}

function part(title, ...content) {
  return h("section", {}, h("h3", { tabindex: "-1" }, title), content);
}

/** Today's queue, as elements: what is due, who owes the next move, which promises were broken, what comes next. */
export function queue(today, interviews, change, announce) {
  const { turns, search } = today;
  const places = new Map([
    ...interviews.map((one) => [one.application_id, `${one.company.name}, ${one.application.position}`]),
    ...turns.map((one) => [one.application_id, `${one.company_name}, ${one.position}`]),
  ]);
  return [
    h("h2", { id: "today" }, "Today, ", day(today.day)),
    search.accepted_on && congratulations(search.accepted_on),
    toDo(today, (task) => taskItem(task, change, { about: places.get(task.application_id), announce })),
    today.broken_promises.length > 0 &&
      part("Promised and not kept", list({ class: "turns" }, today.broken_promises.map(broken))),
    turns.length > 0 && part("Who owes the next move", list({ class: "turns" }, turns.map(turn))),
    part("The search", outlook(search, places)),
  ];
}

function congratulations(on) {
  const text = [h("strong", {}, "Congratulations! "), "You accepted an offer on ", day(on), ". Nobody nudges you any more."];
  return h("p", { class: "note", id: "congratulations" }, text);
}

function toDo({ now, has_more: more }, item) {
  return part(
    now.length > 0 ? `To do now (${now.length}${more ? " of more" : ""})` : "To do now",
    now.length > 0 ? h("ol", { class: "tasks" }, now.map(item)) : h("p", {}, "Nothing is due today. Rest a little."),
    more && h("p", { class: "small" }, "These are the most urgent; others follow when some of them are done."),
  );
}

function named({ company_name: company, position }) {
  return [h("strong", {}, company), `, ${position}`];
}

function broken(turn) {
  return [named(turn), h("br"), "No answer came by ", day(turn.answer_expected_on), `, ${words.bases[turn.answer_basis]}.`];
}

function turn(one) {
  const { who, since, answer_expected_on: expected, answer_basis: basis, enquire_from: ask } = one;
  return [
    named(one),
    h("br"),
    `${words.turns[who]}`,
    since && [", since ", day(since)],
    ". ",
    expected && who !== "candidate" && ["An answer is expected by ", day(expected), `, ${words.bases[basis]}. `],
    ask && who !== "candidate" && ["You may ask from ", day(ask), "."],
  ];
}

function outlook({ alive, last_applied_on: applied, next_interview: next }, places) {
  const where = next && places.get(next.application_id);
  const begins = next && h("time", { datetime: next.starts_at }, words.moment(next.starts_at, next.time_zone));
  return terms([
    ["Next interview", next ? [begins, `, ${words.zoneName(next.time_zone)}`, where && `: ${where}`] : "None in the calendar"],
    ["Under way", alive === 1 ? "1 application" : `${alive} applications`],
    ["Last applied", applied && day(applied)],
  ]);
}
