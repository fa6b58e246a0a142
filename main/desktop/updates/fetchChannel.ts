import { type Channel, channelName, readChannel } from './channelFile.ts';
import { readHttps, type SendRequest } from './readHttps.ts';
import { UpdateError } from './updateError.ts';

export interface ChannelSource {
  send: SendRequest;
  /** The folder of the list and all files, ending with a slash. */
  base: URL;
  /** Base64 of the SPKI DER form. */
  publicKey: string;
  platform: NodeJS.Platform;
  arch: string;
}

const mostBytes = 512 * 1024;
const mostSignatureBytes = 1024;
const timeoutMs = 30_000;

/** The newest version as the channel's signed list tells. Throws UpdateError. */
export async function fetchChannel({
  send,
  base,
  publicKey,
  platform,
  arch,
}: ChannelSource): Promise<Channel> {
  const name = channelName(platform, arch);
  const [bytes, signature] = await Promise.all([
    readHttps(send, new URL(name, base), { most: mostBytes, timeoutMs }),
    readHttps(send, new URL(`${name}.sig`, base), { most: mostSignatureBytes, timeoutMs }),
  ]);
  if (!bytes) throw new UpdateError('network', `there is no ${name}`);
  if (!signature) throw new UpdateError('unsigned', `${name} has no signature`);
  return readChannel(bytes, signature.toString('latin1'), publicKey);
}
