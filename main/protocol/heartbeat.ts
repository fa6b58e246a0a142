/** A comment: every SSE reader skips it. Never the word ping, which some clients take for the end (clients.md section 3). */
export const commentHeartbeat = Buffer.from(': keep-alive\n\n');
