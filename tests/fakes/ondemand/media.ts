// Uploaded files: nothing is fetched, what a file says is made up from its name.
import { type Answer, jsonAnswer } from '../upstream/answer.ts';
import type { UpstreamRequest } from '../upstream/upstreamRequest.ts';
import { invalidRequest, notFound } from './refusal.ts';
import { newId } from './sessions.ts';

const mimeTypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  pdf: 'application/pdf',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
};

interface Upload {
  readonly source: string;
  readonly name: string;
  readonly mode: string | null;
  readonly sessionId: string | null;
  readonly plugins: boolean;
}

export interface MediaStore {
  /** `attach` puts the file into its session; false where the account has no such session. */
  upload(
    request: UpstreamRequest,
    account: string,
    attach: (sessionId: string, name: string) => boolean,
  ): Answer;
  read(id: string | null, account: string): Answer;
  remove(id: string | null, account: string): Answer;
  clear(): void;
}

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);

/** By address, or as a form; null where neither is there. */
function uploadOf({ json, form, path }: UpstreamRequest): Upload | null {
  if (!path.endsWith('/raw')) {
    const url = textOf(json?.url);
    if (url === null) return null;
    return {
      source: url,
      name: textOf(json?.name) ?? url.replace(/^.*\//, ''),
      mode: textOf(json?.responseMode),
      sessionId: textOf(json?.sessionId),
      plugins: Array.isArray(json?.plugins),
    };
  }
  const field = (wanted: string) => form?.find(({ name }) => name === wanted);
  const file = field('file');
  if (!file) return null;
  const name = field('name')?.bytes.toString('utf8') ?? 'file';
  return {
    source: name,
    name,
    mode: field('responseMode')?.bytes.toString('utf8') ?? null,
    sessionId: field('sessionId')?.bytes.toString('utf8') ?? null,
    plugins: field('plugins') !== undefined,
  };
}

export function createMediaStore(): MediaStore {
  const files = new Map<string, { account: string; view: object }>();
  const found = (id: string | null, account: string) => {
    const file = id === null ? undefined : files.get(id);
    return file?.account === account ? file : null;
  };
  return {
    upload(request, account, attach) {
      const upload = uploadOf(request);
      if (!upload)
        return invalidRequest(request.path.endsWith('/raw') ? 'file is required' : 'url is required');
      if (!upload.plugins) return invalidRequest('plugins is required');
      if (upload.mode !== 'sync' && upload.mode !== 'webhook')
        return invalidRequest('responseMode must be one of sync, webhook');
      if (upload.sessionId !== null && !attach(upload.sessionId, upload.name)) return notFound();
      const id = newId();
      const view = {
        id,
        url: upload.source,
        source: 'api',
        name: upload.name,
        mimeType: mimeTypes[upload.name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
        context: `The file is called ${upload.name}.`,
        extractedText: `Text of ${upload.name}`,
        actionStatus: upload.mode === 'sync' ? 'completed' : 'processing',
        failedReason: '',
      };
      files.set(id, { account, view });
      return jsonAnswer({ message: 'Media Created', data: view }, 201);
    },
    read(id, account) {
      const file = found(id, account);
      return file ? jsonAnswer({ message: 'Media fetched successfully', data: file.view }) : notFound();
    },
    remove(id, account) {
      if (id === null || !found(id, account)) return notFound();
      files.delete(id);
      return jsonAnswer({ message: 'Media deleted successfully' });
    },
    clear: () => files.clear(),
  };
}
