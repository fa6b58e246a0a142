/** The address of a web client as typed, brought to the form links are built on; null where it is none. */
export function clientSite(typed: string): string | null {
  const trimmed = typed.trim();
  const whole = /^[a-z][a-z\d+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  if (trimmed === '' || !URL.canParse(whole)) return null;
  const { protocol, username, password, origin, pathname } = new URL(whole);
  if (!/^https?:$/.test(protocol) || username !== '' || password !== '') return null;
  return `${origin}${pathname.replace(/\/+$/, '')}`;
}
