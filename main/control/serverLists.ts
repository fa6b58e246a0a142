// What may stand in the lists of hosts and sites that are let in. A hand-written file may hold more; the window is told what is wrong.
import { InputInvalidError } from './controlErrors.ts';

/** `http(s)://host[:port]` as a browser writes it, or an InputInvalidError at the path. */
export function webOrigin(text: string, path: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.origin !== text.toLowerCase())
    throw new InputInvalidError(path, 'must be a web origin, such as https://app.example.com');
  return url.origin;
}

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const hostShape = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[0-9a-f:.]+\\])(?::\\d{1,5})?$`);

/** `name` or `name:port` in lower case, or an InputInvalidError at the path. */
export function hostName(text: string, path: string): string {
  const host = text.trim().toLowerCase();
  if (!hostShape.test(host))
    throw new InputInvalidError(path, 'must be a host name, such as gateway.lan or gateway.lan:8282');
  return host;
}
