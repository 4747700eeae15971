import { RemoteSimulator, toWire } from './remote-simulator.js';
import { type Simulator, startSimulator } from './simulator.js';

describe('a simulator steered over HTTP', () => {
  let simulator: Simulator;
  let remote: RemoteSimulator;

  beforeAll(async () => {
    simulator = await startSimulator({ recordsFixedAnswers: false });
    remote = new RemoteSimulator(simulator.origin);
  });
  afterEach(() => remote.reset());
  afterAll(() => simulator.close());

  const call = async (model = 'gpt-4o') =>
    fetch(`${remote.url}/chat/completions`, {
      method: 'POST',
      headers: { connection: 'close' },
      body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Say yes' }] }),
    });

  it('takes scripts, bytes and endless repetition included', async () => {
    await remote.script(
      'gpt-4o',
      { bytes: Buffer.from([0, 255, 10]), contentType: 'audio/mpeg' },
      { status: 503, times: Infinity },
    );
    expect(Buffer.from(await (await call()).arrayBuffer())).toEqual(Buffer.from([0, 255, 10]));
    for (let count = 0; count < 3; count += 1) expect((await call()).status).toBe(503);
  });

  it('shows the ledger without its own calls, and the sums by model', async () => {
    await call();
    await call('gpt-4o-mini');
    const found = await remote.waitFor(({ model, ending }) => model === 'gpt-4o-mini' && ending === 'complete');
    expect(found).toMatchObject({
      index: 1,
      json: { model: 'gpt-4o-mini' },
      bodyLength: 72,
    });
    expect(await remote.calls()).toHaveLength(2);
    expect((await remote.ledger(0)).calls).toHaveLength(1);
    expect(await remote.usageByModel()).toMatchObject({ 'gpt-4o': { calls: 1, outputTokens: 1 } });
  });

  it('forgets everything on reset', async () => {
    await remote.script('*', { status: 500, times: 'forever' });
    await call();
    await remote.reset();
    expect(await remote.calls()).toEqual([]);
    expect((await call()).status).toBe(200);
  });

  it('answers fixed bytes and events without keeping account of them, when told so', async () => {
    await remote.script(
      '*',
      { bytes: Buffer.from('{}') },
      { sse: ['data: 1\n\n', 'data: [DONE]\n\n'], eventEveryMs: 1 },
    );
    expect(await (await call()).text()).toBe('{}');
    expect(await (await call()).text()).toBe('data: 1\n\ndata: [DONE]\n\n');
    expect(await remote.calls()).toEqual([]);
  });

  it('refuses a control that there is not', async () => {
    await expect(new RemoteSimulator(`${simulator.origin}/__control/x`).openSockets()).rejects.toThrow(/no control/);
  });

  it('writes behaviours as JSON can carry them', () => {
    const wire = toWire({ times: Infinity, rawResponse: Buffer.from('a'), status: 200 });
    expect(JSON.parse(JSON.stringify(wire))).toEqual({
      times: 'forever',
      rawResponse: { base64: 'YQ==' },
      status: 200,
    });
  });
});
