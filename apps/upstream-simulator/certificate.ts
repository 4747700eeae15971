import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import {
  bitString,
  integer,
  isTrue,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  tagged,
  utcTime,
  utf8String,
} from './der.js';

export type CertificateKind =
  /** For 127.0.0.1 and localhost, signed by an authority that a client may choose to trust. */
  | 'valid'
  /** The same, two years ago. */
  | 'expired'
  /** For another host, signed by that authority. */
  | 'wrong-host'
  /** For the right host, signed by itself. */
  | 'self-signed';

export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
  /** The authority's certificate: trusting it makes `valid` valid. */
  readonly ca: string;
}

const OID = {
  commonName: '2.5.4.3',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  basicConstraints: '2.5.29.19',
  subjectAltName: '2.5.29.17',
};
const DAY_MS = 86_400_000;
const CONTEXT_VERSION = 0xa0;
const CONTEXT_EXTENSIONS = 0xa3;
const SAN_DNS = 0x82;
const SAN_IP = 0x87;

interface Issuer {
  readonly name: string;
  readonly privateKey: KeyObject;
}

/** Makes a server certificate of a kind, and the authority behind it; nothing is kept on disk. */
export function makeServerCertificate(kind: CertificateKind, nowMs = Date.now()): ServerCertificate {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer: Issuer = { name: 'Simulator authority', privateKey: authority.privateKey };
  const today = { from: new Date(nowMs - DAY_MS), to: new Date(nowMs + 365 * DAY_MS) };
  const longAgo = { from: new Date(nowMs - 1_000 * DAY_MS), to: new Date(nowMs - 700 * DAY_MS) };
  const caExtensions = [extension(OID.basicConstraints, sequence(isTrue()))];
  const ca = certificate(issuer.name, authority.publicKey, issuer, { from: longAgo.from, to: today.to }, caExtensions);
  const isWrongHost = kind === 'wrong-host';
  const hosts = isWrongHost ? [tagged(SAN_DNS, Buffer.from('elsewhere.example'))] : ownHosts();
  const name = isWrongHost ? 'elsewhere.example' : 'localhost';
  const cert = certificate(
    name,
    server.publicKey,
    kind === 'self-signed' ? { name, privateKey: server.privateKey } : issuer,
    kind === 'expired' ? longAgo : today,
    [extension(OID.subjectAltName, sequence(...hosts))],
  );
  return { key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert, ca };
}

function ownHosts(): Buffer[] {
  return [tagged(SAN_DNS, Buffer.from('localhost')), tagged(SAN_IP, Buffer.of(127, 0, 0, 1))];
}

/** An X.509 version 3 certificate in PEM. @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1 */
function certificate(
  subject: string,
  publicKey: KeyObject,
  issuer: Issuer,
  validity: { readonly from: Date; readonly to: Date },
  extensions: readonly Buffer[],
): string {
  const algorithm = sequence(objectIdentifier(OID.ecdsaWithSha256));
  const content = sequence(
    tagged(CONTEXT_VERSION, integer(Buffer.of(2))),
    integer(Buffer.concat([Buffer.of(1), randomBytes(8)])),
    algorithm,
    nameOf(issuer.name),
    sequence(utcTime(validity.from), utcTime(validity.to)),
    nameOf(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(CONTEXT_EXTENSIONS, sequence(...extensions)),
  );
  const der = sequence(content, algorithm, bitString(sign('sha256', content, issuer.privateKey)));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function nameOf(commonName: string): Buffer {
  return sequence(setOf(sequence(objectIdentifier(OID.commonName), utf8String(commonName))));
}

function extension(oid: string, value: Buffer): Buffer {
  return sequence(objectIdentifier(oid), octetString(value));
}
