/** What one kind of request costs through the pipe and through the gateway; medians over the rounds. */
export interface Comparison {
  name: string;
  requests: number;
  rounds: number;
  concurrency: number;
  pipeCpuUs: number;
  gatewayCpuUs: number;
  /** The main thread's part: what a request waits for. The rest is the collector's, the compiler's and the usage store's. */
  gatewayMainThreadUs: number;
  /** Median of each round's own ratio. */
  ratio: number;
  goal: number;
  addedP50Ms: number;
  addedP99Ms: number;
  /** To the first byte. */
  addedFirstByteP50Ms: number;
  gatewayPerSecond: number;
}

export interface Report {
  node: string;
  cpus: number;
  comparisons: Comparison[];
  pipeRssMB: number;
  gatewayRssMB: number;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}

const columns: [string, (row: Comparison) => string][] = [
  ['request', (row) => row.name],
  ['pipe CPU µs', (row) => row.pipeCpuUs.toFixed(0)],
  ['gateway CPU µs', (row) => row.gatewayCpuUs.toFixed(0)],
  ['of it main thread', (row) => row.gatewayMainThreadUs.toFixed(0)],
  ['ratio', (row) => row.ratio.toFixed(2)],
  ['goal', (row) => `<= ${row.goal.toFixed(2)}`],
  ['', (row) => (row.ratio <= row.goal ? 'met' : 'missed')],
  ['added p50 ms', (row) => row.addedP50Ms.toFixed(2)],
  ['added p99 ms', (row) => row.addedP99Ms.toFixed(2)],
  ['added first byte p50 ms', (row) => row.addedFirstByteP50Ms.toFixed(2)],
  ['req/s', (row) => row.gatewayPerSecond.toFixed(0)],
];

/** The report as a table for people. */
export function formatReport(report: Report): string {
  const rows = [
    columns.map(([title]) => title),
    ...report.comparisons.map((row) => columns.map(([, cell]) => cell(row))),
  ];
  const widths = columns.map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  const line = (row: string[]) =>
    row
      .map((cell, index) => (index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0)))
      .join('  ');
  const details = report.comparisons.map(
    (row) => `${row.name}: ${row.rounds} rounds of ${row.requests} requests, ${row.concurrency} at a time`,
  );
  return [
    'CPU time per request, of the process itself: gateway with all features against a bare Node pipe',
    ...rows.map(line),
    `resident memory: pipe ${report.pipeRssMB.toFixed(0)} MB, gateway ${report.gatewayRssMB.toFixed(0)} MB`,
    `${details.join('; ')}; Node ${report.node}, ${report.cpus} CPUs`,
  ].join('\n');
}
