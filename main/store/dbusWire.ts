// D-Bus messages to and from bytes: pure, little endian out, either way in. Only what the Secret Service is asked with.

export type DBusValue = string | number | boolean | DBusVariant | readonly DBusValue[];

export interface DBusVariant {
  readonly signature: string;
  readonly value: DBusValue;
}

export interface DBusMessage {
  /** 1 call, 2 answer, 3 error, 4 signal. */
  readonly type: number;
  readonly serial: number;
  /** By header code: 1 path, 2 interface, 3 member, 4 error name, 5 answer to serial, 6 destination, 7 sender, 8 signature. */
  readonly fields: ReadonlyMap<number, DBusValue>;
  readonly body: readonly DBusValue[];
}

const alignments: Readonly<Record<string, number>> = { y: 1, g: 1, v: 1, b: 4, u: 4, i: 4, s: 4, o: 4, a: 4 };
const alignmentOf = (type: string): number => (type[0] === '(' ? 8 : (alignments[type[0] ?? ''] ?? 8));

/** `ssa(yv)` -> `['s', 's', 'a(yv)']`. */
export function splitSignature(signature: string): string[] {
  const types: string[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at < signature.length; at++) {
    const char = signature[at];
    if (char === '(') depth++;
    else if (char === ')') depth--;
    if (depth > 0 || char === 'a') continue;
    types.push(signature.slice(start, at + 1));
    start = at + 1;
  }
  return types;
}

const wrong = (type: string): TypeError => new TypeError(`this value is no D-Bus ${type}`);

function createWriter() {
  let bytes = Buffer.alloc(512);
  let length = 0;
  const room = (count: number): void => {
    while (length + count > bytes.length) bytes = Buffer.concat([bytes, Buffer.alloc(bytes.length)]);
  };
  const align = (to: number): void => {
    const padding = (to - (length % to)) % to;
    room(padding);
    length += padding;
  };
  const uint32 = (value: number): void => {
    align(4);
    room(4);
    length = bytes.writeUInt32LE(value >>> 0, length);
  };
  const byte = (value: number): void => {
    room(1);
    length = bytes.writeUInt8(value, length);
  };
  const text = (value: string): void => {
    room(Buffer.byteLength(value) + 1);
    length += bytes.write(value, length, 'utf8');
    bytes[length++] = 0;
  };
  const write = (type: string, value: DBusValue): void => {
    if (type === 's' || type === 'o') {
      if (typeof value !== 'string') throw wrong(type);
      uint32(Buffer.byteLength(value));
      text(value);
    } else if (type === 'g') {
      if (typeof value !== 'string') throw wrong(type);
      byte(value.length);
      text(value);
    } else if (type === 'y') byte(Number(value));
    else if (type === 'u' || type === 'b') uint32(Number(value));
    else if (type === 'v') {
      if (typeof value !== 'object' || !('signature' in value)) throw wrong(type);
      write('g', value.signature);
      write(value.signature, value.value);
    } else if (type[0] === 'a') {
      if (!Array.isArray(value)) throw wrong(type);
      const inner = type.slice(1);
      uint32(0);
      const lengthAt = length - 4;
      align(alignmentOf(inner));
      const start = length;
      for (const item of value) write(inner, item);
      bytes.writeUInt32LE(length - start, lengthAt);
    } else if (type[0] === '(') {
      if (!Array.isArray(value)) throw wrong(type);
      align(8);
      splitSignature(type.slice(1, -1)).forEach((part, index) => {
        write(part, value[index]);
      });
    } else throw new TypeError(`D-Bus type ${type} is not known`);
  };
  return { write, uint32, byte, align, done: () => bytes.subarray(0, length), length: () => length };
}

