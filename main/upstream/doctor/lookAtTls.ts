// Shakes hands with a server and judges its certificate, also one that is not trusted: nothing is sent over such a connection.
import { isIP, type Socket } from 'node:net';
import { connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import { type Finding, failed, passed } from './finding.ts';
import { whenReady } from './openTunnel.ts';

/** Tools and boxes that open TLS on its way and show a certificate of their own. */
const interceptors =
  /clash|mihomo|charles|fiddler|mitmproxy|proxyman|surge|stash|whistle|reqable|burp|zscaler|netskope|fortinet|fortigate|palo alto|blue ?coat|symantec web|cisco umbrella|sophos|kaspersky|eset|avast|avg|bitdefender|adguard|nextdns|sangfor|深信服|奇安信|360|lightspeed|untangle|squid/i;

const day = (text: string | undefined): string => {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? '?' : new Date(time).toISOString().slice(0, 10);
};

const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

const nameOf = (part: PeerCertificate['issuer'] | undefined): string =>
  [one(part?.O), one(part?.CN)].filter((name) => name !== undefined && name !== '').join(' · ') || '?';

function namesOf(certificate: PeerCertificate): string {
  const alternatives = (certificate.subjectaltname ?? '')
    .split(', ')
    .map((name) => name.replace(/^(?:DNS|IP Address):/, ''))
    .filter(Boolean);
  const names = alternatives.length > 0 ? alternatives : [one(certificate.subject?.CN) ?? '?'];
  return names.slice(0, 4).join(', ');
}

function judge(socket: TLSSocket, host: string, now: number): Finding {
  const certificate = socket.getPeerCertificate();
  const issuer = nameOf(certificate.issuer);
  const facts = {
    host,
    issuer,
    names: namesOf(certificate),
    validFrom: day(certificate.valid_from),
    validTo: day(certificate.valid_to),
  };
  if (socket.authorized) return passed('tls-ok', facts);
  const said = String(socket.authorizationError ?? '');
  // The clock's word goes first: an expired certificate is often self-signed too, and renewing it is what helps.
  if (Date.parse(certificate.valid_to ?? '') < now) return failed('tls-expired', { facts, said });
  if (Date.parse(certificate.valid_from ?? '') > now) return failed('tls-early', { facts, said });
  if (interceptors.test(issuer)) return failed('tls-intercepted', { facts, said });
  if (/ALTNAME/.test(said)) return failed('tls-wrong-host', { facts, said: null });
  if (said === 'DEPTH_ZERO_SELF_SIGNED_CERT') return failed('tls-self-signed', { facts, said });
  return failed('tls-unknown-ca', { facts, said });
}

/** Takes the socket and closes it. `now` in Unix ms. Never throws. */
export async function lookAtTls(
  socket: Socket,
  { host, port }: { host: string; port: number },
  { ms, now, signal }: { ms: number; now: number; signal?: AbortSignal },
): Promise<Finding> {
  const name = isIP(host) ? {} : { servername: host };
  const secure = connect({ socket, host, ...name, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] });
  try {
    await whenReady(secure, 'secureConnect', ms, signal);
    return judge(secure, host, now);
  } catch (error) {
    const { message, code = '' } = error as Error & { code?: string };
    const facts = { host, peer: `${host}:${port}` };
    if (signal?.aborted) return failed('cancelled');
    if (/WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH_TOO_LONG|UNKNOWN_PROTOCOL/.test(code))
      return failed('tls-not-spoken', { facts, said: null });
    return failed('tls-failed', { facts, said: code ? `${message} (${code})` : message });
  } finally {
    secure.destroy();
    socket.destroy();
  }
}
