import { describe, expect, it } from 'vitest';
import { ondemandModelMapping, ondemandModels } from '../../../main/contract/ondemandModels.ts';

describe("on-demand.io's models", () => {
  it('have one meaning a name', () => {
    const names = ondemandModels.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => name !== name.toLowerCase() || /\s/.test(name))).toEqual([]);
  });

  it.each([
    ['gpt-4o', 'predefined-openai-gpt4o'],
    ['gpt-4-turbo', 'predefined-openai-gpt4.1'],
    ['gpto3-mini', 'predefined-openai-gpto3-mini'],
    ['gpt-o3-mini', 'predefined-openai-gpto3-mini'],
    ['gpt-3.5-turbo', 'predefined-openai-gpto3-mini'],
    ['claude-3.5-sonnet', 'predefined-claude-3.7-sonnet'],
    ['gemini-1.5-pro', 'predefined-gemini-2.0-flash'],
    ['gemini-2.5-pro', 'predefined-gemini-2.5-pro-preview'],
    ['grok-4', 'predefined-xai-grok4'],
    ['kimi-k3', 'predefined-kimi-k3'],
    ['muse_spark_1.3', 'predefined-muse_spark_1.3'],
  ])('"%s" is %s', (name, endpointId) => {
    expect(ondemandModelMapping()[name]).toBe(endpointId);
  });

  it('are marked where they are no longer served, whatever they are called', () => {
    const active = new Map(ondemandModels.map(({ name, active: served }) => [name, served]));
    expect([active.get('gpt-4o'), active.get('gpt-4-turbo'), active.get('claude-sonnet-5')]).toEqual([
      false,
      false,
      true,
    ]);
  });
});
