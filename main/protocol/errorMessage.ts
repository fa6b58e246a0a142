import { describeForeignBody } from './foreignBody.ts';

/** The message in an error body of any of the usual shapes, else its first words. */
export function errorMessageOf(body: Buffer, status: number): string {
  try {
    const parsed = JSON.parse(body.toString('utf8')) as {
      error?: unknown;
      message?: unknown;
      detail?: unknown;
    } | null;
    const error = parsed?.error;
    const found =
      typeof error === 'string'
        ? error
        : ((error as { message?: unknown } | undefined)?.message ?? parsed?.message ?? parsed?.detail);
    if (typeof found === 'string' && found !== '') return found;
    return body.toString('utf8', 0, 300);
  } catch {
    return body.length === 0 ? `status ${status} without a word` : describeForeignBody(body);
  }
}
