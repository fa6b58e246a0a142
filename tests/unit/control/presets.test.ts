import { describe, expect, it } from 'vitest';
import { mendBaseUrl } from '../../../main/contract/mendBaseUrl.ts';
import { endpointSchema } from '../../../main/contract/schemas/endpoint.ts';
import { endpointPresets } from '../../../main/control/presets.ts';

describe('presets', () => {
  const presets = endpointPresets();

  it('cover the providers people use, each once', () => {
    const ids = presets.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const used =
      'anthropic azure cerebras cohere deepseek demo fireworks gemini github groq hunyuan lmstudio minimax mistral modelscope moonshot newapi nvidia ollama ondemand openai openrouter other qianfan qwen siliconflow stepfun together volcengine xai zhipu';
    expect(ids).toEqual(expect.arrayContaining(used.split(' ')));
  });

  it('are what the base URL would be mended to', () => {
    for (const { baseUrl, kind, id } of presets) expect(mendBaseUrl(baseUrl, kind).slips, id).toEqual([]);
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
    for (const { id, keysUrl, needsKey, group } of presets) {
      expect(keysUrl !== null, id).toBe(needsKey && group !== 'local');
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
