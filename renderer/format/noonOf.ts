/** Noon of a date (`YYYY-MM-DD`) here: only its date is meant, whatever the zone. */
export function noonOf(day: string): number {
  return new Date(`${day}T12:00:00`).getTime();
}
