import type { Bytes } from '../base/chunkedBytes.ts';
import { editMultipart } from '../protocol/multipart.ts';
import type { UpstreamCall, UpstreamTarget } from './driver.ts';
import type { Quirk } from './quirk.ts';
import { type BodyDraft, draftOfEnvelope, draftOfObject } from './repair/bodyDraft.ts';
import { repairBody } from './repair/repairBody.ts';

export interface WrittenBody {
  readonly body: Bytes;
  readonly contentType: string;
  readonly repairs: readonly string[];
}

/** The body for one target, repaired. `own` makes the changes that are the kind's own, before that. */
export function writeBody(
  call: UpstreamCall,
  target: UpstreamTarget,
  quirks: ReadonlySet<Quirk>,
  own: (draft: BodyDraft) => void,
): WrittenBody {
  const { payload } = call;
  if (payload.form === 'multipart') {
    const body = editMultipart(payload.envelope, target.upstreamModel);
    return { body, contentType: payload.contentType, repairs: [] };
  }
  const draft = payload.form === 'json' ? draftOfEnvelope(payload.envelope) : draftOfObject(payload.body);
  own(draft);
  repairBody(draft, call.operation.dialect, quirks);
  return { body: draft.finish(), contentType: 'application/json', repairs: draft.repairs };
}

/** The upstream's own name for the model, where the client's body holds another one. */
export function putModel(call: UpstreamCall, target: UpstreamTarget, draft: BodyDraft): void {
  if (call.payload.form === 'json' && call.payload.envelope.model !== target.upstreamModel) {
    draft.set('model', target.upstreamModel);
  }
}
