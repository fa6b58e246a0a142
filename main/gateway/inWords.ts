/** A span of milliseconds as messages to callers write it, e.g. `42 s` or `20 min`. */
export function inWords(ms: number): string {
  if (ms < 90_000) return `${Math.max(1, Math.ceil(ms / 1_000))} s`;
  if (ms < 5_400_000) return `${Math.ceil(ms / 60_000)} min`;
  return `${Math.round(ms / 3_600_000)} h`;
}
