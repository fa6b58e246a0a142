export interface FormPart {
  name: string;
  filename: string | null;
  contentType: string | null;
  bytes: Buffer;
}

/** The parts of a multipart/form-data body; throws where it is not one. */
export function parseMultipart(contentType: string, body: Buffer): FormPart[] {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (!boundary) throw new Error('no boundary in the content type');
  const separator = Buffer.from(`--${boundary}`);
  const parts: FormPart[] = [];
  let at = body.indexOf(separator);
  if (at < 0) throw new Error('the boundary is not in the body');
  for (;;) {
    const start = at + separator.length;
    if (body.subarray(start, start + 2).toString('latin1') === '--') return parts;
    const next = body.indexOf(separator, start);
    if (next < 0) throw new Error('the last boundary is missing');
    parts.push(parsePart(body.subarray(start + 2, next - 2)));
    at = next;
  }
}

function parsePart(part: Buffer): FormPart {
  const end = part.indexOf('\r\n\r\n');
  if (end < 0) throw new Error('a part without an end of its head');
  const head = part.subarray(0, end).toString('utf8');
  return {
    name: /\bname="([^"]*)"/i.exec(head)?.[1] ?? '',
    filename: /\bfilename="([^"]*)"/i.exec(head)?.[1] ?? null,
    contentType: /^content-type:\s*(.+)$/im.exec(head)?.[1]?.trim() ?? null,
    bytes: part.subarray(end + 4),
  };
}
