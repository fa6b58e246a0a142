import { type Answer, jsonAnswer } from '../upstream/answer.ts';
import { invalidRequest } from './refusal.ts';
import { type OndemandSession, sessionView } from './sessions.ts';

/** A page of an account's sessions; those that were never asked anything are not listed. */
export function listSessions(
  sessions: readonly OndemandSession[],
  account: string,
  query: URLSearchParams,
): Answer {
  const limit = Number(query.get('limit') ?? 10);
  if (!Number.isInteger(limit) || limit < 1 || limit > 50)
    return invalidRequest('limit must be a number from 1 to 50');
  const user = query.get('externalUserId');
  const own = sessions.filter(
    (session) =>
      session.account === account &&
      !session.gone &&
      session.turns.length > 0 &&
      (user === null || session.externalUserId === user),
  );
  const sorted = query.get('sort') === 'asc' ? own : own.toReversed();
  const start = Number(query.get('cursor') ?? 0) || 0;
  const next = start + limit < sorted.length ? String(start + limit) : '';
  return jsonAnswer({
    message: 'Chat sessions fetched successfully',
    data: sorted.slice(start, start + limit).map(sessionView),
    pagination: { next, limit },
  });
}

/** What a session was told and what it answered, oldest first. */
export function listMessages(session: OndemandSession): Answer {
  const media = session.media.map((name) => ({ type: 'media', name }));
  const queries = session.turns.map(({ messageId, query, answer, endpointId }) => ({
    id: messageId,
    type: 'chat',
    query,
    answer,
    endpointId,
    status: 'completed',
  }));
  return jsonAnswer({
    message: 'Chat messages fetched successfully',
    data: [...media, ...queries],
    pagination: { next: '', limit: 10 },
  });
}
