import { type ModelListing, plainListing } from '../../contract/modelListing.ts';
import { type Fields, isFields } from '../../protocol/hub/reader.ts';

const text = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null;

/** What says nothing of its status counts as active. */
function readModel(row: Fields): ModelListing | null {
  const id = text(row.endpoint_id);
  if (id === null || (text(row.status) ?? 'active').toLowerCase() !== 'active') return null;
  const { context_length: context, reasoning_efforts: efforts } = row;
  const name = text(row.endpoint_name);
  return {
    ...plainListing(id),
    name: name === id ? null : name,
    contextTokens: typeof context === 'number' && context > 0 ? Math.round(context) : null,
    supportedParameters:
      Array.isArray(efforts) && efforts.length > 0 ? ['reasoning', 'reasoning_effort'] : null,
  };
}

/**
 * The endpoint ids that are active. What stands around the list was never recorded: a bare list, `{data}` and `{endpoints}` are
 * taken, also one within the other. Throws Error where there is no list.
 */
export function readOndemandModels(body: Buffer): ModelListing[] {
  let found: unknown = JSON.parse(body.toString('utf8'));
  while (isFields(found)) found = found.endpoints ?? found.data;
  if (!Array.isArray(found)) throw new Error('the answer holds no list of endpoints');
  return found.filter(isFields).flatMap((row) => readModel(row) ?? []);
}
