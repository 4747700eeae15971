/** OpenAI's notation of a duration, in whole seconds rounded up: `1s`, `6m0s`, `1h0m0s`. */
export function toDuration(ms: number): string {
  const total = Math.ceil(ms / 1_000);
  const hours = Math.floor(total / 3_600);
  const minutes = Math.floor(total / 60) % 60;
  const seconds = `${total % 60}s`;
  if (hours > 0) return `${hours}h${minutes}m${seconds}`;
  return minutes > 0 ? `${minutes}m${seconds}` : seconds;
}
