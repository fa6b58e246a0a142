// `generationConfig` -> the hub's sampling, output, reasoning and limits.
import { GatewayError } from '../../base/gatewayError.ts';
import {
  type Fields,
  optionalBoolean,
  optionalFields,
  optionalList,
  optionalNumber,
  optionalText,
  wrongField,
} from '../hub/reader.ts';
import type { Effort, JsonObject, OutputFormat, ReasoningWish, Sampling, Turn } from '../hub/turn.ts';
import { optionalMembers } from './geminiFields.ts';
import { toJsonSchema } from './toJsonSchema.ts';

const path = 'generationConfig.';

const levels: Readonly<Record<string, Effort>> = {
  MINIMAL: 'minimal',
  LOW: 'low',
  MEDIUM: 'medium',
  HIGH: 'high',
};

function refuse(param: string, message: string): GatewayError {
  return new GatewayError('invalid_request', message, { param });
}

function readSampling(config: Fields): Sampling {
  return {
    temperature: optionalNumber(config, 'temperature', path),
    topP: optionalNumber(config, 'topP', path),
    topK: optionalNumber(config, 'topK', path),
    presencePenalty: optionalNumber(config, 'presencePenalty', path),
    frequencyPenalty: optionalNumber(config, 'frequencyPenalty', path),
    seed: optionalNumber(config, 'seed', path),
    logprobs: optionalBoolean(config, 'responseLogprobs', path),
    topLogprobs: optionalNumber(config, 'logprobs', path),
    logitBias: null,
    candidates: optionalNumber(config, 'candidateCount', path),
  };
}

function readOutput(config: Fields): OutputFormat | null {
  const type = optionalText(config, 'responseMimeType', path)?.toLowerCase() ?? null;
  if (type !== null && type !== '' && type !== 'application/json' && type !== 'text/plain')
    throw refuse(
      `${path}responseMimeType`,
      `"${path}responseMimeType" "${type}" is known to Gemini's own endpoints alone: ask for application/json with a schema, or for text/plain.`,
    );
  if (type === 'text/plain') return null;
  const jsonSchema = optionalFields(config, 'responseJsonSchema', path) as JsonObject | null;
  const own = optionalFields(config, 'responseSchema', path);
  const schema = jsonSchema ?? (own ? toJsonSchema(own) : null);
  if (schema) return { type: 'schema', name: null, description: null, schema, strict: null };
  return type === 'application/json' ? { type: 'json' } : null;
}

function readReasoning(config: Fields): ReasoningWish | null {
  const thinking = optionalMembers(config, 'thinkingConfig', path);
  if (!thinking) return null;
  const at = `${path}thinkingConfig.`;
  const level = optionalText(thinking, 'thinkingLevel', at)?.toUpperCase() ?? null;
  const effort = level === null || level === 'THINKING_LEVEL_UNSPECIFIED' ? null : levels[level];
  if (effort === undefined) throw wrongField(`${at}thinkingLevel`, 'MINIMAL, LOW, MEDIUM or HIGH');
  const budgetTokens = optionalNumber(thinking, 'thinkingBudget', at);
  const visible = optionalBoolean(thinking, 'includeThoughts', at);
  return { effort, budgetTokens, adaptive: budgetTokens === -1, visible };
}

function checkModalities(config: Fields): void {
  const other = optionalList(config, 'responseModalities', path).find(
    (modality) => !['TEXT', 'MODALITY_UNSPECIFIED'].includes(String(modality).toUpperCase()),
  );
  if (other === undefined) return;
  throw refuse(
    `${path}responseModalities`,
    `Only an endpoint of kind "gemini" can answer with ${String(other)}: use one, or ask for TEXT alone in "${path}responseModalities".`,
  );
}

const known = new Set([
  ...[
    'temperature',
    'topP',
    'topK',
    'presencePenalty',
    'frequencyPenalty',
    'seed',
    'responseLogprobs',
    'logprobs',
  ],
  ...[
    'candidateCount',
    'maxOutputTokens',
    'stopSequences',
    'responseMimeType',
    'responseSchema',
    'responseJsonSchema',
  ],
  ...['thinkingConfig', 'responseModalities'],
]);

export type DecodedConfig = Pick<
  Turn,
  'sampling' | 'output' | 'reasoning' | 'maxTokens' | 'stop' | 'dropped'
>;

/** Throws GatewayError `invalid_request`; what no other dialect knows is named in `dropped`. */
export function decodeConfig(request: Fields): DecodedConfig {
  const config = optionalMembers(request, 'generationConfig') ?? {};
  checkModalities(config);
  const maxTokens = optionalNumber(config, 'maxOutputTokens', path);
  return {
    sampling: readSampling(config),
    output: readOutput(config),
    reasoning: readReasoning(config),
    maxTokens: maxTokens === 0 ? null : maxTokens,
    stop: optionalList(config, 'stopSequences', path).filter((text) => typeof text === 'string'),
    dropped: Object.keys(config).filter((name) => !known.has(name) && config[name] !== null),
  };
}
