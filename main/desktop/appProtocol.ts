// Answers app://sluice/ from the folder of the built page: GET of known file types inside it, else 404. No Electron here.
import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { contentSecurityPolicy } from '../base/contentSecurityPolicy.ts';

export const appScheme = 'app';
export const appOrigin = 'app://sluice';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

const headers = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** The file an address means, as a path relative to the page's folder; null where it means none. */
export function filePathOf(address: string): string | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol !== `${appScheme}:` || url.host !== 'sluice') return null;
  let decoded: string;
  try {
    decoded = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  if (/[\0\\:]/.test(decoded)) return null;
  return decoded === '/' ? 'index.html' : decoded.slice(1);
}

/** Whether `file` lies in `folder`; both absolute and free of symbolic links. */
function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '' && !path.isAbsolute(relative) && relative.split(path.sep)[0] !== '..';
}

async function contentOf(root: string, relative: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const wanted = path.resolve(root, relative);
  if (!isInside(root, wanted)) return null;
  try {
    const file = await realpath(wanted);
    return isInside(await realpath(root), file) ? new Uint8Array(await readFile(file)) : null;
  } catch {
    return null;
  }
}

/** The handler for `protocol.handle`; `root` is the absolute path of the built page. */
export function createAppProtocol(root: string): (request: Request) => Promise<Response> {
  const refuse = (status: number, text: string) =>
    new Response(text, { status, headers: { ...headers, 'content-type': 'text/plain' } });
  const notFound = () => refuse(404, 'There is no such file.');
  return async (request) => {
    if (request.method !== 'GET') return refuse(405, 'Only GET is answered here.');
    const relative = filePathOf(request.url);
    const type = relative === null ? undefined : contentTypes[path.extname(relative).toLowerCase()];
    if (relative === null || type === undefined) return notFound();
    const content = await contentOf(root, relative);
    return content
      ? new Response(content, { status: 200, headers: { ...headers, 'content-type': type } })
      : notFound();
  };
}
