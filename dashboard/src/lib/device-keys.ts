import { changeRows, clearStores, getRow } from './browser-store.js';

/** A key that the reader asked to remember on this device. */
interface DeviceKey {
  readonly id: 'chat';
  readonly key: string;
}

export async function rememberedKey(): Promise<string | null> {
  return (await getRow<DeviceKey>('deviceKeys', 'chat'))?.key ?? null;
}

export async function rememberKey(key: string): Promise<void> {
  const row: DeviceKey = { id: 'chat', key };
  await changeRows({ put: { deviceKeys: [row] } });
}

export async function forgetDeviceKeys(): Promise<void> {
  await clearStores(['deviceKeys']);
}
