import { X509Certificate } from 'node:crypto';
import { Agent, request } from 'undici';
import { type CertificateKind, makeServerCertificate } from './certificate.js';
import { type Simulator, startSimulator } from './simulator.js';

describe('the simulator over https', () => {
  const opened: (() => Promise<void>)[] = [];

  afterEach(async () => {
    for (const close of opened.splice(0)) await close();
  });

  async function start(tls: CertificateKind): Promise<Simulator> {
    const simulator = await startSimulator({ tls });
    opened.push(() => simulator.close());
    return simulator;
  }

  async function call(simulator: Simulator, ca?: string | null): Promise<number> {
    const agent = new Agent(typeof ca === 'string' ? { connect: { ca } } : {});
    opened.unshift(() => agent.destroy());
    return (await request(`${simulator.url}/models`, { dispatcher: agent })).statusCode;
  }

  it('makes certificates that say what they are for', () => {
    const { cert, ca } = makeServerCertificate('valid', Date.parse('2026-06-01T00:00:00Z'));
    const parsed = new X509Certificate(cert);
    expect(parsed.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1');
    expect(parsed.checkIssued(new X509Certificate(ca))).toBe(true);
    expect(parsed.verify(new X509Certificate(ca).publicKey)).toBe(true);
    expect(parsed.validFrom).toBe('May 31 00:00:00 2026 GMT');
  });

  it('is accepted with a valid certificate by a client that trusts its authority', async () => {
    const simulator = await start('valid');
    expect(await call(simulator, simulator.certificateAuthority)).toBe(200);
  });

  it.each([
    ['expired', 'CERT_HAS_EXPIRED'],
    ['wrong-host', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ] as const)('is refused even then with a certificate that is %s', async (kind, code) => {
    const simulator = await start(kind);
    await expect(call(simulator, simulator.certificateAuthority)).rejects.toMatchObject({ code });
  });

  it('is refused by a client that trusts nobody special, which then says nothing', async () => {
    const simulator = await start('valid');
    await expect(call(simulator)).rejects.toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
    expect(simulator.calls()).toEqual([]);
  });
});
