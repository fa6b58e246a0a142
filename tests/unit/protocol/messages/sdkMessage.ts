// What the official SDK makes of a stream.
import Anthropic from '@anthropic-ai/sdk';

const params = {
  model: 'any',
  max_tokens: 10,
  messages: [{ role: 'user' as const, content: 'Hello' }],
};

/** `chunks`: the bytes as the network may deliver them. Rejects where the SDK does. */
export async function sdkMessage(chunks: readonly Buffer[]): Promise<Anthropic.Message> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  const client = new Anthropic({
    apiKey: 'test',
    maxRetries: 0,
    fetch: async () => new Response(body, { headers: { 'content-type': 'text/event-stream' } }),
  });
  return client.messages.stream(params).finalMessage();
}
