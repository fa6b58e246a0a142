/** Bytes that are read, never changed: whole, or in the chunks they came in. */
export type Bytes = Buffer | ChunkedBytes;

/**
 * Several buffers read as if they were one, with the methods of Buffer that readers need. Large bodies stay in the chunks they came
 * in: putting 5 MB together would cost as much as all else that is done with them.
 */
export class ChunkedBytes {
  readonly chunks: readonly Buffer[];
  readonly length: number;
  /** The chunk that was looked at last: nearly always the next byte is in it too. */
  private current: Buffer;
  private size: number;
  private index = 0;
  /** Where it begins in the whole. */
  private start = 0;

  constructor(chunks: readonly Buffer[]) {
    this.chunks = chunks;
    this.length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    this.current = chunks[0] ?? Buffer.alloc(0);
    this.size = this.current.length;
  }

  /** The byte at an index that is not negative; undefined behind the end. */
  at(index: number): number | undefined {
    const inside = index - this.start;
    if (inside >= 0 && inside < this.size) return this.current[inside];
    return this.seek(index) ? this.current[index - this.start] : undefined;
  }

  private seek(index: number): boolean {
    if (index < 0 || index >= this.length) return false;
    while (index < this.start) this.step(-1);
    while (index >= this.start + this.current.length) this.step(1);
    return true;
  }

  private step(by: 1 | -1): void {
    if (by > 0) this.start += this.current.length;
    this.index += by;
    this.current = this.chunks[this.index] as Buffer;
    this.size = this.current.length;
    if (by < 0) this.start -= this.current.length;
  }

  /** Where the byte stands first from `from` on, or -1. */
  indexOf(byte: number, from = 0): number {
    for (let at = from; this.seek(at); at = this.start + this.current.length) {
      const found = this.current.indexOf(byte, at - this.start);
      if (found >= 0) return this.start + found;
    }
    return -1;
  }

  /** The chunks, or parts of them, between two places. Nothing is copied. */
  slices(from: number, to: number): Buffer[] {
    const found: Buffer[] = [];
    for (let at = from; at < to && this.seek(at); at = this.start + this.current.length)
      found.push(this.current.subarray(at - this.start, to - this.start));
    return found;
  }

  includes(wanted: Buffer): boolean {
    const overlap = wanted.length - 1;
    let before = Buffer.alloc(0);
    return this.chunks.some((chunk) => {
      const seam = Buffer.concat([before, chunk.subarray(0, overlap)]);
      if (seam.includes(wanted) || chunk.includes(wanted)) return true;
      const tail = Buffer.concat([before, chunk.subarray(-overlap)]);
      before = tail.subarray(Math.max(0, tail.length - overlap));
      return false;
    });
  }

  toString(encoding: BufferEncoding = 'utf8', from = 0, to = this.length): string {
    // Names and numbers are read by the dozen, and nearly all stand in the chunk that is looked at.
    if (this.seek(from) && to <= this.start + this.size)
      return this.current.toString(encoding, from - this.start, to - this.start);
    const slices = this.slices(from, to);
    return (slices.length === 1 ? (slices[0] as Buffer) : Buffer.concat(slices)).toString(encoding);
  }
}

/** The parts of either kind of bytes between two places. */
export function slicesOf(bytes: Bytes, from: number, to: number): Buffer[] {
  return bytes instanceof ChunkedBytes ? bytes.slices(from, to) : [bytes.subarray(from, to)];
}

/** As one buffer: a copy where there are several chunks. */
export function wholeOf(bytes: Bytes): Buffer {
  return bytes instanceof ChunkedBytes ? Buffer.concat(bytes.chunks) : bytes;
}
