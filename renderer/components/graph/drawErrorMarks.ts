import type uPlot from 'uplot';

/** In CSS pixels. */
const [markWidth, markHeight, gap] = [7, 6, 3];

/** A small triangle above each bucket with errors: one among a thousand requests has no height to be seen by, and red is not for all. */
export function drawErrorMarks(u: uPlot, colour: string, bucketFill: number, widestBar: number): void {
  const [times, requests, errors] = u.data;
  if (!times || !requests || !errors || times.length === 0) return;
  const ratio = devicePixelRatio;
  const { ctx } = u;
  const at = (index: number) => u.valToPos(times[index] ?? 0, 'x', true);
  const bucket = times.length > 1 ? at(1) - at(0) : u.bbox.width;
  const bar = Math.min(bucket * bucketFill, widestBar * ratio);
  const half = (Math.min(markWidth * ratio, Math.max(bucket, 3 * ratio)) / 2) | 0;
  ctx.save();
  ctx.beginPath();
  ctx.rect(u.bbox.left, 0, u.bbox.width, u.bbox.top + u.bbox.height);
  ctx.clip();
  ctx.fillStyle = colour;
  ctx.beginPath();
  for (let index = 0; index < times.length; index += 1) {
    if (!errors[index]) continue;
    const x = at(index) + bar / 2;
    const y = u.valToPos(requests[index] ?? 0, 'requests', true) - gap * ratio;
    ctx.moveTo(x - half, y);
    ctx.lineTo(x + half, y);
    ctx.lineTo(x, y - markHeight * ratio);
  }
  ctx.fill();
  ctx.restore();
}
