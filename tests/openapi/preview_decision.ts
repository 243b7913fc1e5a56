// What a user of the API would write: asks for a decision, and prints what to do and why.
import { createClient } from "./afterword/client/index.js";
import { type Facts, type Outcome, previewDecision, type Problem, type Reason } from "./afterword/index.js";

// Node has it; declared here, because the types of Node are one more package.
declare const process: { argv: string[] };

const client = createClient({ baseUrl: process.argv[2] ?? "http://127.0.0.1:8000" });

const facts: Facts = { country: "JP", track: "experienced", ownership: "domestic" };
const { data: decision, error: problem } = await previewDecision({ client, body: facts });
if (decision === undefined) {
  throw new Error(problem.detail);
}
const outcome: Outcome = decision.thank_you.outcome;
const reason: Reason | undefined = decision.reasons[0];
console.log(`${outcome}: ${reason?.field} is ${reason?.value}`);

// @ts-expect-error: the vocabulary has no such word, and the compiler knows it.
const misspelt: Facts = { country: "JP", track: "experiensed" };
const refused = await previewDecision({ client, body: misspelt });
const refusal: Problem | undefined = refused.error;
console.log(`${refusal?.code}: ${refusal?.errors?.[0]?.pointer}`);
