// Reads the list of the newest version: who signed it is decided before a byte of it is parsed.
import { createPublicKey, verify } from 'node:crypto';
import { parse } from 'yaml';
import { z } from 'zod';
import { UpdateError } from './updateError.ts';
import { isPlainVersion } from './version.ts';

/** One name, beside the list itself: nothing that leads elsewhere. */
const fileSchema = z.object({
  url: z.string().regex(/^[A-Za-z0-9][\w.-]{0,199}$/),
  /** Base64. */
  sha512: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
  size: z.number().int().positive(),
});
export type ChannelFile = z.output<typeof fileSchema>;

const longestNotes = 20_000;

const channelSchema = z.object({
  version: z.string().refine(isPlainVersion),
  files: z.array(fileSchema).min(1).max(40),
  releaseNotes: z.unknown().optional(),
});

export interface Channel {
  version: string;
  /** Plain text. */
  notes: string;
  files: ChannelFile[];
}

/**
 * `publicKey` is base64 of the key's SPKI DER, `signature` the text of the `.sig` file. Throws UpdateError: `forged` where the
 * signature is not that key's over just these bytes, `unreadable` where what is signed is no list.
 */
export function readChannel(bytes: Uint8Array, signature: string, publicKey: string): Channel {
  if (!isSigned(bytes, signature, publicKey))
    throw new UpdateError('forged', 'the list of versions is not signed by the key of this program');
  let document: unknown;
  try {
    document = parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), { maxAliasCount: 0 });
  } catch {
    throw new UpdateError('unreadable', 'the list of versions can not be read');
  }
  const read = channelSchema.safeParse(document);
  if (!read.success) {
    const at = read.error.issues[0]?.path.join('.') ?? '';
    throw new UpdateError('unreadable', `the list of versions has a wrong ${at || 'form'}`);
  }
  const { version, files, releaseNotes } = read.data;
  const notes = typeof releaseNotes === 'string' ? releaseNotes.trim().slice(0, longestNotes) : '';
  return { version, files, notes };
}

function isSigned(bytes: Uint8Array, signature: string, publicKey: string): boolean {
  const text = signature.trim();
  // 64 bytes in base64, and no other way to write them.
  if (!/^[A-Za-z0-9+/]{86}==$/.test(text)) return false;
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' && verify(null, bytes, key, Buffer.from(text, 'base64'));
  } catch {
    return false;
  }
}

/** The list's name for a system; Linux has one for each processor. */
export function channelName(platform: NodeJS.Platform, arch: string): string {
  if (platform === 'darwin') return 'latest-mac.yml';
  if (platform === 'win32') return 'latest.yml';
  return arch === 'x64' ? 'latest-linux.yml' : `latest-linux-${arch}.yml`;
}

/** As the packer names them. */
const fitting: Partial<Record<string, Partial<Record<string, RegExp>>>> = {
  win32: { x64: /-x64\.exe$/, arm64: /-arm64\.exe$/ },
  darwin: { x64: /-(?:universal|x64)\.zip$/, arm64: /-(?:universal|arm64)\.zip$/ },
  linux: { x64: /-(?:x86_64|x64)\.AppImage$/, arm64: /-(?:arm64|aarch64)\.AppImage$/ },
};

/**
 * The one file that replaces this program. A signed list of another system, put in this one's place, has none: it throws
 * UpdateError `no-file`.
 */
export function fileFor(channel: Channel, platform: NodeJS.Platform, arch: string): ChannelFile {
  const form = fitting[platform]?.[arch];
  const file = form && channel.files.find(({ url }) => form.test(url));
  if (!file)
    throw new UpdateError('no-file', `version ${channel.version} has no file for ${platform} ${arch}`);
  return file;
}
