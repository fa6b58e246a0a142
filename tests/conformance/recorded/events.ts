/** One server-sent event as it stood on the wire. */
export interface WireEvent {
  readonly name: string | null;
  readonly data: Record<string, unknown>;
}

/** Splits a whole stream into its events; fails on whatever a strict reader would trip over. `\n\n` must end every block. */
export function readEvents(body: string): WireEvent[] {
  if (!/(\n\n|\r\n\r\n)$/.test(body)) throw new Error('bytes are left over after the last event');
  return body
    .split(/\r?\n\r?\n/)
    .filter((block) => block !== '')
    .flatMap((block): WireEvent[] => {
      const lines = block.split(/\r?\n/);
      if (lines.every((line) => line.startsWith(':'))) return [];
      const [name, data, ...more] = ['event: ', 'data: '].map(
        (prefix) => lines.find((line) => line.startsWith(prefix))?.slice(prefix.length) ?? null,
      );
      const known = lines.filter((line) => /^(event|data): /.test(line));
      if (known.length !== lines.length || more.length > 0)
        throw new Error(`an event has other lines than event and data: ${block}`);
      if (data === null || data === undefined || data === '')
        throw new Error(`an event without data: ${block}`);
      return [{ name: name ?? null, data: JSON.parse(data) as Record<string, unknown> }];
    });
}
