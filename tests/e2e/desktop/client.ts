// A client of the gateway as any program would be one.

export const clientKey = 'sluice-desktop-walk-key-4f2a';

/** Status and body of a chat; status 0 where nobody listens. */
export async function chat(
  base: string | null,
  body: Record<string, unknown> = {},
): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(`${base}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${clientKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'demo', messages: [{ role: 'user', content: 'hello' }], ...body }),
      signal: AbortSignal.timeout(120_000),
    });
    return { status: response.status, text: await response.text() };
  } catch {
    return { status: 0, text: '' };
  }
}

/** Whether somebody answers there. */
export async function answers(base: string | null): Promise<boolean> {
  try {
    return (await fetch(`${base}/health`, { signal: AbortSignal.timeout(15_000) })).ok;
  } catch {
    return false;
  }
}
