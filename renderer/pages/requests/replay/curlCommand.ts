import type { RequestRecord } from '../../../../main/contract/schemas/record.ts';

export interface CurlOptions {
  shell: 'sh' | 'powershell';
  /** What clients are given: `http://localhost:8282/v1`. */
  address: string;
  record: Pick<RequestRecord, 'operation' | 'clientModel' | 'stream'>;
  body: Readonly<Record<string, unknown>>;
}

/** Operations of Gemini's dialect, by path below `/v1beta/models/MODEL:`. */
const geminiMethods: ReadonlySet<string> = new Set(['generateContent', 'embedContent', 'batchEmbedContents']);

function urlOf(address: string, { operation, clientModel, stream }: CurlOptions['record']): string {
  if (!geminiMethods.has(operation)) return `${address}/${operation}`;
  const base = address.replace(/\/v1$/, '/v1beta');
  const model = encodeURIComponent(clientModel).replaceAll('%2F', '/');
  if (operation === 'generateContent' && stream)
    return `${base}/models/${model}:streamGenerateContent?alt=sse`;
  return `${base}/models/${model}:${operation}`;
}

/** Windows' older PowerShell sends ASCII alone to a program. */
const ascii = (json: string): string =>
  json.replace(/[\u007f-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

/**
 * The request for a terminal; the key is read from the variable SLUICE_KEY. In PowerShell the body goes in by its input, for its
 * older versions take the quotes out of a program's arguments.
 */
export function curlCommand({ shell, address, record, body }: CurlOptions): string {
  const url = urlOf(address, record);
  const version = record.operation === 'messages' ? ['anthropic-version: 2023-06-01'] : [];
  const headers = ['Content-Type: application/json', ...version];
  if (shell === 'powershell') {
    const options = headers.map((header) => `-H "${header}"`).join(' ');
    const json = ascii(JSON.stringify(body, null, 2));
    return `@'\n${json}\n'@ | curl.exe -N "${url}" -H "Authorization: Bearer $env:SLUICE_KEY" ${options} --data-binary "@-"`;
  }
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  return [
    `curl -N ${quoted(url)}`,
    '-H "Authorization: Bearer $SLUICE_KEY"',
    ...headers.map((header) => `-H ${quoted(header)}`),
    `--data-binary ${quoted(JSON.stringify(body, null, 2))}`,
  ].join(' \\\n  ');
}
