import { deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MOST_COLOURS = 256;
/**
 * The same picture with a palette of at most 256 colours: a page of text and flat fields loses nothing that is seen, and
 * is a third of the size.
 * @param png eight bits a channel, RGB or RGBA without transparency, as browsers write it
 */
export function smallerPng(png) {
  const { width, height, channels, data } = readPng(png);
  const pixels = unfiltered(data, width, height, channels);
  return writePng(width, height, withPalette(pixels, channels));
}

function readPng(png) {
  const parts = [];
  let header;
  for (let at = SIGNATURE.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = body;
    if (type === 'IDAT') parts.push(body);
    at += length + 12;
  }
  const channels = header[9] === 6 ? 4 : 3;
  return {
    width: header.readUInt32BE(0),
    height: header.readUInt32BE(4),
    channels,
    data: inflateSync(Buffer.concat(parts)),
  };
}

/** Takes the filters of the lines back (https://www.w3.org/TR/png/#9Filters). */
function unfiltered(data, width, height, channels) {
  const stride = width * channels;
  const pixels = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = data[y * (stride + 1)];
    const line = data.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1));
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x >= channels ? pixels[at - channels] : 0;
      const up = y > 0 ? pixels[at - stride] : 0;
      const corner = x >= channels && y > 0 ? pixels[at - stride - channels] : 0;
      pixels[at] = line[x] + predicted(filter, left, up, corner);
    }
  }
  return pixels;
}

function predicted(filter, left, up, corner) {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const estimate = left + up - corner;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** The colours that are there most, fields and their lines, stay exactly; shades at the edges of letters go to the nearest. */
function withPalette(pixels, channels) {
  const counts = new Map();
  const colours = new Uint32Array(pixels.length / channels);
  for (let at = 0, index = 0; at < pixels.length; at += channels, index++) {
    const colour = (pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2];
    colours[index] = colour;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const ranked = [...counts].sort((one, other) => other[1] - one[1]).map(([colour]) => colour);
  const palette = ranked.slice(0, MOST_COLOURS);
  const entries = new Map(palette.map((colour, index) => [colour, index]));
  for (const colour of ranked.slice(MOST_COLOURS)) entries.set(colour, nearest(palette, colour));
  return {
    palette: palette.map(channelsOf),
    indices: Buffer.from(Array.from(colours, (colour) => entries.get(colour))),
  };
}

function nearest(palette, colour) {
  const wanted = channelsOf(colour);
  let best = 0;
  let bestDistance = Infinity;
  for (const [index, candidate] of palette.entries()) {
    const distance = channelsOf(candidate).reduce((sum, value, at) => sum + (value - wanted[at]) ** 2, 0);
    if (distance < bestDistance) [best, bestDistance] = [index, distance];
  }
  return best;
}

function channelsOf(colour) {
  return [colour >> 16, (colour >> 8) & 0xff, colour & 0xff];
}

function writePng(width, height, { palette, indices }) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) indices.copy(lines, y * (width + 1) + 1, y * width, (y + 1) * width);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type, body) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(body.length, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc32(named), named.length + 4);
  return whole;
}

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
