import { type Fields, isFields } from '../../hub/reader.ts';
import type { ClientTool } from '../clientTools.ts';
import type { CallItem } from './callItem.ts';
import type { ItemPlace, ItemStatus, Wire } from './outputItem.ts';

function parsed(json: string): Fields | null {
  try {
    const value = JSON.parse(json) as unknown;
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}

/** The call of a tool that has items of its own: it is told when it begins, and whole when it ends. */
export function createClientCallItem(place: ItemPlace, tool: ClientTool, callId: string): CallItem {
  let status: ItemStatus | 'in_progress' = 'in_progress';
  let input = '';
  const value = (): Wire => ({
    id: place.id,
    type: tool.callType,
    status,
    call_id: callId,
    ...tool.asked(parsed(input) ?? {}),
  });

  place.tellItem('added', value());
  return {
    value,
    input(delta) {
      if (status === 'in_progress') input += delta;
    },
    isWhole: () => parsed(input) !== null,
    close(ending) {
      if (status !== 'in_progress') return;
      status = parsed(input) ? 'completed' : ending;
      place.tellItem('done', value());
    },
  };
}
