import type { ModelListing } from '../contract/modelListing.ts';
import { type Fields, isFields } from '../protocol/hub/reader.ts';
import { readOpenaiModels } from './readOpenaiModels.ts';

const supports = (capabilities: Fields, name: string): boolean => {
  const capability = capabilities[name];
  return isFields(capability) && capability.supported === true;
};

/** ModelInfo of Anthropic's Models API: `max_input_tokens`, `max_tokens` and `capabilities` may be null or absent. */
function withCapabilities(listing: ModelListing, model: Fields): ModelListing {
  const { capabilities, max_tokens: output } = model;
  const outputTokens = typeof output === 'number' && output > 0 ? output : listing.outputTokens;
  if (!isFields(capabilities)) return { ...listing, outputTokens };
  const inputModalities = [
    'text',
    ...(supports(capabilities, 'image_input') ? ['image'] : []),
    ...(supports(capabilities, 'pdf_input') ? ['file'] : []),
  ];
  const supportedParameters = [
    // No flag of its own: every model of the Messages API takes tools.
    'tools',
    'tool_choice',
    ...(supports(capabilities, 'structured_outputs') ? ['structured_outputs', 'response_format'] : []),
    ...(supports(capabilities, 'thinking') ? ['reasoning', 'include_reasoning'] : []),
  ];
  return { ...listing, outputTokens, inputModalities, supportedParameters };
}

/** `{data:[…], has_more:true, last_id:"x"}`. */
export function nextAnthropicPage(body: Buffer): string | null {
  const answer = JSON.parse(body.toString('utf8')) as unknown;
  if (!isFields(answer) || answer.has_more !== true || typeof answer.last_id !== 'string') return null;
  return `after_id=${encodeURIComponent(answer.last_id)}`;
}

/** Throws Error where the body holds no list. */
export function readAnthropicModels(body: Buffer): ModelListing[] {
  const answer = JSON.parse(body.toString('utf8')) as unknown;
  const data = isFields(answer) && Array.isArray(answer.data) ? answer.data : [];
  const models = new Map(
    data.filter(isFields).map((model): [unknown, Fields] => [String(model.id).trim(), model]),
  );
  return readOpenaiModels(body).map((listing) => withCapabilities(listing, models.get(listing.id) ?? {}));
}
