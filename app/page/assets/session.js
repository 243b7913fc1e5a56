import { ApiProblem, Unreachable, ask } from "./api.js";

/** What the page shows and does, and nothing besides: a token that is stolen is good for no more. */
const SCOPES = [
  ...["tasks:read", "interviews:read", "applications:read", "companies:read", "contacts:read"],
  // Doing a task writes down the fact behind it.
  ...["tasks:write", "interviews:write", "applications:write", "references:write"],
];

/** The login has ended, or was ended elsewhere. */
export class SessionOver extends Error {}

function token(fields) {
  return ask("v1/auth/token", { method: "POST", headers: {}, body: new URLSearchParams(fields) });
}

function isRefused(error, status) {
  return error instanceof ApiProblem && error.problem.status === status;
}

/**
 * A login. Its tokens are in this object only and go with the page: what lies in localStorage or sessionStorage can be
 * read by every script that ever runs on this origin, and in localStorage still waits for the next person at the
 * computer. The price is to log in again after a reload.
 */
export class Session {
  #tokens;
  #refreshing = null;

  /** Log in. Throws `ApiProblem` and `Unreachable`. */
  static async begin(email, password) {
    const fields = { grant_type: "password", username: email, password, scope: SCOPES.join(" ") };
    return new Session(email, await token(fields));
  }

  constructor(email, tokens) {
    this.email = email;
    this.#tokens = tokens;
  }

  /** Send a request with the access token, and once more with a new one where it has expired. Throws `SessionOver`, too. */
  async ask(path, options = {}) {
    const used = this.#tokens;
    try {
      return await this.#send(path, options);
    } catch (error) {
      if (!isRefused(error, 401)) throw error;
    }
    await this.#refresh(used);
    try {
      return await this.#send(path, options);
    } catch (error) {
      throw isRefused(error, 401) ? new SessionOver("Your login has ended. Log in again.", { cause: error }) : error;
    }
  }

  /** Log out. Gives whether the server was told; the tokens are forgotten here in any case. */
  async end() {
    const fields = { token: this.#tokens.refresh_token };
    this.#tokens = { access_token: "", refresh_token: "" };
    try {
      await ask("v1/auth/revoke", { method: "POST", headers: {}, body: new URLSearchParams(fields) });
      return true;
    } catch (error) {
      if (error instanceof ApiProblem || error instanceof Unreachable) return false;
      throw error;
    }
  }

  #send(path, options) {
    return ask(path, { ...options, headers: { ...options.headers, Authorization: `Bearer ${this.#tokens.access_token}` } });
  }

  /** Get new tokens, unless somebody did since: a refresh token that is sent twice ends the whole login. */
  async #refresh(used) {
    if (used !== this.#tokens) return;
    const fields = { grant_type: "refresh_token", refresh_token: this.#tokens.refresh_token };
    this.#refreshing ??= token(fields).finally(() => (this.#refreshing = null));
    try {
      this.#tokens = await this.#refreshing;
    } catch (error) {
      throw isRefused(error, 400) ? new SessionOver("Your login has ended. Log in again.", { cause: error }) : error;
    }
  }
}
