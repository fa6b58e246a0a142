import { describe, expect, it } from 'vitest';
import { editMultipart, readMultipart } from '../../../main/protocol/multipart.ts';

async function form(fields: Record<string, string | Blob>): Promise<{ body: Buffer; contentType: string }> {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') data.set(name, value);
    else data.set(name, value, 'model.bin');
  }
  const response = new Response(data);
  return {
    body: Buffer.from(await response.arrayBuffer()),
    contentType: response.headers.get('content-type') ?? '',
  };
}

async function parse(body: Buffer, contentType: string): Promise<FormData> {
  return new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
}

describe('multipart', () => {
  it('finds the model among files and replaces only it', async () => {
    const file = new Uint8Array(70_000).map((_, index) => (index * 31) % 256);
    const { body, contentType } = await form({
      file: new Blob([file]),
      model: 'whisper-1',
      stream: 'true',
      language: 'de',
    });
    const envelope = readMultipart(body, contentType);
    expect(envelope).toMatchObject({ model: 'whisper-1', stream: true });
    const changed = await parse(editMultipart(envelope, 'whisper-large-v3'), contentType);
    expect(changed.get('model')).toBe('whisper-large-v3');
    expect(changed.get('language')).toBe('de');
    expect(new Uint8Array(await (changed.get('file') as File).arrayBuffer())).toEqual(file);
    expect(editMultipart(envelope, 'whisper-1')).toBe(body);
  });

  it('is not fooled by a file that is called model', async () => {
    const { body, contentType } = await form({
      file: new Blob(['Content-Disposition: form-data; name="model"\r\n\r\nfake\r\n']),
      model: 'real',
    });
    expect(readMultipart(body, contentType).model).toBe('real');
  });

  it('refuses a form without a model or a boundary', async () => {
    const { body, contentType } = await form({ file: new Blob(['x']) });
    expect(() => readMultipart(body, contentType)).toThrow(
      expect.objectContaining({ code: 'invalid_request', param: 'model' }),
    );
    expect(() => readMultipart(body, 'multipart/form-data')).toThrow(
      expect.objectContaining({ code: 'invalid_request' }),
    );
  });
});
