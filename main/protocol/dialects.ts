import { chatDialect } from './chat/chatDialect.ts';
import type { Dialect, DialectName, UpstreamDialect, WireName } from './dialect.ts';
import { geminiDialect } from './gemini/geminiDialect.ts';
import { messagesDialect } from './messages/messagesDialect.ts';
import { ondemandDialect } from './ondemand/ondemandDialect.ts';
import { responsesDialect } from './responses/responsesDialect.ts';

/** The registry: a new dialect is one folder and one line here. */
export const dialects: Readonly<Record<DialectName, Dialect>> = {
  chat: chatDialect,
  responses: responsesDialect,
  messages: messagesDialect,
  gemini: geminiDialect,
};

/** What upstreams can be spoken to in. */
export const upstreamDialects: Readonly<Record<WireName, UpstreamDialect>> = {
  ...dialects,
  ondemand: ondemandDialect,
};
