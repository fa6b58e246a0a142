import { isFields } from '../protocol/hub/reader.ts';
import type { UpstreamCall, UpstreamTarget } from './driver.ts';
import type { Quirk } from './quirk.ts';
import type { BodyDraft } from './repair/bodyDraft.ts';
import { putModel, type WrittenBody, writeBody } from './writeBody.ts';

/** Asks for the chunk that counts a stream's tokens; the tap withholds it from clients that did not ask. */
function askForUsage(draft: BodyDraft): void {
  const options = draft.read('stream_options');
  if (isFields(options) && options.include_usage === true) return;
  draft.set('stream_options', { ...(isFields(options) ? options : {}), include_usage: true });
}

/** A body as OpenAI and Azure take it. */
export function openaiBody(
  call: UpstreamCall,
  target: UpstreamTarget,
  quirks: ReadonlySet<Quirk>,
): WrittenBody {
  const { operation, payload, stream } = call;
  const streamsChat = stream && operation.answer === 'chat' && operation.dialect === 'chat';
  const asksAlready = payload.form === 'json' && payload.envelope.wantsUsage;
  return writeBody(call, target, quirks, (draft) => {
    putModel(call, target, draft);
    // Where that is refused the repairs leave it out again: the user is told why the tokens of this request are estimated.
    if (streamsChat && !asksAlready) askForUsage(draft);
  });
}
