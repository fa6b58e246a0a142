// Bytes inside a URL (RFC 2397): how OpenAI's dialects carry images and files.

/** The media type without parameters (null where none is named) and the bytes in base64; null where `url` is no data URL. */
export function readDataUrl(url: string): { mediaType: string | null; data: string } | null {
  if (!/^data:/i.test(url)) return null;
  const comma = url.indexOf(',');
  if (comma < 0) return null;
  const [type = '', ...parameters] = url.slice('data:'.length, comma).split(';');
  const payload = url.slice(comma + 1);
  const encoded = parameters.some((parameter) => parameter.trim().toLowerCase() === 'base64');
  const data = encoded ? payload : Buffer.from(percentDecoded(payload)).toString('base64');
  return { mediaType: type.trim().toLowerCase() || null, data };
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function writeDataUrl(mediaType: string, data: string): string {
  return `data:${mediaType};base64,${data}`;
}
