import type { Reply } from '../../fakes/upstream/reply.ts';

/** A reply as a model gives it that has nothing but text: its calls in the form that it was shown. */
export function writeSaid({ text, calls }: Pick<Reply, 'text' | 'calls'>, form: string | null): string {
  if (calls.length > 0 && form === null) throw new Error('nobody showed how tools are called');
  const written = calls.map((call) =>
    (form ?? '').replace('NAME', call.name).replace(/\{.*\}/, () => call.arguments),
  );
  return [...(text === '' ? [] : [text]), ...written].join('\n');
}
