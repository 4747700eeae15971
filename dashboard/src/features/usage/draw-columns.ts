import type uPlot from 'uplot';
import { readToken } from '../../lib/theme.js';
import type { UsageChart } from './chart-data.js';

const WIDEST_PX = 48;
const SHARE_OF_BUCKET = 0.7;
/** A part that is lower has no room for one. */
const LOWEST_WITH_GAP_PX = 4;

/** Paints stacked columns, the first series at the base; the running bucket is hatched. */
export function drawColumns(plot: uPlot, chart: UsageChart, running: number): void {
  const { ctx } = plot;
  const ratio = devicePixelRatio;
  const count = chart.series[0]?.values.length ?? 0;
  const bucketPx = Math.abs(plot.valToPos(1, 'x', true) - plot.valToPos(0, 'x', true));
  const width = Math.max(ratio, Math.min(bucketPx * SHARE_OF_BUCKET, WIDEST_PX * ratio));
  const colours = chart.series.map(({ colour }) => readToken(colour));
  const hatch = hatchOf(ctx, readToken('surface'), ratio);
  ctx.save();
  for (let index = 0; index < count; index++) {
    const left = Math.round(plot.valToPos(index, 'x', true) - width / 2);
    let base = 0;
    for (const [at, { values }] of chart.series.entries()) {
      const value = values[index] ?? 0;
      if (value <= 0) continue;
      const bottom = plot.valToPos(base, 'y', true);
      const top = plot.valToPos(base + value, 'y', true);
      // A part that is there is never too thin to be seen.
      const height = Math.max(ratio, bottom - top);
      // A hair of the ground tells neighbours apart where colours cannot, in grey or to the colour-blind.
      const gap = height > LOWEST_WITH_GAP_PX * ratio ? ratio : 0;
      ctx.fillStyle = colours[at] ?? readToken('series-other');
      ctx.fillRect(left, bottom - height + gap, width, height - gap);
      base += value;
    }
    if (index !== running || !hatch || base <= 0) continue;
    const top = plot.valToPos(base, 'y', true);
    ctx.fillStyle = hatch;
    ctx.fillRect(left, top, width, plot.valToPos(0, 'y', true) - top);
  }
  ctx.restore();
}

function hatchOf(ctx: CanvasRenderingContext2D, colour: string, ratio: number): CanvasPattern | null {
  const size = 6 * ratio;
  const tile = document.createElement('canvas');
  tile.width = size;
  tile.height = size;
  const paint = tile.getContext('2d');
  if (!paint) return null;
  paint.strokeStyle = colour;
  paint.lineWidth = 2 * ratio;
  // Three strokes, so that the tile meets its neighbours without a seam.
  for (const shift of [-size, 0, size]) {
    paint.beginPath();
    paint.moveTo(shift - 1, size + 1);
    paint.lineTo(shift + size + 1, -1);
    paint.stroke();
  }
  return ctx.createPattern(tile, 'repeat');
}

/** Which series of a column a height belongs to; `null` above them all. */
export function seriesAt(chart: UsageChart, index: number, value: number): string | null {
  let base = 0;
  for (const { id, values } of chart.series) {
    base += values[index] ?? 0;
    if (value <= base) return id;
  }
  return null;
}
