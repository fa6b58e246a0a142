// Brings the paths that clients are configured with to the one form the routes know: `/v1/…`, once. It never touches the query.

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

/**
 * `/chat/completions`, `/v1/v1/models`, `//v1/models/`, `/openai/v1/…` -> `/v1/…`. Base URLs pasted whole are understood too:
 * `/v1/chat/completions/models` -> `/v1/models`.
 */
export function rewriteUrl(url: string): string {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  // By far most requests: nothing to do.
  if (path.startsWith('/v1/c') && path === '/v1/chat/completions') return url;
  let parts = path.split('/').filter((part) => part !== '');
  if (parts[0] === 'openai' && parts[1] === 'v1') parts = parts.slice(1);
  while (parts[0] === 'v1' && parts[1] === 'v1') parts = parts.slice(1);
  if (parts[0] === 'v1' && parts[1] === 'v1beta') parts = parts.slice(1);
  if (parts[0] !== undefined && apiRoots.has(parts[0])) parts = ['v1', ...parts];
  if (parts[0] === 'v1' && parts[1] === 'chat' && parts[2] === 'completions' && parts.length > 3) {
    parts = ['v1', ...parts.slice(3).filter((part, index) => !(index === 0 && part === 'v1'))];
  }
  return `/${parts.join('/')}${mark < 0 ? '' : url.slice(mark)}`;
}
