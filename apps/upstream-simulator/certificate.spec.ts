import { X509Certificate } from 'node:crypto';
import { Agent, request } from 'undici';
import { makeServerCertificate } from './certificate.js';
import { startSimulator } from './simulator.js';

describe('the simulator over https', () => {
  it('makes certificates that say what they are for', () => {
    const { cert, ca } = makeServerCertificate('valid', Date.parse('2026-06-01T00:00:00Z'));
    const parsed = new X509Certificate(cert);
    expect(parsed.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1');
    expect(parsed.checkIssued(new X509Certificate(ca))).toBe(true);
    expect(parsed.verify(new X509Certificate(ca).publicKey)).toBe(true);
    expect(parsed.validFrom).toBe('May 31 00:00:00 2026 GMT');
  });

  it.each([
    ['valid', null],
    ['expired', 'CERT_HAS_EXPIRED'],
    ['wrong-host', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ] as const)('shows a client that trusts its authority a certificate that is %s', async (tls, code) => {
    const simulator = await startSimulator({ tls });
    const agent = new Agent({ connect: { ca: simulator.certificateAuthority ?? '' } });
    const call = request(`${simulator.url}/models`, { dispatcher: agent });
    if (code === null) expect((await call).statusCode).toBe(200);
    else await expect(call).rejects.toMatchObject({ code });
    await agent.destroy();
    await simulator.close();
  });

  it('shows a client that trusts nobody special an unknown authority', async () => {
    const simulator = await startSimulator({ tls: 'valid' });
    const agent = new Agent();
    await expect(request(`${simulator.url}/models`, { dispatcher: agent })).rejects.toMatchObject({
      code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    });
    expect(simulator.calls()).toEqual([]);
    await agent.destroy();
    await simulator.close();
  });
});
