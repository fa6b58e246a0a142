/** One event: named twice, as SDKs read the one or the other; every event has its number, from 0 on. */
export function responsesEvent(type: string, sequence: number, fields: Record<string, unknown>): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequence, ...fields })}\n\n`;
}
