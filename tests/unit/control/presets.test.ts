import { describe, expect, it } from 'vitest';
import { endpointSchema } from '../../../main/contract/schemas/endpoint.ts';
import { endpointPresets } from '../../../main/control/presets.ts';

describe('presets', () => {
  const presets = endpointPresets();

  it('cover the providers people use', () => {
    expect(presets.map(({ id }) => id).sort()).toEqual(
      [
        'anthropic',
        'azure',
        'deepseek',
        'demo',
        'gemini',
        'groq',
        'lmstudio',
        'mistral',
        'moonshot',
        'ollama',
        'ondemand',
        'openai',
        'openrouter',
        'other',
        'qwen',
        'siliconflow',
        'xai',
        'zhipu',
      ].sort(),
    );
  });

  it.each(presets.map((preset) => [preset.id, preset] as const))(
    '%s makes a whole endpoint',
    (id, preset) => {
      if (id === 'other') {
        expect(preset.baseUrl).toBe('');
        return;
      }
      const { name, kind, baseUrl, models, modelMapping } = preset;
      expect(endpointSchema.parse({ id, name, kind, baseUrl, models, modelMapping })).toMatchObject({
        id,
        baseUrl,
        modelMapping,
      });
    },
  );

  it('send people to https pages for keys, and only where a key is needed', () => {
    for (const { id, keysUrl, needsKey } of presets) {
      expect(keysUrl !== null, id).toBe(needsKey);
      if (keysUrl !== null) expect(new URL(keysUrl).protocol, id).toBe('https:');
    }
  });

  it('know on-demand.io’s models by the names that clients use', () => {
    const { modelMapping = {} } = presets.find(({ id }) => id === 'ondemand') ?? {};
    expect(modelMapping).toMatchObject({
      'gpt-4o': 'predefined-openai-gpt4o',
      'gemini-2.5-pro': 'predefined-gemini-2.5-pro-preview',
    });
    expect(Object.values(modelMapping).every((id) => id.startsWith('predefined-'))).toBe(true);
  });

  it('leave this machine by https only', () => {
    for (const { id, baseUrl } of presets) {
      if (baseUrl.startsWith('http:')) expect(new URL(baseUrl).hostname, id).toBe('localhost');
    }
  });
});
