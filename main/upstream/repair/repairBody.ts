import type { WireName } from '../../protocol/dialect.ts';
import type { Effort } from '../../protocol/hub/turn.ts';
import type { Quirk } from '../quirk.ts';
import { askForStream } from './askForStream.ts';
import type { BodyDraft } from './bodyDraft.ts';
import { fitEffort } from './fitEffort.ts';
import { leaveOutOption } from './leaveOutOption.ts';
import { leaveOutThinking } from './leaveOutThinking.ts';
import { lowerMaxTokens } from './lowerMaxTokens.ts';
import { answerResults, shortenCallIds } from './mendCalls.ts';
import { mendRoles } from './mendRoles.ts';
import { putThinking } from './putThinking.ts';
import { renameMaxTokens } from './renameMaxTokens.ts';
import { shortenDescriptions } from './shortenDescriptions.ts';
import { simplifySchemas } from './simplifySchemas.ts';

/** Brings a body to what its upstream is known to accept. What is in order stays as it is, and nothing is said of it. */
export function repairBody(draft: BodyDraft, dialect: WireName, quirks: ReadonlySet<Quirk>): void {
  if (quirks.size === 0) return;
  if (quirks.has('no-thinking-replay')) leaveOutThinking(draft, dialect);
  if (quirks.has('wants-thinking')) putThinking(draft, dialect);
  if (dialect === 'chat') {
    if (quirks.has('max-completion-tokens')) renameMaxTokens(draft, 'max_completion_tokens');
    else if (quirks.has('max-tokens')) renameMaxTokens(draft, 'max_tokens');
  }
  mendRoles(draft, dialect, quirks);
  if (quirks.has('nine-letter-ids')) shortenCallIds(draft);
  if (quirks.has('answer-after-results')) answerResults(draft);
  if (quirks.has('plain-schemas')) simplifySchemas(draft, dialect);
  if (quirks.has('stream-only')) askForStream(draft, dialect, !quirks.has('no-stream-options'));
  if (quirks.has('no-stream-options')) leaveOutOption(draft, 'stream_options');
  for (const quirk of quirks) {
    if (quirk.startsWith('efforts:')) fitEffort(draft, quirk.slice(8).split(',') as Effort[]);
    else if (quirk.startsWith('most-tokens:')) lowerMaxTokens(draft, Number(quirk.slice(12)));
    else if (quirk.startsWith('short-descriptions:'))
      shortenDescriptions(draft, dialect, Number(quirk.slice(19)));
    else if (quirk.startsWith('drop:')) leaveOutOption(draft, quirk.slice(5));
  }
}
