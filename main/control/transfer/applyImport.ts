// Carries a plan out on a draft of the settings. What is there is added to, and never written over but for the sections' fields.
import { accountIdsAfter, uniqueId, wishedEndpointId } from '../../base/uniqueId.ts';
import type { Endpoint } from '../../contract/schemas/endpoint.ts';
import type { Settings } from '../../contract/schemas/settings.ts';
import type { ImportChoice, ImportResult } from '../../contract/schemas/transfer.ts';
import type { Incoming } from './incoming.ts';
import {
  broughtTo,
  changedFields,
  findExisting,
  newClientKeys,
  type Present,
  planImport,
} from './planImport.ts';

export interface ImportChoices {
  /** By the plan's keys; what is not named goes as proposed. */
  endpoints: Readonly<Record<string, ImportChoice>>;
  settings: boolean;
  clientKeys: boolean;
}

function merge(target: Endpoint, endpoint: Endpoint, present: Present): void {
  const brought = broughtTo(target, endpoint, present);
  const taken = target.accounts.map(({ id }) => id);
  const ids = accountIdsAfter([...taken, ...present.past.accountsOf(target.id)]);
  for (const account of brought.accounts) {
    // What is off stays off, also in an endpoint that is on.
    const enabled = account.enabled && endpoint.enabled;
    target.accounts.push({ ...account, id: ids(), enabled });
  }
  target.models = [...target.models, ...brought.models];
  target.modelMapping = { ...target.modelMapping, ...brought.mappings };
}

/** Changes the draft, which is a copy of `present.settings`, and says what was done. */
export function applyImport(
  draft: Settings,
  present: Present,
  incoming: Incoming,
  choices: ImportChoices,
): ImportResult {
  const result: ImportResult = { added: 0, merged: 0, settings: 0, clientKeys: 0 };
  const plan = planImport(present, incoming);
  /** New ones come behind those that are there, in their own order. */
  const behind = Math.max(-1, ...draft.endpoints.map(({ priority }) => priority)) + 1;
  incoming.endpoints.forEach((endpoint, index) => {
    const planned = plan.endpoints[index];
    if (!planned) return;
    const choice = choices.endpoints[planned.key] ?? planned.proposed;
    if (choice === 'skip') return;
    const existing = findExisting(present.settings, incoming, endpoint);
    const target = existing && draft.endpoints.find(({ id }) => id === existing.id);
    if (choice === 'merge' && target) {
      merge(target, endpoint, { ...present, settings: draft });
      result.merged += 1;
      return;
    }
    const own = incoming.source === 'sluice';
    const taken = draft.endpoints.map(({ id }) => id);
    // Our own files bring an endpoint back; it goes by its old name.
    if (!own) taken.push(...present.past.endpoints);
    const wish = own ? endpoint.id : wishedEndpointId(endpoint);
    draft.endpoints.push({
      ...structuredClone(endpoint),
      id: uniqueId(wish, taken),
      priority: behind + Math.max(0, endpoint.priority),
    });
    result.added += 1;
  });
  if (choices.settings) {
    for (const [section, field] of changedFields(present, incoming)) {
      const name = section as keyof Incoming['sections'];
      const value = (incoming.sections[name] as Record<string, unknown>)[field];
      Object.assign(draft[name], { [field]: structuredClone(value) });
      result.settings += 1;
    }
  }
  if (choices.clientKeys) {
    const added = newClientKeys(present, incoming);
    draft.clientKeys.push(...structuredClone(added));
    result.clientKeys = added.length;
  }
  return result;
}
