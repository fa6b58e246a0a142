// Keys alone: one a line or set apart by commas, as gpt-load exports those of a group, or as a JSON list of texts.
// Format: tbphp/gpt-load internal/services/key_service.go. Such a list names no endpoint; whoever imports it does.
import type { Endpoint } from '../../../contract/schemas/endpoint.ts';
import { accountsOf, createGathering, type Incoming } from '../incoming.ts';

/** Long enough, with letters and digits, and nothing in it that a sentence or a setting has. */
const keyShape = /^(?=[^\d]*\d)(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9][\w.\-+/=]{15,511}$/;

function listed(text: string): string[] {
  if (!text.trimStart().startsWith('['))
    return text
      .replace(/^\s*#.*$/gm, '')
      .split(/[\s,;]+/)
      .filter(Boolean);
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((item) => typeof item === 'string') ? list : [];
  } catch {
    return [];
  }
}

/** The keys of a text that holds nothing else, or null. */
export function keysIn(text: string): string[] | null {
  const keys = listed(text.replace(/^\uFEFF/, ''));
  return keys.length > 0 && keys.every((key) => keyShape.test(key)) ? keys : null;
}

export function readKeyList(keys: readonly string[], into: Endpoint): Incoming {
  const found = createGathering();
  const { id, name, kind, baseUrl } = into;
  found.endpoint({ id, name, kind, baseUrl, accounts: accountsOf(keys) }, name || id);
  return { source: 'keys', endpoints: found.endpoints, clientKeys: [], sections: {}, notes: found.notes };
}
