import { ApiProblem, Unreachable } from "./api.js";
import { h } from "./dom.js";
import { list } from "./parts.js";

/** What went wrong, in sentences: what the API says of it, and of each place what is wrong there and how to mend it. */
export function sentences(error) {
  if (!(error instanceof ApiProblem || error instanceof Unreachable)) throw error;
  const places = error.problem?.errors ?? [];
  return [error.message, ...places.map(({ detail, hint }) => [detail, hint].filter(Boolean).join(" "))];
}

/** The same as elements. Errors that are ours are thrown on. */
export function problem(error) {
  const [first, ...places] = sentences(error);
  return h("div", { class: "problem", tabindex: "-1" }, h("p", {}, first), list({}, places));
}
