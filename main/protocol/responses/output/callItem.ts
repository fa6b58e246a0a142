import type { ItemPlace, ItemStatus, OutputItem, Wire } from './outputItem.ts';

/** What is called, by the names the client knows. */
export interface Called {
  readonly kind: 'function' | 'custom';
  readonly callId: string;
  readonly name: string;
  readonly namespace: string | null;
}

export interface CallItem extends OutputItem {
  input(delta: string): void;
  /** Nothing more can come: the arguments are a whole JSON value. Of free text nobody knows. */
  isWhole(): boolean;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

export function createCallItem(place: ItemPlace, called: Called): CallItem {
  const isFunction = called.kind === 'function';
  const type = isFunction ? 'function_call' : 'custom_tool_call';
  const event = isFunction ? 'response.function_call_arguments' : 'response.custom_tool_call_input';
  let status: ItemStatus | 'in_progress' = 'in_progress';
  let input = '';

  const value = (): Wire => ({
    id: place.id,
    type,
    // SDKs know no cut-off call of a custom tool.
    status: isFunction || status === 'in_progress' ? status : 'completed',
    call_id: called.callId,
    name: called.name,
    ...(called.namespace === null ? {} : { namespace: called.namespace }),
    ...(isFunction ? { arguments: input } : { input }),
  });

  function add(delta: string): void {
    if (delta === '' || status !== 'in_progress') return;
    input += delta;
    place.tell(`${event}.delta`, { delta });
  }

  place.tellItem('added', value());
  return {
    value,
    input: add,
    isWhole: () => isFunction && isJson(input),
    close(ending) {
      if (status !== 'in_progress') return;
      if (isFunction && ending === 'completed' && input.trim() === '') add('{}');
      place.tell(`${event}.done`, isFunction ? { arguments: input } : { input });
      // Cut off is only what is not whole: calls before the last one are.
      status = isFunction && isJson(input) ? 'completed' : ending;
      place.tellItem('done', value());
    },
  };
}
