import type { WireName } from '../../protocol/dialect.ts';
import type { BodyDraft } from './bodyDraft.ts';

/** Asks for a stream in the client's place, who gets it whole. `counts`: the upstream knows `stream_options`. */
export function askForStream(draft: BodyDraft, dialect: WireName, counts: boolean): void {
  const converses = draft.has('messages') || draft.has('input');
  if (!converses || draft.read('stream') === true) return;
  draft.set('stream', true);
  if (dialect === 'chat' && counts) draft.set('stream_options', { include_usage: true });
  draft.note('asked for a stream');
}
