import { spliceBytes } from './body-edits.js';
import { memberName, scanJsonObject, skipWhiteSpace, type JsonMember } from './json-scanner.js';

const OPEN_BRACE = 0x7b;

/**
 * Puts `"cost"` into the usage object of an answer, or of an event, by splicing: everything else stays as it is. A
 * cost that the upstream gave there is replaced.
 * @param data JSON text
 * @param costUsd plain decimal number, without an exponent
 * @returns the text unchanged when it has no usage object
 */
export function addUsageCost(data: string, costUsd: string, path: 'usage' | 'response.usage'): string {
  if (!isJson(data)) return data;
  const bytes = Buffer.from(data);
  let start = skipWhiteSpace(bytes, 0);
  for (const name of path.split('.')) {
    const member = memberOf(bytes, start, name);
    if (member === undefined) return data;
    start = member.valueStart;
  }
  const usage = scan(bytes, start, 'cost');
  if (usage === undefined) return data;
  const cost = lastNamed(bytes, usage.members, 'cost');
  if (cost !== undefined) {
    return spliceBytes(bytes, [{ span: [cost.valueStart, cost.valueEnd], text: costUsd }]).toString();
  }
  const text = `${usage.isEmpty ? '' : ','}"cost":${costUsd}`;
  return spliceBytes(bytes, [{ span: [usage.end, usage.end], text }]).toString();
}

function memberOf(bytes: Buffer, start: number, name: string): JsonMember | undefined {
  return lastNamed(bytes, scan(bytes, start, name)?.members ?? [], name);
}

/** Of members with one name the last counts, as it does for JSON.parse. */
function lastNamed(bytes: Buffer, members: readonly JsonMember[], name: string): JsonMember | undefined {
  return members.findLast((member) => memberName(bytes, member) === name);
}

function scan(bytes: Buffer, start: number, name: string): ReturnType<typeof scanJsonObject> {
  return bytes[start] === OPEN_BRACE ? scanJsonObject(bytes, start, Infinity, [name]) : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
