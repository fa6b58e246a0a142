/** The first words of a body that is not what it should be, fit for a record. Never markup. */
export function describeForeignBody(body: Buffer): string {
  const start = body.toString('utf8', 0, 400).trimStart();
  if (start === '') return 'the answer is empty';
  if (/^<(?:!doctype|html|head|body|\?xml)/i.test(start)) {
    const title = /<title[^>]*>([^<]{1,120})/i.exec(body.toString('utf8', 0, 8_192))?.[1]?.trim();
    return `the answer is a web page${title ? ` ("${title}")` : ''}, not an API answer; check the base URL`;
  }
  return `the answer is no JSON: ${start.slice(0, 120)}`;
}
