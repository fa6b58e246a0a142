// A program whose keychain hangs and that wants to end: `node hangingExit.ts`.
import { createKeytarVault } from '../../../main/store/keytarVault.ts';

const keychain = createKeytarVault({ platform: 'darwin', monotonic: () => performance.now() });
await keychain.get('quick');
void keychain.get('slow').catch(() => {});
setTimeout(() => process.exit(0), 300);
