// How live events wait: state-less ones once, records gathered into one event, seconds of traffic one by one. It never blocks a publisher.
import type { LiveEvent } from '../contract/events.ts';

/** More records than this in one event, and the oldest are left to the next fetch. */
const maxRecordsPerEvent = 200;
/** As many seconds as the graph is wide. */
const maxSecondsWaiting = 60;

/** Adds an event to those that wait, in place. The queue stays bounded, whatever is published; waiting events are never mutated. */
export function addToQueue(queue: LiveEvent[], event: LiveEvent): void {
  if (event.name === 'traffic') {
    queue.push(event);
    const seconds = queue.filter((waiting) => waiting.name === 'traffic').length;
    if (seconds > maxSecondsWaiting) {
      const oldest = queue.findIndex((waiting) => waiting.name === 'traffic');
      queue.splice(oldest, 1);
    }
    return;
  }
  const index = queue.findIndex((waiting) => waiting.name === event.name);
  const waiting = queue[index];
  if (event.name !== 'records') {
    if (!waiting) queue.push(event);
    return;
  }
  const earlier = waiting?.name === 'records' ? waiting.records : [];
  const merged: LiveEvent = {
    name: 'records',
    records: [...earlier, ...event.records].slice(-maxRecordsPerEvent),
  };
  if (waiting) queue[index] = merged;
  else queue.push(merged);
}
