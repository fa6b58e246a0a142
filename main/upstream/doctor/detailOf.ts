// A step's finding as one English sentence, for those who ask the doctor over the API. The window has words of its own.
import type { CheckCode } from '../../contract/schemas/check.ts';

type Facts = Readonly<Record<string, string>>;

const words: Record<CheckCode, string | ((facts: Facts) => string)> = {
  running: '…',
  'not-tried': 'Not tried: an earlier step failed.',
  'address-ok': ({ url }) => `${url}`,
  'address-slip': ({ better }) => `The address was mistyped. Use ${better} instead.`,
  'address-placeholder': 'The address still holds a placeholder. Put in the name of your resource.',
  'address-plain': ({ host }) => `The key travels to ${host} unencrypted. Use https.`,
  'dns-ok': ({ addresses }) => `${addresses}`,
  'dns-literal': ({ host }) => `${host} is an address already.`,
  'dns-private': ({ addresses }) => `${addresses}, an address of the local network.`,
  'dns-fake-ip': ({ addresses }) => `${addresses}, made up by a proxy tool on this machine.`,
  'dns-not-found': ({ host }) => `There is no host ${host}. Check its spelling.`,
  'dns-failed': ({ host }) => `${host} could not be looked up. Check the network and its DNS server.`,
  offline: 'This machine has no network.',
  'connect-ok': ({ peer }) => `${peer}`,
  'connect-proxy-ok': ({ proxy }) => `Through the proxy ${proxy}.`,
  'connect-refused': ({ peer }) => `Connection refused: nothing listens at ${peer}. Check the port.`,
  'connect-timeout': ({ peer }) => `${peer} does not answer. A firewall may be in the way; try a proxy.`,
  'connect-unreachable': ({ peer }) => `There is no way to ${peer} from this network.`,
  'connect-failed': ({ peer }) => `The connection to ${peer} failed.`,
  'proxy-refused': ({ proxy }) => `The proxy ${proxy} does not let the connection through.`,
  'tls-ok': ({ issuer, validTo }) => `Certificate by ${issuer}, valid until ${validTo}.`,
  'tls-expired': ({ validTo }) => `Its certificate expired on ${validTo}. Its operator must renew it.`,
  'tls-early': ({ validFrom }) =>
    `Its certificate is valid only from ${validFrom}. Check this machine's clock.`,
  'tls-wrong-host': ({ host, names }) => `Its certificate is for ${names}, not for ${host}.`,
  'tls-self-signed': 'Its certificate is self-signed, and this machine does not trust it.',
  'tls-unknown-ca': ({ issuer }) =>
    `Its certificate was issued by ${issuer}, which this machine does not trust.`,
  'tls-intercepted': ({ issuer }) => `${issuer} stands in between and shows a certificate of its own.`,
  'tls-not-spoken': ({ peer }) => `${peer} does not speak TLS.`,
  'tls-failed': 'The TLS handshake failed.',
  'key-accepted': 'Accepted.',
  'key-unjudged': 'Sent; nobody has judged it yet.',
  'key-refused': 'The key is refused. It may be mistyped, expired or of another provider.',
  'key-missing': 'It asks for a key, and there is none.',
  'key-unreadable': 'The account has no readable key.',
  'signed-in': 'signed in',
  'sign-in-refused': 'Signing in was refused.',
  'sign-in-failed': 'Signing in failed.',
  'models-ok': ({ count }) => `${count} models`,
  'models-none': 'The list is empty.',
  'models-login': "A login can't read the model list here: the names that are known are used.",
  'chat-ok': ({ model }) => `${model} answers`,
  'stream-ok': ({ model }) => `${model} streams`,
  'no-model': 'No model to try. Enter one under models.',
  'no-deployment': "No deployment to try: Azure does not list them. Enter a deployment's name under models.",
  forbidden: 'The key works and lacks the right for this.',
  region: 'The provider refuses your region.',
  'no-credit': 'The account is out of credit. Top it up at the provider.',
  'model-missing': ({ model }) => `It has no model ${model}.`,
  'wrong-path': 'There is no API at this address. Check the base URL.',
  redirected: 'It redirects somewhere else. Check the base URL.',
  'rate-limited': 'The key works, but its limit is reached for now.',
  'server-error': 'The upstream failed. Try again later.',
  'request-refused': 'It refused the request.',
  'not-an-api': 'It answers with a web page, not as an API. Check the base URL.',
  'bad-answer': 'Its answer is none that this kind of endpoint gives.',
  'stream-cut': 'The stream broke off before its end.',
  'no-answer': ({ seconds }) => `No answer within ${seconds} s.`,
  cut: 'The connection broke before an answer.',
  cancelled: 'Cancelled.',
};

export function detailOf(code: CheckCode, facts: Facts, said: string | null): string {
  const text = words[code];
  const sentence = typeof text === 'string' ? text : text(facts);
  return said ? `${said.replace(/\.?$/, '.')} ${sentence}` : sentence;
}
