import {
  ChartColumn,
  Columns2,
  KeyRound,
  Boxes,
  MessageSquare,
  Plug,
  ScrollText,
  Settings,
  ShieldCheck,
  Users,
  type LucideIcon,
} from 'lucide-react';
import type { PageName } from '../lib/me.js';

export interface NavItem {
  readonly page: PageName;
  readonly label: string;
  readonly to:
    | '/chat/{-$id}'
    | '/compare'
    | '/usage'
    | '/requests'
    | '/keys/{-$id}'
    | '/connect'
    | '/models'
    | '/people/{-$id}'
    | '/audit'
    | '/settings';
  readonly icon: LucideIcon;
}

/** The rail: a gap stands between the groups. */
export const navGroups: readonly (readonly NavItem[])[] = [
  [
    { page: 'chat', label: 'Chat', to: '/chat/{-$id}', icon: MessageSquare },
    { page: 'compare', label: 'Compare', to: '/compare', icon: Columns2 },
  ],
  [
    { page: 'usage', label: 'Usage', to: '/usage', icon: ChartColumn },
    { page: 'requests', label: 'Requests', to: '/requests', icon: ScrollText },
  ],
  [
    { page: 'keys', label: 'Keys', to: '/keys/{-$id}', icon: KeyRound },
    { page: 'connect', label: 'Connect', to: '/connect', icon: Plug },
  ],
  [
    { page: 'models', label: 'Models', to: '/models', icon: Boxes },
    { page: 'people', label: 'People', to: '/people/{-$id}', icon: Users },
    { page: 'audit', label: 'Audit', to: '/audit', icon: ShieldCheck },
  ],
  [{ page: 'settings', label: 'Settings', to: '/settings', icon: Settings }],
];
