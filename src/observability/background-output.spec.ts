import fc from 'fast-check';
import { BackgroundOutput, type WriteBytes } from './background-output.js';

/** What the next write does: takes so many bytes, or fails. */
type Act = number | 'EAGAIN' | 'ENOSPC' | 'EPIPE';

/** A file that takes everything, unless acts say otherwise; it answers in a later turn, as the real one does. */
function aFile(acts: readonly Act[] = []) {
  const rest = [...acts];
  const writes: string[] = [];
  const write: WriteBytes = (_fd, bytes, done) => {
    const act = rest.shift() ?? bytes.length;
    setImmediate(() => {
      if (typeof act === 'string') return done(Object.assign(new Error(act), { code: act }), 0);
      const written = Math.min(act, bytes.length);
      writes.push(bytes.subarray(0, written).toString('latin1'));
      done(null, written);
    });
  };
  return { writes, write, text: () => writes.join('') };
}

it('writes what comes during a write with the next one', async () => {
  const file = aFile();
  const output = new BackgroundOutput(1, { write: file.write });
  for (const line of ['a\n', 'b\n', 'c\n']) output.write(line);
  await output.flush();
  expect(file.writes).toEqual(['a\n', 'b\nc\n']);
});

it('writes every byte once and in order, however few are taken at a time', async () => {
  const acts = fc.array(fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constant<Act>('EAGAIN')), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.stringMatching(/^[a-z]{0,6}\n$/)), acts, async (lines, taken) => {
      const file = aFile(taken);
      const output = new BackgroundOutput(1, { write: file.write, retryMs: 0 });
      for (const line of lines) output.write(line);
      await output.flush();
      expect(file.text()).toBe(lines.join(''));
    }),
    { numRuns: 50 },
  );
});

it('loses the lines of the moment while the disk is full, and goes on', async () => {
  const file = aFile(['ENOSPC']);
  const output = new BackgroundOutput(1, { write: file.write });
  output.write('lost\n');
  output.write('kept\n');
  await output.flush();
  expect(file.text()).toBe('kept\n');
});

it('ends the writing when the reader has closed', async () => {
  const file = aFile(['EPIPE']);
  const output = new BackgroundOutput(1, { write: file.write });
  output.write('one\n');
  output.write('two\n');
  await output.flush();
  output.write('three\n');
  await output.flush();
  expect(file.text()).toBe('');
});

it('keeps no more than its limit while nobody reads', async () => {
  let goOn: (() => void) | undefined;
  const file = aFile();
  const write: WriteBytes = (fd, bytes, done) => {
    if (goOn) return file.write(fd, bytes, done);
    goOn = () => file.write(fd, bytes, done);
  };
  const output = new BackgroundOutput(1, { write, maxBytes: 10 });
  for (let index = 0; index < 1_000; index += 1) output.write('1234\n');
  goOn?.();
  await output.flush();
  expect(file.text()).toBe('1234\n'.repeat(3));
});

it('does not wait for ever for a reader that takes nothing', async () => {
  const output = new BackgroundOutput(1, { write: () => undefined });
  output.write('unread\n');
  await expect(output.flush(1)).resolves.toBeUndefined();
});
