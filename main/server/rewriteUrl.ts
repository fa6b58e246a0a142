// Brings the paths that clients are configured with to the forms the routes know: `/v1/…` and `/v1beta/models/…`. It never touches the query.

const apiRoots = new Set([
  'chat',
  'completions',
  'embeddings',
  'moderations',
  'images',
  'audio',
  'rerank',
  'models',
  'responses',
  'messages',
  'status',
]);

const geminiMethod =
  /:(?:generateContent|streamGenerateContent|countTokens|embedContent|batchEmbedContents)$/;

/** What comes before the version part when a provider's own base URL was imitated: `/openai/v1/…`, `/anthropic/v1/…`. */
const providerRoots = new Set(['openai', 'anthropic', 'gemini']);

/** `deployments/NAME/chat/completions` -> `chat/completions`: Azure's clients name the model in the body as well. */
function withoutDeployment(parts: string[]): string[] {
  return parts[0] === 'deployments' && parts.length > 2 ? parts.slice(2) : parts;
}

function isVersion(part: string | undefined): boolean {
  return part === 'v1' || part === 'v1beta';
}

function canonical(path: string): string[] {
  let parts = path.split('/').filter((part) => part !== '');
  if (parts[0] !== undefined && providerRoots.has(parts[0]) && parts.length > 1)
    parts = withoutDeployment(parts.slice(1));
  let version: string | null = null;
  while (isVersion(parts[0]) && parts.length > 1) {
    version = parts[0] as string;
    parts = parts.slice(1);
    // Gemini's OpenAI-compatible base ends so.
    if (version === 'v1beta' && parts[0] === 'openai') {
      version = 'v1';
      parts = parts.slice(1);
    }
  }
  if (geminiMethod.test(parts.at(-1) ?? '')) return ['v1beta', ...parts];
  if (version === null && (parts[0] === undefined || !apiRoots.has(parts[0]))) return parts;
  // A whole URL pasted as the base: `/v1/chat/completions/models`.
  if (parts[0] === 'chat' && parts[1] === 'completions' && parts.length > 2)
    parts = parts.slice(isVersion(parts[2]) ? 3 : 2);
  return [version === 'v1beta' && parts[0] === 'models' ? 'v1beta' : 'v1', ...parts];
}

/**
 * `/chat/completions`, `/v1/v1/models`, `//v1/models/`, `/openai/v1/…`, `/anthropic/v1/messages`, `/v1beta/openai/…` -> `/v1/…`;
 * `/v1/v1beta/models/M:generateContent`, `/v1/models/M:generateContent` -> `/v1beta/models/M:generateContent`.
 */
export function rewriteUrl(url: string): string {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  // By far most requests: nothing to do.
  if (path.startsWith('/v1/c') && path === '/v1/chat/completions') return url;
  return `/${canonical(path).join('/')}${mark < 0 ? '' : url.slice(mark)}`;
}
