/** Milliseconds since the epoch. */
export type Clock = () => number;

/**
 * A clock that no correction of the system's time can move: the time of the start plus what has passed since.
 * A leap of the system's clock must not sign everybody out.
 */
export const steadyNow: Clock = () => Math.round(performance.timeOrigin + performance.now());
