import { h } from "./dom.js";
import { problem, sentences } from "./problem.js";
import * as words from "./words.js";

const CLOSED = ["done", "skipped"];
const LONGEST_REASON = 500;

/** Nine o'clock tomorrow, by the clock of this browser. */
function tomorrow() {
  const day = new Date();
  day.setDate(day.getDate() + 1);
  day.setHours(9, 0, 0, 0);
  return day.toISOString();
}

/** A moment of this browser's clock, in words. */
function here(iso) {
  return words.moment(iso, Intl.DateTimeFormat().resolvedOptions().timeZone);
}

/**
 * A task, with what can be done about it. `about`: the company and the position, where the list is of several.
 * `change(task, body, item)` says what becomes of it, and may fail with a problem, which is shown here.
 */
export function taskItem(task, change, { about = null, announce }) {
  const actions = h("div", { class: "task-actions" });
  const trouble = h("div");

  async function say(body) {
    for (const button of actions.querySelectorAll("button")) button.disabled = true;
    try {
      await change(task, body, item);
    } catch (error) {
      trouble.replaceChildren(problem(error));
      announce(sentences(error).join(" "));
      showButtons();
      trouble.firstChild.focus();
    }
  }

  function button(text, onclick) {
    const label = `${text}: ${task.title}${about ? ` (${about})` : ""}`;
    return h("button", { type: "button", class: "chip", "aria-label": label, onclick }, text);
  }

  function showButtons() {
    if (CLOSED.includes(task.state)) {
      actions.replaceChildren(...(task.closed_by === "user" ? [button("Open again", () => say({ state: "open" }))] : []));
      return;
    }
    actions.replaceChildren(
      button(words.done[task.kind] ?? "Done", () => say({ state: "done" })),
      button("Skip", askWhy),
      task.state === "snoozed"
        ? button("Bring it back now", () => say({ state: "open" }))
        : button("Snooze until tomorrow", () => say({ state: "snoozed", until: tomorrow() })),
    );
  }

  function askWhy() {
    const id = `reason-${task.id}`;
    const reason = h("input", { id, type: "text", maxlength: LONGEST_REASON, required: true, autocomplete: "off" });
    const cancel = () => {
      showButtons();
      actions.children[1].focus();
    };
    const form = h(
      "form",
      { class: "skip-reason", "aria-label": `Skip: ${task.title}` },
      h("label", { for: id }, "Why do you skip it?"),
      reason,
      h("button", { type: "submit", class: "primary" }, "Skip it"),
      h("button", { type: "button", class: "quiet", onclick: cancel }, "Keep it"),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      say({ state: "skipped", reason: reason.value.trim() });
    });
    form.addEventListener("keydown", (event) => event.key === "Escape" && cancel());
    actions.replaceChildren(form);
    reason.focus();
  }

  showButtons();
  const item = h(
    "li",
    { class: `task ${task.state}${task.is_overdue ? " overdue" : ""}`, "data-task": task.id },
    h("p", { class: "task-title", tabindex: "-1" }, task.title),
    about && task.kind !== "own" && h("p", { class: "small" }, about),
    h("p", { class: "task-when" }, standing(task)),
    task.kind !== "own" && !CLOSED.includes(task.state) && h("p", { class: "small" }, task.why),
    task.notes && h("p", { class: "small notes" }, task.notes),
    actions,
    trouble,
  );
  return item;
}

/** How a task stands: until when it is to be done, or what became of it. */
function standing(task) {
  if (task.state === "done") return task.closed_by === "facts" ? "Done: it is written down" : "Done";
  if (task.state === "skipped") return `Skipped: ${task.skip_reason}`;
  if (task.state === "snoozed") return `Snoozed until ${here(task.snoozed_until)}`;
  if (task.waits_for === "message") {
    return task.due_at ? `A note leaves by itself: ${here(task.due_at)}` : "A note may have arrived";
  }
  if (task.state === "waiting") return task.due_at ? ["An answer is expected by ", until(task)] : "An answer is awaited";
  if (task.is_overdue) return [h("strong", { class: "late" }, "Overdue"), ": it was to be done by ", until(task)];
  const open = task.is_optional ? "If you like" : "To do";
  if (task.due_at) return [`${open} by `, until(task)];
  return open;
}

/** By the user's own clocks, and where those of the place show something else, by theirs as well. */
function until({ due_at: due, due_at_home: home, due_at_local: local, time_zone: zone }) {
  const elsewhere = home.slice(0, 16) !== local.slice(0, 16);
  return [
    h("time", { datetime: due }, words.localMoment(home)),
    elsewhere && ` (${words.localMoment(local)}, ${words.zoneName(zone)})`,
  ];
}
