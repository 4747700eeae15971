import type { Socket } from 'node:net';

interface KnownSocket {
  readonly id: number;
  requests: number;
  isControl: boolean;
}

/** The open connections of a simulator. Those that carry its controls are not counted. */
export class SocketRegister {
  private readonly sockets = new Map<Socket, KnownSocket>();
  private nextId = 0;

  get size(): number {
    return [...this.sockets.values()].filter(({ isControl }) => !isControl).length;
  }

  add(socket: Socket): void {
    socket.setNoDelay(true);
    this.sockets.set(socket, { id: this.nextId, requests: 0, isControl: false });
    this.nextId += 1;
    socket.once('close', () => this.sockets.delete(socket));
  }

  /** Counts a request on its socket. */
  used(socket: Socket): { socketId: number; requestOnSocket: number } {
    const known = this.sockets.get(socket);
    if (known === undefined) return { socketId: -1, requestOnSocket: 0 };
    known.requests += 1;
    return { socketId: known.id, requestOnSocket: known.requests - 1 };
  }

  markControl(socket: Socket): void {
    const known = this.sockets.get(socket);
    if (known !== undefined) known.isControl = true;
  }

  destroyAll(): void {
    for (const socket of this.sockets.keys()) socket.destroy();
  }
}
