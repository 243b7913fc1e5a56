/** A problem (RFC 9457) that the API answered with: `problem.errors` names the places to mend. */
export class ApiProblem extends Error {
  constructor(problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** There was no answer of the API: no network, or something else answered. */
export class Unreachable extends Error {}

/** Sends a request. Throws `ApiProblem` and `Unreachable`, as all here do. */
export async function ask(path, options) {
  let response;
  let content;
  try {
    response = await fetch(path, { ...options, headers: { Accept: "application/json", ...options.headers } });
    content = await response.json();
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Unreachable("The server cannot be reached.", { cause: error });
  }
  if (!response.ok) throw new ApiProblem(content);
  return content;
}

/**
 * GET of one thing. `path` is relative to the page, so that it also works behind a proxy with a path prefix.
 */
export function get(path, signal) {
  return ask(path, { signal });
}

/** Every item of a list, over all its pages. */
export async function all(path) {
  const items = [];
  let cursor = null;
  do {
    const query = new URLSearchParams({ limit: 100, ...(cursor && { cursor }) });
    const page = await get(`${path}?${query}`);
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  return items;
}

/** What makes a request a POST of JSON. */
export function posted(body, headers = {}) {
  return { method: "POST", headers: { "Content-Type": "application/json", ...headers }, body: JSON.stringify(body) };
}

/** The decision for some facts. */
export function preview(facts, signal) {
  return ask("v1/decisions/preview", { ...posted(facts), signal });
}
