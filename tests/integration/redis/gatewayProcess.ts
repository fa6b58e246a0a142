// A gateway in a process of its own, to be killed. Takes what it is told to and never settles.
import { createGateway } from './gateways.ts';

const [url = '', limit = '', count = '', leaseMs = ''] = process.argv.slice(2);
const gateway = createGateway(url, { leaseMs: Number(leaseMs) });
await gateway.ready();
let taken = 0;
for (let call = 0; call < Number(count); call++) {
  if (await gateway.take({ concurrent: Number(limit) }, 30)) taken += 1;
}
process.send?.(taken);
setInterval(() => {}, 1_000);
