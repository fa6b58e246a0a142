import { inflateSync } from 'node:zlib';

/** What a byte is told as the difference from, by the filter of its row: left, above, or left above. */
function predicted(filter: number, a: number, b: number, c: number): number {
  if (filter === 1) return a;
  if (filter === 2) return b;
  if (filter === 3) return (a + b) >> 1;
  if (filter !== 4) return 0;
  const near = a + b - c;
  const [da, db, dc] = [Math.abs(near - a), Math.abs(near - b), Math.abs(near - c)];
  return da <= db && da <= dc ? a : db <= dc ? b : c;
}

/** Red, green, blue and alpha of each pixel of a PNG with 8 bits a channel, not interlaced. */
export function pngPixels(png: Buffer): [number, number, number, number][] {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const bytes = { 2: 3, 6: 4 }[png[25] ?? 0];
  if (png[24] !== 8 || !bytes || png[28] !== 0) throw new Error('another kind of PNG');
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const raw = inflateSync(Buffer.concat(data));
  const row = width * bytes;
  const out = Buffer.alloc(row * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < row; x++) {
      const at = y * row + x;
      const left = x >= bytes ? (out[at - bytes] ?? 0) : 0;
      const above = y > 0 ? (out[at - row] ?? 0) : 0;
      const corner = x >= bytes && y > 0 ? (out[at - row - bytes] ?? 0) : 0;
      const filter = raw[y * (row + 1)] ?? 0;
      out[at] = (raw[y * (row + 1) + 1 + x] ?? 0) + predicted(filter, left, above, corner);
    }
  return Array.from({ length: width * height }, (_, index) => {
    const [red = 0, green = 0, blue = 0, alpha = 255] = out.subarray(index * bytes, (index + 1) * bytes);
    return [red, green, blue, alpha];
  });
}
