"""What the page of the API begins with: how to use it, in Markdown."""

GUIDE = """\
What to do after a job interview, decided by country, sector, company and what was said, with the evidence.
Decisions about facts that you send, and the rules, are open to all; everything under an account is its user's alone.

**Log in.** Open an account at `POST /v1/auth/register`, then get tokens at `POST /v1/auth/token`, a form as OAuth 2 \
has it, or press *Authorize*. Send the access token as `Authorization: Bearer …`. It is good for 15 minutes; the \
refresh token that came with it is exchanged there, once, for the next two. A mail confirms the address of a new \
account (`POST /v1/auth/verify-email`); a password that was forgotten is replaced at `POST /v1/auth/password-reset`.

**Scopes.** Every operation names what it needs, such as `contacts:read`; without it the answer is 403. A login has \
all scopes unless it asks for fewer with `scope`. Programs get API keys at `POST /v1/api-keys`, with scopes of their \
own and none of the account's, sent in the same header. Who may change something gets to see it in the answer.

**Versions.** What can be changed comes with an `ETag`. Send it as `If-Match` with PATCH and DELETE, so that nobody \
overwrites what they have not seen: without it the answer is 428, and 412 when something else came first. `*` stands \
for any version. With `If-None-Match`, reading again costs nothing until something changed: 304.

**Changing.** PATCH is JSON Merge Patch (RFC 7396): what is absent stays, null takes away, lists are replaced as a \
whole. Unknown fields and query parameters are refused.

**Sending again.** A POST that makes something takes an `Idempotency-Key`, any text of your own: sent again within 24 \
hours, the same request has no second effect and gets the first answer, with `Idempotency-Replayed: true`. \
Where an operation lists no such header, such as `POST /v1/auth/password-reset`, each request counts.

**Messages.** `POST /v1/interviews/{interview_id}/messages` drafts one in the reader's language; `/preview` shows what \
would leave, and to whom. Approve it (`/approve`) with the `ETag` of what you read, there or of the message, as \
`If-Match`: exactly that text may leave then, and editing takes the approval back. Let the server send it with a \
mailbox of yours that was tested, at once (`/send`) or later (`/schedule`, with `send_at` at most 90 days ahead; \
`/cancel` takes it back), or hand it over yourself by `/mailto`, `/eml`, `/text` or `/letter` and say so by \
`/sent-by-hand`. Handing over is not guarded: the guard speaks again at `/sent-by-hand`. When the mail server refuses \
a message for now (4xx) or cannot be reached, or the mailbox has to be tested again first, it is tried again after 1, \
5, 15, 30 and 60 minutes, then every 60, until the time for the note is over (`closes_at`), otherwise for 24 hours: it \
is `scheduled`, `send_at` is the next try, and `problem` says why. After that, or when the server refuses it for good, \
it is `failed`. One of which it cannot be known whether it arrived is `unknown`, is never sent again by itself, and \
waits for what you find out (`/resolve`). Where the decision advises against a message, the guard refuses it, when it \
is drafted, approved and scheduled and right before it leaves: with an `override_reason` it passes, and where a rule \
forbids it only with `override_prohibition` as well. Neither helps against sending the same twice. A user has at most \
10 mailboxes and approves at most 20 messages within 24 hours, unless the operator has set \
`AFTERWORD_MESSAGES_PER_DAY` otherwise; after that the answer is 429.

**Lists.** `limit` is 25 by default and 100 at most. Hand `next_cursor` back as `cursor`, with the same filters and \
`sort`, or follow the `Link` header; null says that this was the last page. `query` finds words whatever their case \
and accents.

**Errors.** Every error is a problem (RFC 9457, `application/problem+json`) with a stable `code`; its `type` leads to \
a page that explains it, `errors` names the places to mend and how, and `/problems` lists them all. After 429 and \
503, wait for the seconds in `Retry-After`. Every answer has an `X-Request-Id`: yours, if you sent one of 8 to 128 \
letters, digits, dots, dashes and underscores.

The program is under the MIT licence, the rule data under CC0-1.0.
"""
