import { type ModelListing, plainListing } from '../contract/modelListing.ts';
import { type Fields, isFields } from '../protocol/hub/reader.ts';

/** The first of these members that is a positive number. Tokens. */
function tokens(model: Fields, ...names: string[]): number | null {
  for (const name of names) {
    const value = model[name];
    if (typeof value === 'number' && Number.isFinite(value) && value > 0) return Math.round(value);
  }
  return null;
}

function strings(value: unknown): string[] | null {
  if (!Array.isArray(value)) return null;
  const list = value.filter((item): item is string => typeof item === 'string' && item !== '');
  return list.length > 0 ? list : null;
}

const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

/** Mistral and Moonshot say in flags what others say in lists. */
function flagged(model: Fields): { input: string[] | null; parameters: string[] | null } {
  const { vision, function_calling: calls, reasoning } = fieldsOf(model.capabilities);
  const sees = vision ?? model.supports_image_in;
  const input = typeof sees === 'boolean' ? ['text', ...(sees ? ['image'] : [])] : null;
  const known = typeof calls === 'boolean' || typeof reasoning === 'boolean';
  const parameters = [
    ...(calls === true ? ['tools', 'tool_choice'] : []),
    ...(reasoning === true ? ['reasoning'] : []),
  ];
  return { input, parameters: known ? parameters : null };
}

/** The richer lists that are about: OpenRouter, vLLM, Groq, Mistral, Together, LM Studio, Moonshot; the last is Anthropic's name. */
function readModel(model: unknown): ModelListing | null {
  if (typeof model === 'string') return model.trim() === '' ? null : plainListing(model.trim());
  if (!isFields(model) || typeof model.id !== 'string' || model.id.trim() === '') return null;
  const id = model.id.trim();
  const name = [model.name, model.display_name].find(
    (text): text is string => typeof text === 'string' && text.trim() !== '' && text.trim() !== id,
  );
  const flags = flagged(model);
  return {
    id,
    name: name?.trim() ?? null,
    contextTokens: tokens(
      model,
      ...['context_length', 'context_window', 'max_model_len', 'max_context_length', 'max_input_tokens'],
    ),
    outputTokens:
      tokens(model, 'max_completion_tokens', 'max_output_tokens', 'max_output_length') ??
      tokens(fieldsOf(model.top_provider), 'max_completion_tokens'),
    inputModalities:
      strings(fieldsOf(model.architecture).input_modalities) ??
      strings(model.input_modalities) ??
      flags.input,
    supportedParameters: strings(model.supported_parameters) ?? flags.parameters,
  };
}

/** `{data:[…]}` or a bare list, of objects or of names. Throws Error where it is neither. */
export function readOpenaiModels(body: Buffer): ModelListing[] {
  const answer = JSON.parse(body.toString('utf8')) as unknown;
  const list = Array.isArray(answer) ? answer : fieldsOf(answer).data;
  if (!Array.isArray(list)) throw new Error('the answer holds no list of models');
  return list.map(readModel).filter((listing) => listing !== null);
}
