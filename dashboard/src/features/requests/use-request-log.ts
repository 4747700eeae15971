import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { PromptLogQuery } from '../../../../libs/contracts/prompt-log.js';
import { fetchLog } from '../../lib/prompt-log.js';
import { RequestLog, type LogSnapshot } from './request-log.js';

const POLL_MS = 2000;

interface UseRequestLog {
  readonly filter: PromptLogQuery;
  /** New calls are asked for. */
  readonly isLive: boolean;
  /** New calls wait, so that nothing moves under the reader. */
  readonly isHeld: boolean;
}

/** The log under these filters, one question every two seconds while it is seen and live. */
export function useRequestLog({ filter, isLive, isHeld }: UseRequestLog): {
  readonly log: RequestLog;
  readonly rows: LogSnapshot;
} {
  const log = useMemo(() => new RequestLog(fetchLog, filter), [filter]);
  useEffect(() => {
    void log.restart();
    return () => log.close();
  }, [log]);
  useEffect(() => {
    if (!isLive) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void log.poll(isHeld);
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [log, isLive, isHeld]);
  return { log, rows: useSyncExternalStore(log.subscribe, log.read) };
}
