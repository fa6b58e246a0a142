// The hub -> a request to on-demand.io, which takes one text at a time and knows no tools, media or formats of answers.
import { promptToolsOf } from '../../contract/readOptions.ts';
import type { EncodedRequest, EncodeTarget } from '../dialect.ts';
import { inClientNames } from '../hub/clientNames.ts';
import { heldTools } from '../hub/heldTools.ts';
import { CannotHoldError } from '../hub/hubErrors.ts';
import { outputInWords } from '../hub/outputInWords.ts';
import type { Turn } from '../hub/turn.ts';
import { encodeConversation } from './encodeConversation.ts';
import { encodeOndemandOptions } from './encodeOndemandOptions.ts';
import type { OndemandRequest } from './ondemandRequest.ts';
import { promptToolsWords, type ToolWords } from './promptToolsPrompt.ts';

interface EncodedTools {
  readonly told: ToolWords | null;
  readonly dropped: readonly string[];
}

function encodeTools(turn: Turn, promptTools: boolean): EncodedTools {
  if (turn.tools.length === 0 || turn.toolChoice?.type === 'none') return { told: null, dropped: [] };
  const { tools, dropped } = heldTools(turn, 'on-demand.io');
  if (tools.length === 0) return { told: null, dropped };
  if (!promptTools)
    throw new CannotHoldError(
      'on-demand.io has no tools. Switch on prompt tools in this endpoint\'s options ("promptTools": true) to have them described to the model in words, or use another endpoint.',
      'tools',
    );
  return { told: promptToolsWords(turn, tools), dropped };
}

/**
 * Reads of the endpoint's options `promptTools` and `sendMaxTokens`. Custom tools must have been made functions before.
 * Throws CannotHoldError for several answers at once, for media, and for tools where prompt tools are off.
 */
export function encodeOndemandRequest(turn: Turn, target: EncodeTarget): EncodedRequest {
  if ((turn.sampling.candidates ?? 1) > 1)
    throw new CannotHoldError(
      'on-demand.io gives one answer at a time: leave "n" out and ask again for more.',
      'n',
    );
  const { told, dropped: lostTools } = encodeTools(turn, promptToolsOf(target.options ?? {}));
  const conversation = encodeConversation(turn);
  const { options, dropped, repairs } = encodeOndemandOptions(turn, target.options);
  const output = turn.output && outputInWords(turn.output);
  const request: OndemandRequest = {
    endpointId: target.model,
    system: [...conversation.system, told?.words ?? '', output?.words ?? '']
      .filter((text) => text !== '')
      .join('\n\n'),
    turns: conversation.turns,
    options,
  };
  return {
    body: { ...request },
    dropped: inClientNames(turn, [...lostTools, ...conversation.dropped, ...dropped]),
    repairs: [
      ...conversation.repairs,
      ...(told?.repairs ?? []),
      ...(output ? [output.repair] : []),
      ...repairs,
    ],
  };
}