/** A method call as it goes over the socket. */
export function encodeCall(call: {
  serial: number;
  path: string;
  destination: string;
  interface: string;
  member: string;
  signature?: string;
  body?: readonly DBusValue[];
}): Buffer {
  const signature = call.signature ?? '';
  const body = createWriter();
  splitSignature(signature).forEach((type, index) => {
    body.write(type, call.body?.[index] ?? '');
  });
  const fields: DBusValue[] = [
    [1, { signature: 'o', value: call.path }],
    [2, { signature: 's', value: call.interface }],
    [3, { signature: 's', value: call.member }],
    [6, { signature: 's', value: call.destination }],
  ];
  if (signature) fields.push([8, { signature: 'g', value: signature }]);
  const head = createWriter();
  for (const value of [0x6c, 1, 0, 1]) head.byte(value);
  head.uint32(body.length());
  head.uint32(call.serial);
  head.write('a(yv)', fields);
  head.align(8);
  return Buffer.concat([head.done(), body.done()]);
}

/** Reads values one after the other; throws RangeError where the bytes end too early. */
function createReader(bytes: Buffer, little: boolean) {
  let at = 0;
  const align = (to: number): void => {
    at += (to - (at % to)) % to;
  };
  const uint32 = (): number => {
    align(4);
    at += 4;
    return little ? bytes.readUInt32LE(at - 4) : bytes.readUInt32BE(at - 4);
  };
  const text = (length: number): string => {
    const value = bytes.toString('utf8', at, at + length);
    at += length + 1;
    if (at > bytes.length) throw new RangeError('the message ends too early');
    return value;
  };
  const skip = (count: number): void => {
    at += count;
  };
  const read = (type: string): DBusValue => {
    if (type === 's' || type === 'o') return text(uint32());
    if (type === 'g') return text(bytes.readUInt8(at++));
    if (type === 'y') return bytes.readUInt8(at++);
    if (type === 'b') return uint32() !== 0;
    if (type === 'u') return uint32();
    if (type === 'i') return uint32() | 0;
    if (type === 'v') {
      const signature = text(bytes.readUInt8(at++));
      return { signature, value: read(signature) };
    }
    if (type[0] === 'a') {
      const size = uint32();
      const inner = type.slice(1);
      align(alignmentOf(inner));
      const end = at + size;
      if (end > bytes.length) throw new RangeError('the message ends too early');
      const items: DBusValue[] = [];
      while (at < end) items.push(read(inner));
      return items;
    }
    if (type[0] === '(') {
      align(8);
      return splitSignature(type.slice(1, -1)).map(read);
    }
    throw new TypeError(`D-Bus type ${type} is not known`);
  };
  return { read, uint32, align, skip, position: () => at };
}

/** The first whole message in the bytes with its length, or null where more have to come. Throws on what is no D-Bus. */
export function decodeMessage(bytes: Buffer): { message: DBusMessage; length: number } | null {
  if (bytes.length < 16) return null;
  const order = bytes[0];
  if (order !== 0x6c && order !== 0x42) throw new TypeError('this is no D-Bus message');
  const sizes = createReader(bytes, order === 0x6c);
  sizes.skip(4);
  const bodyLength = sizes.uint32();
  const serial = sizes.uint32();
  const fieldsLength = sizes.uint32();
  const headLength = Math.ceil((16 + fieldsLength) / 8) * 8;
  const length = headLength + bodyLength;
  if (length > 16_777_216) throw new RangeError('the D-Bus message is too large');
  if (bytes.length < length) return null;
  const head = createReader(bytes.subarray(0, headLength), order === 0x6c);
  head.skip(12);
  const fields = new Map<number, DBusValue>();
  for (const field of head.read('a(yv)') as [number, DBusVariant][]) fields.set(field[0], field[1].value);
  const signature = fields.get(8);
  const body = createReader(bytes.subarray(headLength, length), order === 0x6c);
  const values = typeof signature === 'string' ? splitSignature(signature).map(body.read) : [];
  return { message: { type: bytes[1] ?? 0, serial, fields, body: values }, length };
}
