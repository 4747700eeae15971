/** `ok`: as it should be; `note`: worth knowing; `mend`: it will not work, or is not safe, until somebody does it. */
export type FindingLevel = 'ok' | 'note' | 'mend';

export type Topic = 'configuration' | 'gateway' | 'storage' | 'upstreams' | 'prices' | 'secrets';

export interface Finding {
  readonly level: FindingLevel;
  readonly topic: Topic;
  /** What is so and, to mend it, what to do; never a secret. */
  readonly text: string;
}

const TOPIC_WIDTH = 13;

export function reportLines(findings: readonly Finding[]): string[] {
  const toMend = findings.filter(({ level }) => level === 'mend').length;
  const verdict =
    toMend === 0 ? 'Nothing must be mended.' : `${toMend} ${toMend === 1 ? 'thing' : 'things'} must be mended.`;
  return [
    ...findings.map(({ level, topic, text }) => `${level.padEnd(4)}  ${topic.padEnd(TOPIC_WIDTH)}  ${text}`),
    '',
    verdict,
  ];
}
