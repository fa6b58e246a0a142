import { Suspense } from 'react';
import { later } from '../../components/later.ts';
import classes from './TrayGraph.module.css';

// The chart comes after the first paint; its place is kept.
const LiveGraph = later(async () => (await import('../../components/graph/LiveGraph.tsx')).LiveGraph);

const height = 108;
const noReading = () => undefined;

export function TrayGraph() {
  return (
    <div className={classes.graph} style={{ height }}>
      <Suspense fallback={null}>
        <LiveGraph height={height} onHover={noReading} />
      </Suspense>
    </div>
  );
}
