// Which service a path belongs to, and what of it is asked: one fake stands for all of them.
import type { UpstreamRequest } from './upstreamRequest.ts';

export type SurfaceName = 'openai' | 'azure' | 'anthropic' | 'gemini';

export interface Surface {
  readonly name: SurfaceName;
  /** Below the version: `/chat/completions`, `/messages`, `/models/x:generateContent`. */
  readonly path: string;
  /** Azure's dated surface alone. */
  readonly deployment: string | null;
}

const dated = /^\/openai\/deployments\/([^/]+)(\/.*)$/;

/** Which surface a request means; a base URL may carry the version or not. */
export function surfaceOf({ path, headers }: Pick<UpstreamRequest, 'path' | 'headers'>): Surface {
  const [, deployment, rest] = dated.exec(path) ?? [];
  if (deployment !== undefined && rest !== undefined)
    return { name: 'azure', path: rest, deployment: decodeURIComponent(deployment) };
  if (path.startsWith('/openai/'))
    return { name: 'azure', path: path.replace(/^\/openai(\/v1)?/, ''), deployment: null };
  const gemini = /^\/v1beta(\/.*)$/.exec(path)?.[1];
  if (gemini !== undefined) return { name: 'gemini', path: gemini, deployment: null };
  const plain = path.replace(/^(\/v1)+(?=\/)/, '');
  if (/^\/models\/[^/]+:\w+$/.test(plain)) return { name: 'gemini', path: plain, deployment: null };
  const anthropic = /^\/messages(\/|$)/.test(plain) || headers['anthropic-version'] !== undefined;
  return { name: anthropic ? 'anthropic' : 'openai', path: plain, deployment: null };
}

/** The credential where this service looks for it. */
export function credentialOf({ name }: Surface, request: UpstreamRequest): string | null {
  const { headers, query } = request;
  const bearer = /^Bearer\s+(.+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
  switch (name) {
    case 'anthropic':
      return headers['x-api-key'] ?? bearer;
    case 'azure':
      return headers['api-key'] ?? null;
    case 'gemini':
      return headers['x-goog-api-key'] ?? query.get('key');
    default:
      return request.key;
  }
}
