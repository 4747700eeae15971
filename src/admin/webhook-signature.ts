import { createHmac } from 'node:crypto';

/** The value of `X-Gateway-Signature`: `sha256=` and the HMAC of the body's bytes in hexadecimal. */
export function webhookSignature(body: string | Buffer, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}
