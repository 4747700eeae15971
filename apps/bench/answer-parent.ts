/**
 * Loaded into a measured process before its own code (`node --import`). Answers its parent's questions over the IPC
 * channel with the exact figures that only the process itself has, and ends it when the parent is gone.
 */
export interface ProcessFigures {
  /** User and system time of all threads since the start, in µs. */
  readonly cpuMicros: number;
  readonly rssBytes: number;
}

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const figures: ProcessFigures = { cpuMicros: user + system, rssBytes: process.memoryUsage.rss() };
  process.send?.(figures);
});
process.once('disconnect', () => process.exit(0));
// The channel alone keeps no process alive.
process.channel?.unref();
