import { h } from "./dom.js";
import { fold } from "./parts.js";
import { references } from "./references.js";
import { taskItem } from "./task.js";
import { kindOf, lead, noteTerms, stops } from "./thanks.js";
import { turn } from "./turn.js";
import { table } from "./why.js";
import * as words from "./words.js";

/** An interview in one line, to choose it by. */
export function interviewName({ starts_at_local: starts, company, application, status }) {
  const when = words.day(starts.slice(0, 10)).replace(/^\w+ /, "");
  return [company.name, application.position, when, words.interviewStatuses[status]].filter(Boolean).join(" · ");
}

/** What to do after an interview, as elements: thanking in person, then the five steps in their order. */
export function plan(found, interview, book, change, announce) {
  const item = (task) => taskItem(task, change, { announce });
  const followed = found.follow_up && { ...found.follow_up, stops: found.follow_up.recipients.flatMap((one) => one.stops) };
  const more = {
    notify_references: () => followed && references(followed),
    follow_up: (tasks) => followed && followUp(followed, tasks, interview, book, item),
  };
  const own = found.own_tasks.filter(isShown);
  return [
    !found.is_over && h("p", { class: "note" }, "This interview is not over; most of it comes afterwards."),
    h("ol", { class: "steps" }, found.steps.map((step) => stepItem(step, more[step.step], item))),
    own.length > 0 && h("section", {}, h("h3", {}, "Tasks of your own"), h("ol", { class: "tasks" }, own.map(item))),
  ];
}

function isShown(task) {
  return task.state !== "retired";
}

function stepItem(step, more, item) {
  const tasks = step.tasks.filter(isShown);
  const inside = more?.(tasks);
  const besides = inside && step.step === "follow_up" ? tasks.filter((task) => task.kind !== "send_note") : tasks;
  return h(
    "li",
    { class: `step ${step.state}`, "data-step": step.step },
    h("h3", { tabindex: "-1" }, words.steps[step.step], " ", h("span", { class: "state" }, words.stepStates[step.state])),
    tasks.every((task) => task.why !== step.why) && h("p", { class: "small" }, step.why),
    besides.length > 0 && h("ol", { class: "tasks" }, besides.map(item)),
    inside,
  );
}

function followUp(followed, tasks, interview, book, item) {
  const notes = tasks.filter((task) => task.kind === "send_note");
  return [
    followed.recipients.map((one) => {
      const task = notes.find((note) => note.participant_id === one.participant_id);
      return recipient({ ...one, sources: followed.sources }, task, interview, book, item);
    }),
    h("h4", {}, "Whose turn it is"),
    stops({ ...followed, stops: followed.stops.filter((stop) => stop.forbids === "enquiry") }),
    turn(followed),
  ];
}

/** Whether to thank one of them in writing, with the reasons and their sources. */
function recipient(one, task, interview, book, item) {
  const decision = { ...one, facts: { country: interview.application.country } };
  const kind = kindOf(decision);
  const name = whom(one, interview);
  const advised = kind === "send" || kind === "optional";
  const instead = kind === "do_not_send" && words.instead[one.thank_you.recipients];
  return h(
    "section",
    { class: `recipient ${kind}`, "aria-label": name },
    h("h4", {}, name),
    h("p", { class: "outcome" }, words.outcomes[kind]),
    h("p", {}, lead(decision, book)),
    instead && h("p", {}, instead),
    stops({ ...decision, stops: one.stops.filter((stop) => stop.forbids === "thank_you") }),
    task && h("ol", { class: "tasks" }, item(task)),
    advised && fold("When, how and in which tone", noteTerms(decision)),
    fold("Why, with sources", table(decision, book, { "aria-label": `Why: ${name}` })),
  );
}

function whom({ participant_id: id, contact_id: contact, role }, { contacts }) {
  if (id === null) return "The interviewers (nobody is written down)";
  const name = contacts.find((one) => one.id === contact)?.display_name ?? "Somebody";
  return role ? `${name}, ${words.roles[role]}` : name;
}
