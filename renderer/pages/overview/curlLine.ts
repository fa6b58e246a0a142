/** The first request as a line to paste into a terminal of this system. `key` null leaves a placeholder to fill in. */
export function curlLine(options: {
  windows: boolean;
  address: string;
  key: string | null;
  model: string;
  text: string;
}): string {
  const { windows, address, model, text } = options;
  const key = options.key ?? 'YOUR_KEY';
  const body = JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: text }] });
  const quote = (part: string) =>
    windows ? `"${part.replaceAll('"', '\\"')}"` : `'${part.replaceAll("'", "'\\''")}'`;
  const next = windows ? ' ^\n  ' : ' \\\n  ';
  return [
    `curl -N ${address}/chat/completions`,
    `-H ${quote(`Authorization: Bearer ${key}`)}`,
    `-H ${quote('Content-Type: application/json')}`,
    `-d ${quote(body)}`,
  ].join(next);
}
