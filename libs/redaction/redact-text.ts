/** What stands in the place of a secret. */
export const REDACTED = '[redacted]';

/** Most texts hold no secret: what every match of a slow shape must contain is cheap to look for first. */
interface SlowShape {
  readonly shape: RegExp;
  readonly mayMatch: (text: string) => boolean;
}

const MIN_RUN = 32;
const hasDash = (text: string): boolean => text.includes('-');
const hasDashOrUnderscore = (text: string): boolean => text.includes('-') || text.includes('_');
const hasAt = (text: string): boolean => text.includes('@');
const hasAssignment = (text: string): boolean => text.includes('=') || text.includes(':');
const hasTokenRun = (text: string): boolean => hasLongRun(text, MIN_RUN);

/**
 * Shapes of secrets. Each needs only its first characters to match, so a secret that the end of the text cuts off is
 * found too. Order matters: the more telling shape first.
 */
const SHAPES: readonly (RegExp | SlowShape)[] = [
  // Private keys, to their end or to the end of the text.
  {
    shape: /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
    mayMatch: hasDash,
  },
  // Authorization headers, whatever their scheme's token looks like.
  /\b(?:bearer|basic)[\s:]+[A-Za-z0-9._~+/=-]{8,}/gi,
  // Keys that say whose they are: OpenAI, Anthropic, OpenRouter, this gateway, Stripe, GitHub, GitLab, Slack, Google, AWS,
  // Groq, xAI, Hugging Face, Perplexity, Replicate, NVIDIA, Cerebras, Fireworks, npm, PyPI, SendGrid, DigitalOcean.
  { shape: /\b(?:sk|pk|rk|gw)-[A-Za-z0-9_-]{8,}/g, mayMatch: hasDash },
  { shape: /\b(?:sk|pk|rk|whsec)_(?:live_|test_)?[A-Za-z0-9]{12,}/g, mayMatch: hasDashOrUnderscore },
  {
    shape:
      /\b(?:gh[pousr]|github_pat|glpat|gsk|xai|hf|pplx|r8|nvapi|csk|fw|npm|pypi|dop_v1|xox[abeprs]|xapp)[-_][A-Za-z0-9_-]{10,}/g,
    mayMatch: hasDashOrUnderscore,
  },
  /\bSG\.[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*)?/g,
  /\bAIza[A-Za-z0-9_-]{16,}/g,
  /\bya29\.[A-Za-z0-9_-]{16,}/g,
  /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{8,}/g,
  // JSON web tokens.
  /\beyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){0,2}/g,
  // Passwords inside addresses.
  { shape: /(?<=:\/\/[^\s/:@]{1,64}:)[^\s/@]{1,128}(?=@)/g, mayMatch: hasAt },
  // What is called a secret: `password = …`, `"api_key": "…"`.
  {
    shape:
      /(?<=\b(?:api[_-]?key|apikey|access[_-]?token|auth[_-]?token|client[_-]?secret|secret[_-]?key|secret|password|passwd|pwd|token)["']?\s{0,3}[:=]\s{0,3}["']?)[^\s"',;]{6,}/gi,
    mayMatch: hasAssignment,
  },
  // E-mail addresses.
  { shape: /[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}\b/g, mayMatch: hasAt },
  // Long hexadecimal and base64 texts: hashes, keys without a prefix.
  { shape: /\b[0-9a-fA-F]{32,}\b/g, mayMatch: hasTokenRun },
  {
    shape:
      /(?<![A-Za-z0-9+/_-])(?=[A-Za-z0-9+/_-]{0,200}[0-9])(?=[A-Za-z0-9+/_-]{0,200}[A-Z])(?=[A-Za-z0-9+/_-]{0,200}[a-z])[A-Za-z0-9+/_-]{32,}={0,2}/g,
    mayMatch: hasTokenRun,
  },
];

/**
 * Takes out what looks like a secret or an e-mail address.
 * @param patterns more shapes, with the flag `g`
 */
export function redactText(text: string, patterns: readonly RegExp[] = []): string {
  let redacted = text;
  for (const entry of SHAPES) {
    if (entry instanceof RegExp) redacted = redacted.replace(entry, REDACTED);
    else if (entry.mayMatch(redacted)) redacted = redacted.replace(entry.shape, REDACTED);
  }
  for (const pattern of patterns) redacted = redacted.replace(pattern, REDACTED);
  return redacted;
}

/**
 * Whether so many characters of base64 or hexadecimal stand in a row. Such a row covers every `length`-th place or ends
 * before it, so only the places around those are read.
 */
function hasLongRun(text: string, length: number): boolean {
  let start = 0;
  while (start + length <= text.length) {
    let place = start + length - 1;
    while (place >= start && isTokenCode(text.charCodeAt(place))) place -= 1;
    if (place < start) return true;
    start = place + 1;
  }
  return false;
}

/** A letter, a digit, or one of `+ / _ -`. */
function isTokenCode(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x2f && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x2b ||
    code === 0x2d ||
    code === 0x5f
  );
}

/** A secret may begin before the cut and be recognised only by what stands behind it. */
const MARGIN_CHARS = 256;

/** How much of a text must be read to show `maxChars` of it. */
export function previewWindow(maxChars: number): number {
  return maxChars === 0 ? 0 : maxChars + MARGIN_CHARS;
}

/**
 * The beginning of a text without its secrets. What the cut would divide is taken out before the cut is made.
 * @param maxChars length of the preview
 */
export function redactedPreview(text: string, maxChars: number, patterns: readonly RegExp[] = []): string {
  const redacted = redactText(text.slice(0, previewWindow(maxChars)), patterns);
  return cutWhole(redacted, maxChars);
}

/** Does not cut a character of two code units in half. */
function cutWhole(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const last = text.charCodeAt(maxChars - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? maxChars - 1 : maxChars);
}
