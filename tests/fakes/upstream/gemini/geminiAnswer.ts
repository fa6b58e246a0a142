// Gemini as the service answers: whole parts, thoughts marked, calls in one piece with the thoughts' signature on the first, usage in every chunk.
import type { Content, Part } from '@google/genai';
import { type Answer, dataStreamAnswer, jsonAnswer } from '../answer.ts';
import type { Json } from '../asked.ts';
import type { Reply } from '../reply.ts';
import { seal } from '../seal.ts';
import { tokensOf } from '../tokens.ts';
import { callSeal } from './geminiRules.ts';
import { alwaysThinks } from './readGemini.ts';

function callParts(reply: Reply): Part[] {
  const signs = alwaysThinks.test(reply.model);
  return reply.calls.map(({ name, arguments: json }, index) => {
    const args = JSON.parse(json) as Record<string, unknown>;
    const id = `fc_${reply.id}_${index + 1}`;
    return {
      functionCall: { name, args, ...(signs ? { id } : {}) },
      ...(signs && index === 0 ? { thoughtSignature: callSeal({ name, args }) } : {}),
    };
  });
}

function usageFor({ usage }: Reply, done: boolean) {
  const said = done ? usage.output - usage.reasoning : 0;
  return {
    promptTokenCount: usage.input,
    ...(done ? { candidatesTokenCount: said } : {}),
    totalTokenCount: usage.input + usage.reasoning + said,
    ...(usage.cached > 0 ? { cachedContentTokenCount: usage.cached } : {}),
    promptTokensDetails: [{ modality: 'TEXT', tokenCount: usage.input }],
    ...(usage.reasoning > 0 ? { thoughtsTokenCount: usage.reasoning } : {}),
  };
}

function answerOf(reply: Reply, parts: readonly Part[], finishReason: string | null): Json {
  const content: Content = { parts: [...parts], role: 'model' };
  return {
    candidates: [{ content, ...(finishReason ? { finishReason } : {}), index: 0 }],
    usageMetadata: usageFor(reply, finishReason !== null),
    modelVersion: reply.model,
    responseId: `fake-${reply.id}`,
  };
}

/** Where no call carries it, the signature of the thoughts ends the text. */
function closingParts(reply: Reply): Part[] {
  const signed = alwaysThinks.test(reply.model) && reply.calls.length === 0;
  return signed ? [{ text: '', thoughtSignature: seal('gemini', reply.text) }] : [];
}

export function geminiAnswer(reply: Reply, form: 'whole' | 'events' | 'array'): Answer {
  const finish = reply.finish === 'length' ? 'MAX_TOKENS' : 'STOP';
  const calls = callParts(reply);
  const shown = reply.shown ? (reply.reasoning ?? '') : '';
  if (form === 'whole') {
    const thoughts = shown === '' ? [] : [{ text: shown, thought: true }];
    const [closing] = closingParts(reply);
    const text = reply.text === '' ? [] : [{ ...closing, text: reply.text }];
    return jsonAnswer(answerOf(reply, [...thoughts, ...text, ...calls], finish));
  }
  const pieces: Part[][] = [
    ...tokensOf(shown).map((text) => [{ text, thought: true }]),
    ...tokensOf(reply.text).map((text) => [{ text }]),
    ...calls.map((call) => [call]),
  ];
  const closing = closingParts(reply);
  const chunks = [
    ...pieces.map((parts) => answerOf(reply, parts, null)),
    answerOf(reply, closing.length > 0 ? closing : [{ text: '' }], finish),
  ];
  return form === 'array' ? jsonAnswer(chunks) : dataStreamAnswer(chunks);
}

export function geminiModel(id: string): Json {
  return {
    name: `models/${id}`,
    version: '001',
    displayName: `Fake ${id}`,
    inputTokenLimit: 1_048_576,
    outputTokenLimit: 65_536,
    supportedGenerationMethods: id.includes('embedding')
      ? ['embedContent', 'batchEmbedContents']
      : ['generateContent', 'countTokens'],
  };
}
